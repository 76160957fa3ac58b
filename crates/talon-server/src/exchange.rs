//! One request and its answer.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use talon_core::ApiError;

use crate::reply_body::{HungUp, ReplyBody};
use crate::stop::Stop;
use crate::{Answer, ServerConfig, Service, request_body};

/// Reads the request, lets the service answer, and frames the answer.
///
/// # Errors
/// [`HungUp`] closes the connection without a reply.
pub(crate) async fn exchange(
    request: Request<Incoming>,
    service: Arc<dyn Service>,
    config: Arc<ServerConfig>,
    stop: Stop,
) -> Result<Response<ReplyBody>, HungUp> {
    match request_body::read(request, &config).await {
        Ok(request) => framed(call(service, request, stop).await),
        Err(refusal) => {
            let mut reply = refusal.to_http();
            reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            framed(reply.into())
        }
    }
}

/// Calls the service in a task of its own: it outlives its client, and its panics end there.
async fn call(service: Arc<dyn Service>, request: Request<Bytes>, mut stop: Stop) -> Answer {
    let call = tokio::spawn(async move {
        tokio::select! {
            biased;
            answer = service.handle(request) => answer,
            () = stop.closed() => Answer::HangUp,
        }
    });
    match call.await {
        Ok(answer) => answer,
        Err(error) if error.is_panic() => {
            tracing::error!("a service panicked; the request is answered with 500");
            failed("The service failed")
        }
        // The runtime is going away, and the connection with it.
        Err(_) => Answer::HangUp,
    }
}

fn framed(answer: Answer) -> Result<Response<ReplyBody>, HungUp> {
    match answer {
        Answer::Reply(reply) if reply.status().is_informational() => {
            framed(failed("The service gave no final reply"))
        }
        Answer::Reply(reply) => Ok(unframed(reply).map(ReplyBody::whole)),
        Answer::CutOff(reply) if reply.body().is_empty() => Err(HungUp),
        Answer::CutOff(reply) if reply.status().is_informational() => Err(HungUp),
        Answer::CutOff(reply) => Ok(unframed(reply).map(|body| ReplyBody::half(&body))),
        Answer::HangUp => Err(HungUp),
    }
}

/// The reply without what would contradict the body we send.
fn unframed(mut reply: Response<Bytes>) -> Response<Bytes> {
    reply.headers_mut().remove(CONTENT_LENGTH);
    reply.headers_mut().remove(TRANSFER_ENCODING);
    reply
}

fn failed(message: &str) -> Answer {
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message).to_http().into()
}
