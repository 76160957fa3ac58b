//! A socket that gives up on clients that are too slow.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::ServerConfig;
use crate::own_refusal::OwnRefusal;

/// Watches what hyper does not: how long a connection is idle, how long a head takes from its first
/// byte on, and how long a reply stays unread.
#[derive(Debug)]
pub(crate) struct TimedStream {
    stream: TcpStream,
    turn: Turn,
    /// The turn that the limits of reading are about.
    seen: usize,
    /// Whether a byte of a head was read in that turn.
    has_begun: bool,
    idle: Limit,
    head: Limit,
    write: Limit,
    refusal: OwnRefusal,
}

/// Whose turn it is: even while the client sends a head, odd while we handle the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn(Arc<AtomicUsize>);

/// A stretch of time that may be running.
///
/// Most end long before they are over, so the alarm stays where it was set and is moved on only when
/// it goes off: to begin and to stop cost no timer.
#[derive(Debug)]
struct Limit {
    within: Duration,
    end: Option<Instant>,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl TimedStream {
    pub(crate) fn new(stream: TcpStream, config: &ServerConfig) -> Self {
        Self {
            stream,
            turn: Turn::default(),
            seen: 0,
            has_begun: false,
            idle: Limit::new(config.idle_timeout),
            head: Limit::new(config.head_timeout),
            write: Limit::new(config.write_timeout),
            refusal: OwnRefusal::default(),
        }
    }

    /// Whether a head has begun that no request came of: what is written now is hyper's own.
    fn is_reading_a_head(&self) -> bool {
        let turn = self.turn.get();
        turn.is_multiple_of(2) && self.seen == turn && self.has_begun
    }

    /// Begins anew when the turn was passed on since.
    fn follow(&mut self, turn: usize) {
        if self.seen != turn {
            self.seen = turn;
            self.has_begun = false;
            self.idle.stop();
            self.head.stop();
        }
    }

    /// Writes what stands in place of hyper's refusal, if anything does.
    fn poll_refusal(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = self.refusal.poll_write(&mut self.stream, context);
        self.written(context, outcome)
    }

    pub(crate) fn turn(&self) -> Turn {
        self.turn.clone()
    }

    /// The outcome of a write, or an error when it waits for too long.
    fn written<T>(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.write.stop();
            return outcome;
        }
        self.write.start();
        self.write.passed(context).map(Err)
    }
}

/// Our turn, from a request's head until its answer is there and its body is read; then the client's.
#[derive(Debug)]
pub(crate) struct OurTurn(Turn);

impl Turn {
    /// Takes the turn: a request is there.
    pub(crate) fn take(&self) -> OurTurn {
        self.pass();
        OurTurn(self.clone())
    }

    fn pass(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for OurTurn {
    fn drop(&mut self) {
        self.0.pass();
    }
}

impl Limit {
    fn new(within: Duration) -> Self {
        Self { within, end: None, alarm: None }
    }

    /// Begins, unless it is running. What is further away than the clock can tell never ends.
    fn start(&mut self) {
        if self.end.is_none() {
            self.end = Instant::now().checked_add(self.within);
        }
    }

    fn stop(&mut self) {
        self.end = None;
    }

    /// Ready once the time is over; pending for ever when it is not running.
    fn passed(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let Some(end) = self.end else { return Poll::Pending };
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(end)));
        if alarm.deadline() > end {
            alarm.as_mut().reset(end);
        }
        loop {
            ready!(alarm.as_mut().poll(context));
            if alarm.deadline() >= end {
                return Poll::Ready(io::ErrorKind::TimedOut.into());
            }
            alarm.as_mut().reset(end);
        }
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let turn = self.turn.get();
        self.follow(turn);
        // Neither limit is about the body of a request.
        if !turn.is_multiple_of(2) {
            return read;
        }
        if buffer.filled().len() > before {
            self.has_begun = true;
        }
        if read.is_ready() {
            return read;
        }
        let this = &mut *self;
        let limit = if this.has_begun { &mut this.head } else { &mut this.idle };
        limit.start();
        limit.passed(context).map(Err)
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.is_reading_a_head() && self.refusal.takes(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.is_reading_a_head() {
            let bytes: Vec<u8> = slices.iter().flat_map(|slice| slice.iter().copied()).collect();
            if self.refusal.takes(&bytes) {
                return Poll::Ready(Ok(bytes.len()));
            }
        }
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(context, outcome)
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
