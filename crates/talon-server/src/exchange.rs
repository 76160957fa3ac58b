//! One exchange of a request and its reply.

use std::future::{Future, poll_fn};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, RETRY_AFTER, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use talon_core::ApiError;

use crate::connection_context::ConnectionContext;
use crate::memory_budget::Reservation;
use crate::reply_body::{ConnectionClosed, ReplyBody};
use crate::request_body::{BufferedBody, RequestBody};
use crate::request_state::RequestGuard;
use crate::shutdown::ShutdownSignal;
use crate::{Answer, RefusedRequest, host};

/// Reads the request, calls the service, and frames its answer.
///
/// # Errors
/// [`ConnectionClosed`] closes the connection without a reply.
pub(crate) async fn exchange(
    request: Request<Incoming>,
    context: Arc<ConnectionContext>,
    guard: RequestGuard,
) -> Result<Response<ReplyBody>, ConnectionClosed> {
    let (mut head, body) = request.into_parts();
    // hyper keeps internal values there.
    head.extensions.clear();
    let (method, uri) = (head.method.clone(), head.uri.clone());
    let responder = Responder { context: &context, method, uri };
    let body = RequestBody::new(body, &head, &context, guard);
    if let Err(refusal) = host::check(&head) {
        body.discard();
        return responder.frame(responder.refuse_and_close(refusal));
    }
    if !body.is_empty()
        && let Some(answer) = responder.refuse_early(&head)
    {
        let keeps_connection = body.discard();
        return responder.frame(if keeps_connection {
            answer
        } else {
            with_connection_close(answer)
        });
    }
    match body.read().await {
        Ok(BufferedBody { bytes, reservation, guard }) => {
            let answer = responder.call(Request::from_parts(head, bytes)).await;
            drop(reservation);
            let reply = responder.frame(answer);
            drop(guard);
            reply
        }
        Err(refusal) => responder.frame(responder.refuse_and_close(refusal)),
    }
}

/// Makes the replies to one request: those of the service, and the refusals of the server itself.
struct Responder<'s> {
    context: &'s ConnectionContext,
    method: Method,
    uri: Uri,
}

impl Responder<'_> {
    fn refuse(&self, refusal: ApiError) -> Answer {
        let service = &self.context.service;
        let reply = service.refuse(&self.uri, refusal);
        service.on_refusal(&RefusedRequest {
            method: Some(&self.method),
            uri: Some(&self.uri),
            status: Some(reply.status()),
        });
        reply.into()
    }

    /// A refusal that is the last reply on its connection.
    fn refuse_and_close(&self, refusal: ApiError) -> Answer {
        let is_busy = refusal.status() == StatusCode::SERVICE_UNAVAILABLE;
        let mut answer = with_connection_close(self.refuse(refusal));
        if let Answer::Reply(reply) = &mut answer
            && is_busy
        {
            reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        answer
    }

    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        let refuse = AssertUnwindSafe(|| self.context.service.refuse_early(head));
        panic::catch_unwind(refuse).unwrap_or_else(|_| Some(self.panic_reply()))
    }

    /// Calls the service and catches its panics. A call that does not complete when it is first
    /// polled continues in a separate task, so that it outlives its client.
    async fn call(&self, request: Request<Bytes>) -> Answer {
        let service = Arc::clone(&self.context.service);
        let mut answer = Box::pin(async move { service.handle(request).await });
        let first_poll = poll_fn(|context| {
            let poll = AssertUnwindSafe(|| answer.as_mut().poll(context));
            Poll::Ready(panic::catch_unwind(poll))
        });
        let answer = match first_poll.await {
            Ok(Poll::Ready(answer)) => Some(answer),
            Ok(Poll::Pending) => run_in_task(answer, self.context.shutdown.clone()).await,
            Err(_) => None,
        };
        answer.unwrap_or_else(|| self.panic_reply())
    }

    fn panic_reply(&self) -> Answer {
        tracing::error!("a service panicked; the request is answered with 500");
        self.internal_error("The service failed")
    }

    fn internal_error(&self, message: &str) -> Answer {
        self.refuse(ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message))
    }

    fn frame(&self, answer: Answer) -> Result<Response<ReplyBody>, ConnectionClosed> {
        let reserve = |body| Reservation::attach(&self.context.budget, body);
        match answer {
            Answer::Reply(reply) if reply.status().is_informational() => {
                self.frame(self.internal_error("The service gave no final reply"))
            }
            Answer::Reply(reply) => Ok(strip_framing(reply).map(reserve).map(ReplyBody::complete)),
            Answer::CutOff(reply) if reply.body().is_empty() => Err(ConnectionClosed),
            Answer::CutOff(reply) if reply.status().is_informational() => Err(ConnectionClosed),
            Answer::CutOff(reply) => {
                Ok(strip_framing(reply).map(reserve).map(|body| ReplyBody::truncated(&body)))
            }
            Answer::HangUp => Err(ConnectionClosed),
        }
    }
}

/// Completes the call in a separate task; `None` when it panics.
async fn run_in_task(
    answer: impl Future<Output = Answer> + Send + 'static,
    mut shutdown: ShutdownSignal,
) -> Option<Answer> {
    let call = tokio::spawn(async move {
        tokio::select! {
            biased;
            answer = answer => answer,
            () = shutdown.wait_for_close() => Answer::HangUp,
        }
    });
    match call.await {
        Ok(answer) => Some(answer),
        Err(error) if error.is_panic() => None,
        // The runtime is shutting down, and the connection with it.
        Err(_) => Some(Answer::HangUp),
    }
}

/// The answer with `Connection: close`.
fn with_connection_close(mut answer: Answer) -> Answer {
    if let Answer::Reply(reply) | Answer::CutOff(reply) = &mut answer {
        reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// The reply without framing headers of the service: hyper sets those of the body that is sent.
fn strip_framing(mut reply: Response<Bytes>) -> Response<Bytes> {
    reply.headers_mut().remove(CONTENT_LENGTH);
    reply.headers_mut().remove(TRANSFER_ENCODING);
    reply
}
