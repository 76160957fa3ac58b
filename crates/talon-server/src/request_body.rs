//! Bodies of requests, read whole within limits.

use std::time::Duration;

use bytes::Bytes;
use http::header::EXPECT;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use talon_core::ApiError;
use tokio::time::timeout;

use crate::ServerConfig;

/// How much of a refused body is read, so that its client gets to read the refusal.
const DISCARDED_BYTES: usize = 64 * 1024 * 1024;

/// Reads the whole request.
///
/// # Errors
/// 413 for a body that is too long, 408 for one too slow, 400 for one that breaks off or is framed
/// wrongly. The connection is of no use after any of them.
pub(crate) async fn read(
    request: Request<Incoming>,
    config: &ServerConfig,
) -> Result<Request<Bytes>, ApiError> {
    let (mut head, mut body) = request.into_parts();
    // What hyper keeps there is its own.
    head.extensions.clear();
    let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let is_announced = declared > config.max_body_bytes;
    if is_announced && head.headers.contains_key(EXPECT) {
        // This client asks before it sends, so there is nothing to discard.
        return Err(too_long(config.max_body_bytes));
    }
    let read = if is_announced {
        Err(too_long(config.max_body_bytes))
    } else {
        collect(&mut body, config).await
    };
    if read.as_ref().is_err_and(|refusal| refusal.status() == StatusCode::PAYLOAD_TOO_LARGE) {
        tokio::spawn(discard(body, config.body_timeout));
    }
    Ok(Request::from_parts(head, read?))
}

async fn collect(body: &mut Incoming, config: &ServerConfig) -> Result<Bytes, ApiError> {
    let body = Limited::new(body, config.max_body_bytes).collect();
    match timeout(config.body_timeout, body).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_long(config.max_body_bytes)),
        Ok(Err(_)) => Err(ApiError::new(StatusCode::BAD_REQUEST, "The body is not complete")),
        Err(_) => Err(ApiError::new(StatusCode::REQUEST_TIMEOUT, "The body took too long")),
    }
}

/// Reads what a client still sends; closing on it would make its system drop our reply.
async fn discard(body: Incoming, within: Duration) {
    let mut body = Limited::new(body, DISCARDED_BYTES);
    let all = async { while let Some(Ok(_)) = body.frame().await {} };
    // The body is refused already, so how it ends makes no difference.
    let _ = timeout(within, all).await;
}

fn too_long(limit: usize) -> ApiError {
    let message = format!("The body is longer than {limit} bytes");
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}
