//! Bodies of requests, read whole within limits.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::EXPECT;
use http::request::Parts;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Incoming};
use talon_core::ApiError;
use tokio::time::timeout;

use crate::budget::Held;
use crate::buffer::Buffer;
use crate::connection::Shared;
use crate::timed_stream::OurTurn;

/// How much of a refused body is read, so that its client gets to read the refusal.
const DISCARDED_BYTES: usize = 64 * 1024 * 1024;

/// The body of a request, not read yet.
pub(crate) struct RequestBody<'s> {
    body: Incoming,
    /// Whether the client asks before it sends.
    asks: bool,
    shared: &'s Shared,
    turn: OurTurn,
}

/// The body of a request.
pub(crate) struct WholeBody {
    pub(crate) bytes: Bytes,
    pub(crate) held: Held,
    pub(crate) turn: OurTurn,
}

impl<'s> RequestBody<'s> {
    pub(crate) fn new(body: Incoming, head: &Parts, shared: &'s Shared, turn: OurTurn) -> Self {
        Self { body, asks: head.headers.contains_key(EXPECT), shared, turn }
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
    /// framed wrongly, 503 while too many bytes are held. The connection is of no use after any of
    /// them.
    pub(crate) async fn read(mut self) -> Result<WholeBody, ApiError> {
        let config = &*self.shared.config;
        let mut held = Held::none(&self.shared.budget);
        let read = if self.declared() > config.max_body_bytes {
            Err(too_long(config.max_body_bytes))
        } else if self.shared.budget.has_room() {
            // To read it is to say yes.
            self.asks = false;
            let body = collect(&mut self.body, config.max_body_bytes, &mut held);
            timeout(config.body_timeout, body).await.unwrap_or_else(|_| Err(too_slow()))
        } else {
            Err(no_room())
        };
        match read {
            Ok(bytes) => Ok(WholeBody { bytes, held, turn: self.turn }),
            Err(refusal) => {
                drop(held);
                let is_on_its_way =
                    [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::SERVICE_UNAVAILABLE];
                if is_on_its_way.contains(&refusal.status()) {
                    self.discard();
                }
                Err(refusal)
            }
        }
    }

    /// Reads what a client still sends and forgets it: closing on it would make its system drop our
    /// reply. Returns whether the connection is of use afterwards.
    pub(crate) fn discard(self) -> bool {
        if self.is_empty() {
            return true;
        }
        if self.asks {
            // It was not told to send, so there may be nothing to read.
            return false;
        }
        let can_go_on = self.declared() <= DISCARDED_BYTES;
        let within = self.shared.config.body_timeout;
        tokio::spawn(discard(self.body, within, self.turn));
        can_go_on
    }
}

/// Copies the frames: one of a single byte may keep kilobytes alive.
async fn collect(body: &mut Incoming, limit: usize, held: &mut Held) -> Result<Bytes, ApiError> {
    let declared = body.size_hint().exact();
    let mut buffer = Buffer::default();
    while let Some(frame) = body.frame().await {
        // Else it is trailers, which mean nothing here.
        let Ok(data) = frame.map_err(|_| broken_off())?.into_data() else { continue };
        if data.len() > limit - buffer.len() {
            return Err(too_long(limit));
        }
        if !held.grow_to(buffer.len() + data.len()) {
            return Err(no_room());
        }
        if buffer.len() == 0 && declared == u64::try_from(data.len()).ok() {
            return Ok(data);
        }
        // A system that has no memory left is as busy as can be.
        buffer.extend(&data).map_err(|_| no_room())?;
    }
    Ok(buffer.into())
}

async fn discard(body: Incoming, within: Duration, turn: OurTurn) {
    let mut body = Limited::new(body, DISCARDED_BYTES);
    let all = async { while let Some(Ok(_)) = body.frame().await {} };
    // The body is refused already, so how it ends makes no difference.
    let _ = timeout(within, all).await;
    drop(turn);
}

fn too_long(limit: usize) -> ApiError {
    let message = format!("The body is longer than {limit} bytes");
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}

fn too_slow() -> ApiError {
    ApiError::new(StatusCode::REQUEST_TIMEOUT, "The body took too long")
}

fn broken_off() -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "The body is not complete")
}

fn no_room() -> ApiError {
    let message = "Too many large requests at once: send it again in a second";
    ApiError::new(StatusCode::SERVICE_UNAVAILABLE, message)
}
