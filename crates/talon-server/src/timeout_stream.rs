//! A socket that fails once its client is too slow.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::head_start::HeadStart;
use crate::refusal_rewriter::RefusalRewriter;
use crate::request_state::RequestState;
use crate::timer::Timer;
use crate::{RefusedRequest, ServerConfig, Service};

/// Applies the timeouts that hyper does not have: of an idle connection, of the head of a request
/// from its first byte on, and of a write that the client does not read.
#[derive(Debug)]
pub(crate) struct TimeoutStream {
    stream: TcpStream,
    state: RequestState,
    /// The count of `state` for which the read timers run.
    seen: usize,
    /// Whether a byte of a head was read since then.
    has_begun: bool,
    head_start: HeadStart,
    idle: Timer,
    head: Timer,
    write: Timer,
    refusal: RefusalRewriter,
    /// Told of requests that are refused here.
    service: Arc<dyn Service>,
}

impl TimeoutStream {
    pub(crate) fn new(stream: TcpStream, config: &ServerConfig, service: Arc<dyn Service>) -> Self {
        Self {
            stream,
            state: RequestState::default(),
            seen: 0,
            has_begun: false,
            head_start: HeadStart::default(),
            idle: Timer::new(config.idle_timeout),
            head: Timer::new(config.head_timeout),
            write: Timer::new(config.write_timeout),
            refusal: RefusalRewriter::default(),
            service,
        }
    }

    /// Whether part of a head was read and no request started: what is written now is a refusal of
    /// hyper.
    fn is_reading_head(&self) -> bool {
        let count = self.state.count();
        count.is_multiple_of(2) && self.seen == count && self.has_begun
    }

    /// Stops the read timers when a request started or ended since they were started.
    fn reset_timers(&mut self, count: usize) {
        if self.seen != count {
            self.seen = count;
            self.has_begun = false;
            self.head_start.clear();
            self.idle.stop();
            self.head.stop();
        }
    }

    /// Takes what is written when it is a refusal of hyper; returns whether it did.
    fn intercept(&mut self, written: &[u8]) -> bool {
        let status = self.refusal.intercept(written);
        if status.is_some() {
            self.note_refusal(status);
        }
        status.is_some()
    }

    /// Tells the service of a request whose head is refused.
    fn note_refusal(&self, status: Option<StatusCode>) {
        let line = self.head_start.request_line();
        let (method, uri) = line.as_ref().map(|(method, uri)| (method, uri)).unzip();
        self.service.on_refusal(&RefusedRequest { method, uri, status });
    }

    /// Writes the rewritten refusal, if there is one.
    fn poll_refusal(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = self.refusal.poll_write(&mut self.stream, context);
        self.check_write(context, outcome)
    }

    pub(crate) fn request_state(&self) -> RequestState {
        self.state.clone()
    }

    /// The outcome of a write, or an error when it is pending for too long.
    fn check_write<T>(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.write.stop();
            return outcome;
        }
        self.write.start();
        self.write.poll_expired(context).map(Err)
    }
}

impl AsyncRead for TimeoutStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let count = self.state.count();
        self.reset_timers(count);
        // Neither timer is for the body of a request.
        if !count.is_multiple_of(2) {
            return read;
        }
        if buffer.filled().len() > before {
            self.has_begun = true;
            self.head_start.push(&buffer.filled()[before..]);
        }
        if read.is_ready() {
            return read;
        }
        let this = &mut *self;
        let timer = if this.has_begun { &mut this.head } else { &mut this.idle };
        timer.start();
        let expired = timer.poll_expired(context);
        if expired.is_ready() && self.has_begun {
            self.note_refusal(None);
        }
        expired.map(Err)
    }
}

impl AsyncWrite for TimeoutStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.is_reading_head() && self.intercept(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.check_write(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.is_reading_head() {
            let bytes: Vec<u8> = slices.iter().flat_map(|slice| slice.iter().copied()).collect();
            if self.intercept(&bytes) {
                return Poll::Ready(Ok(bytes.len()));
            }
        }
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.check_write(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_refusal(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_refusal(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
