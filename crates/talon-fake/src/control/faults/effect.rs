//! Effect of a fault on a reply.

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderValue, Response, StatusCode};
use talon_core::dispatch::Answer;
use talon_core::operation::{RetrySafety, Subject};
use talon_core::{ApiError, Error, ErrorKind, Operation, Result};

use super::{Fault, Kind};

impl Fault {
    /// Whether the service refuses the request.
    pub(crate) fn is_refusal(&self) -> bool {
        use Kind::{ApiError, Conflict, Status, TooManyRequests};
        matches!(self.0, Status(_) | ApiError(_) | TooManyRequests(_) | Conflict)
    }

    /// The refusal in place of the reply.
    pub(crate) fn refusal<O: Operation>(&self, request: &O) -> Option<ApiError> {
        match &self.0 {
            Kind::Status(status) => Some(O::INFO.in_schema(with_reason_phrase(*status))),
            Kind::ApiError(refusal) => Some(refusal.clone()),
            Kind::TooManyRequests(_) => Some(with_reason_phrase(StatusCode::TOO_MANY_REQUESTS)),
            Kind::Conflict => match request.subjects().first() {
                Some(subject) => Some(parallel_requests(subject)),
                None => Some(with_reason_phrase(StatusCode::CONFLICT)),
            },
            _ => None,
        }
    }

    /// Waits if the fault is a delay.
    pub(crate) async fn wait(&self) {
        if let Kind::Delay(by) = self.0 {
            tokio::time::sleep(by.0).await;
        }
    }

    /// Result for a caller in process: the error that a client would report over HTTP.
    pub(crate) fn apply<O: Operation>(&self, result: Result<O::Reply>) -> Result<O::Reply> {
        let error = match self.0 {
            Kind::Delay(_) => return result,
            Kind::DropConnection | Kind::LoseReply | Kind::TruncatedBody => {
                let message = "got no reply: the connection was lost";
                Error::new(ErrorKind::Interrupted, message)
            }
            Kind::GarbledBody => {
                O::reply_from_http(garbled(respond::<O>(result))).err().unwrap_or_else(|| {
                    Error::new(ErrorKind::Decode, "got a reply that cannot be read")
                })
            }
            _ => return result.map_err(mark_possibly_applied::<O>),
        };
        Err(mark_possibly_applied::<O>(error.into_builder().operation(O::INFO.id).build()))
    }

    /// Answer to a caller over HTTP.
    pub(crate) fn answer(&self, mut reply: Response<Bytes>) -> Answer {
        match self.0 {
            Kind::DropConnection | Kind::LoseReply => Answer::HangUp,
            Kind::TruncatedBody => Answer::CutOff(reply),
            Kind::GarbledBody => garbled(reply).into(),
            Kind::TooManyRequests(wait) => {
                // Rounded up, so that no caller repeats the request too early.
                let seconds = wait.0.as_secs() + u64::from(wait.0.subsec_nanos() > 0);
                reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
                reply.into()
            }
            _ => reply.into(),
        }
    }
}

/// The result as a reply over HTTP.
fn respond<O: Operation>(result: Result<O::Reply>) -> Response<Bytes> {
    let reply = result.and_then(|reply| O::reply_to_http(&reply));
    reply.unwrap_or_else(|error| {
        error.into_api().map_or_else(|_| Response::default(), |refusal| refusal.to_http())
    })
}

/// The reply with its body reversed, which is no JSON.
fn garbled(mut reply: Response<Bytes>) -> Response<Bytes> {
    if reply.status() == StatusCode::NO_CONTENT {
        // A 204 has no body.
        *reply.status_mut() = StatusCode::OK;
    }
    let mut body = reply.body().to_vec();
    body.reverse();
    body.extend_from_slice(b"}garbled");
    *reply.body_mut() = body.into();
    reply
}

/// The 409 for more parallel requests than the service allows for a session or a profile.
pub(crate) fn parallel_requests(subject: &Subject) -> ApiError {
    let subject = match subject {
        Subject::Profile(_) => "profile",
        _ => "session",
    };
    let message = format!("Too many requests are updating this {subject} at the same time");
    ApiError::new(StatusCode::CONFLICT, message)
}

/// A refusal with the reason phrase of its status as message.
fn with_reason_phrase(status: StatusCode) -> ApiError {
    ApiError::new(status, status.canonical_reason().unwrap_or("Refused"))
}

/// Marks the change as possibly applied if a client could not tell.
fn mark_possibly_applied<O: Operation>(error: Error) -> Error {
    let knows = match error.status().map(|status| status.as_u16()) {
        None => false,
        Some(status) => !matches!(status, 500 | 502..=504),
    };
    let error = error.into_builder().operation(O::INFO.id).attempts(1);
    let changes = O::INFO.retry != RetrySafety::ReadOnly;
    if changes && !knows { error.possibly_applied() } else { error }.build()
}
