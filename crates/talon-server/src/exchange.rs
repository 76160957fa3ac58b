//! One request and its answer.

use std::future::{Future, poll_fn};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use talon_core::ApiError;

use crate::connection::Shared;
use crate::reply_body::{HungUp, ReplyBody};
use crate::stop::Stop;
use crate::{Answer, request_body};

/// Reads the request, lets the service answer, and frames the answer.
///
/// # Errors
/// [`HungUp`] closes the connection without a reply.
pub(crate) async fn exchange(
    request: Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<ReplyBody>, HungUp> {
    match request_body::read(request, &shared.config).await {
        Ok(request) => framed(call(&shared, request).await),
        Err(refusal) => {
            let mut reply = refusal.to_http();
            reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            framed(reply.into())
        }
    }
}

/// Calls the service. Most answer without waiting for anything; those that wait go on in a task of
/// their own, so that they outlive their client. Their panics end here.
async fn call(shared: &Shared, request: Request<Bytes>) -> Answer {
    let service = Arc::clone(&shared.service);
    let mut answer = Box::pin(async move { service.handle(request).await });
    let begun = poll_fn(|context| {
        let poll = AssertUnwindSafe(|| answer.as_mut().poll(context));
        Poll::Ready(panic::catch_unwind(poll))
    });
    match begun.await {
        Ok(Poll::Ready(answer)) => answer,
        Ok(Poll::Pending) => go_on(answer, shared.stop.clone()).await,
        Err(_) => panicked(),
    }
}

async fn go_on(answer: impl Future<Output = Answer> + Send + 'static, mut stop: Stop) -> Answer {
    let call = tokio::spawn(async move {
        tokio::select! {
            biased;
            answer = answer => answer,
            () = stop.closed() => Answer::HangUp,
        }
    });
    match call.await {
        Ok(answer) => answer,
        Err(error) if error.is_panic() => panicked(),
        // The runtime is going away, and the connection with it.
        Err(_) => Answer::HangUp,
    }
}

fn panicked() -> Answer {
    tracing::error!("a service panicked; the request is answered with 500");
    failed("The service failed")
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
