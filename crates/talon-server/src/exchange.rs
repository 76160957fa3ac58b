//! One request and its answer.

use std::future::{Future, poll_fn};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, RETRY_AFTER, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use talon_core::ApiError;

use crate::budget::Held;
use crate::connection::Shared;
use crate::reply_body::{HungUp, ReplyBody};
use crate::request_body::{RequestBody, WholeBody};
use crate::stop::Stop;
use crate::timed_stream::OurTurn;
use crate::{Answer, host};

/// Reads the request, lets the service answer, and frames the answer.
///
/// # Errors
/// [`HungUp`] closes the connection without a reply.
pub(crate) async fn exchange(
    request: Request<Incoming>,
    shared: Arc<Shared>,
    turn: OurTurn,
) -> Result<Response<ReplyBody>, HungUp> {
    let (mut head, body) = request.into_parts();
    // What hyper keeps there is its own.
    head.extensions.clear();
    let own = Own { shared: &shared, uri: head.uri.clone() };
    let body = RequestBody::new(body, &head, &shared, turn);
    if let Err(refusal) = host::check(&head) {
        body.discard();
        return own.framed(own.last(refusal));
    }
    if !body.is_empty()
        && let Some(answer) = own.refuse_early(&head)
    {
        let goes_on = body.discard();
        return own.framed(if goes_on { answer } else { closing(answer) });
    }
    match body.read().await {
        Ok(WholeBody { bytes, held, turn }) => {
            let answer = own.call(Request::from_parts(head, bytes)).await;
            drop(held);
            let reply = own.framed(answer);
            drop(turn);
            reply
        }
        Err(refusal) => own.framed(own.last(refusal)),
    }
}

/// What the server says of a request itself.
struct Own<'s> {
    shared: &'s Shared,
    uri: Uri,
}

impl Own<'_> {
    fn refuse(&self, refusal: ApiError) -> Answer {
        self.shared.service.refuse(&self.uri, refusal).into()
    }

    /// A refusal that is the last reply on its connection.
    fn last(&self, refusal: ApiError) -> Answer {
        let is_busy = refusal.status() == StatusCode::SERVICE_UNAVAILABLE;
        let mut answer = closing(self.refuse(refusal));
        if let Answer::Reply(reply) = &mut answer
            && is_busy
        {
            reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        answer
    }

    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        let refuse = AssertUnwindSafe(|| self.shared.service.refuse_early(head));
        panic::catch_unwind(refuse).unwrap_or_else(|_| Some(self.panicked()))
    }

    /// Calls the service. Most answer without waiting for anything; those that wait go on in a task
    /// of their own, so that they outlive their client. Their panics end here.
    async fn call(&self, request: Request<Bytes>) -> Answer {
        let service = Arc::clone(&self.shared.service);
        let mut answer = Box::pin(async move { service.handle(request).await });
        let begun = poll_fn(|context| {
            let poll = AssertUnwindSafe(|| answer.as_mut().poll(context));
            Poll::Ready(panic::catch_unwind(poll))
        });
        let answer = match begun.await {
            Ok(Poll::Ready(answer)) => Some(answer),
            Ok(Poll::Pending) => go_on(answer, self.shared.stop.clone()).await,
            Err(_) => None,
        };
        answer.unwrap_or_else(|| self.panicked())
    }

    fn panicked(&self) -> Answer {
        tracing::error!("a service panicked; the request is answered with 500");
        self.failed("The service failed")
    }

    fn failed(&self, message: &str) -> Answer {
        self.refuse(ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message))
    }

    fn framed(&self, answer: Answer) -> Result<Response<ReplyBody>, HungUp> {
        let held = |body| Held::reply(&self.shared.budget, body);
        match answer {
            Answer::Reply(reply) if reply.status().is_informational() => {
                self.framed(self.failed("The service gave no final reply"))
            }
            Answer::Reply(reply) => Ok(unframed(reply).map(held).map(ReplyBody::whole)),
            Answer::CutOff(reply) if reply.body().is_empty() => Err(HungUp),
            Answer::CutOff(reply) if reply.status().is_informational() => Err(HungUp),
            Answer::CutOff(reply) => {
                Ok(unframed(reply).map(held).map(|body| ReplyBody::half(&body)))
            }
            Answer::HangUp => Err(HungUp),
        }
    }
}

/// The answer in a task of its own; `None` when it panics.
async fn go_on(
    answer: impl Future<Output = Answer> + Send + 'static,
    mut stop: Stop,
) -> Option<Answer> {
    let call = tokio::spawn(async move {
        tokio::select! {
            biased;
            answer = answer => answer,
            () = stop.closed() => Answer::HangUp,
        }
    });
    match call.await {
        Ok(answer) => Some(answer),
        Err(error) if error.is_panic() => None,
        // The runtime is going away, and the connection with it.
        Err(_) => Some(Answer::HangUp),
    }
}

/// The answer, after which the connection is closed.
fn closing(mut answer: Answer) -> Answer {
    if let Answer::Reply(reply) | Answer::CutOff(reply) = &mut answer {
        reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// The reply without what would contradict the body we send.
fn unframed(mut reply: Response<Bytes>) -> Response<Bytes> {
    reply.headers_mut().remove(CONTENT_LENGTH);
    reply.headers_mut().remove(TRANSFER_ENCODING);
    reply
}
