//! Reads the body of a request into memory, within limits.

use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::EXPECT;
use http::request::Parts;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Incoming};
use talon_core::ApiError;
use tokio::time::timeout;

use crate::buffer::Buffer;
use crate::connection_context::ConnectionContext;
use crate::memory_budget::Reservation;
use crate::request_state::RequestGuard;

/// Most bytes of a refused body that are read, so that the client can read the refusal.
const MAX_DISCARDED_BYTES: usize = 64 * 1024 * 1024;

/// The body of a request before it is read.
pub(crate) struct RequestBody<'s> {
    body: Incoming,
    /// Whether the client waits for `100 Continue` before it sends the body.
    expects_continue: bool,
    context: &'s ConnectionContext,
    guard: RequestGuard,
}

/// The body of a request in memory, with its share of the memory budget.
pub(crate) struct BufferedBody {
    pub(crate) bytes: Bytes,
    pub(crate) reservation: Reservation,
    pub(crate) guard: RequestGuard,
}

impl<'s> RequestBody<'s> {
    pub(crate) fn new(
        body: Incoming,
        head: &Parts,
        context: &'s ConnectionContext,
        guard: RequestGuard,
    ) -> Self {
        Self { body, expects_continue: head.headers.contains_key(EXPECT), context, guard }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.body.is_end_stream()
    }

    fn declared(&self) -> usize {
        usize::try_from(self.body.size_hint().lower()).unwrap_or(usize::MAX)
    }

    /// Reads the whole body.
    ///
    /// # Errors
    /// 413 for a body that is too long, 408 for one too slow, 400 for one that breaks off or is
    /// framed wrongly, 503 when the memory budget is used up. The connection cannot be used after
    /// any of them.
    pub(crate) async fn read(mut self) -> Result<BufferedBody, ApiError> {
        let config = &*self.context.config;
        let mut reservation = Reservation::empty(&self.context.budget);
        let read = if self.declared() > config.max_body_bytes {
            Err(too_long(config.max_body_bytes))
        } else if self.context.budget.has_room() {
            // hyper sends `100 Continue` when the body is first polled.
            self.expects_continue = false;
            let body = collect(&mut self.body, config.max_body_bytes, &mut reservation);
            let mut body = pin!(body);
            // Most bodies arrive with their heads, and need no timer.
            match poll_fn(|context| Poll::Ready(body.as_mut().poll(context))).await {
                Poll::Ready(read) => read,
                Poll::Pending => {
                    let read = timeout(config.body_timeout, body).await;
                    read.unwrap_or_else(|_| Err(too_slow()))
                }
            }
        } else {
            Err(no_room())
        };
        match read {
            Ok(bytes) => Ok(BufferedBody { bytes, reservation, guard: self.guard }),
            Err(refusal) => {
                drop(reservation);
                let client_still_sends =
                    [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::SERVICE_UNAVAILABLE];
                if client_still_sends.contains(&refusal.status()) {
                    self.discard();
                }
                Err(refusal)
            }
        }
    }

    /// Reads and drops what the client still sends: if the connection were closed before, the
    /// client's system would drop our reply. Returns whether the connection can be used afterwards.
    pub(crate) fn discard(self) -> bool {
        if self.is_empty() {
            return true;
        }
        if self.expects_continue {
            // The client was not told to continue, so it may send nothing.
            return false;
        }
        let can_be_reused = self.declared() <= MAX_DISCARDED_BYTES;
        let within = self.context.config.body_timeout;
        tokio::spawn(discard(self.body, within, self.guard));
        can_be_reused
    }
}

/// Copies the frames: a frame of a single byte may keep kilobytes alive.
async fn collect(
    body: &mut Incoming,
    limit: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, ApiError> {
    let declared = body.size_hint().exact();
    let mut buffer = Buffer::default();
    while let Some(frame) = body.frame().await {
        // Trailers are ignored.
        let Ok(data) = frame.map_err(|_| incomplete())?.into_data() else { continue };
        if data.len() > limit - buffer.len() {
            return Err(too_long(limit));
        }
        if !reservation.grow_to(buffer.len() + data.len()) {
            return Err(no_room());
        }
        if buffer.len() == 0 && declared == u64::try_from(data.len()).ok() {
            return Ok(data);
        }
        // The system has no memory left.
        buffer.extend(&data).map_err(|_| no_room())?;
    }
    Ok(buffer.into())
}

async fn discard(body: Incoming, within: Duration, guard: RequestGuard) {
    let mut body = Limited::new(body, MAX_DISCARDED_BYTES);
    let all = async { while let Some(Ok(_)) = body.frame().await {} };
    // The body is refused already, so the result does not matter.
    let _ = timeout(within, all).await;
    drop(guard);
}

fn too_long(limit: usize) -> ApiError {
    let message = format!("The body is longer than {limit} bytes");
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}

fn too_slow() -> ApiError {
    ApiError::new(StatusCode::REQUEST_TIMEOUT, "The body took too long")
}

fn incomplete() -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "The body is not complete")
}

fn no_room() -> ApiError {
    let message = "Too many large requests at once: send it again in a second";
    ApiError::new(StatusCode::SERVICE_UNAVAILABLE, message)
}
