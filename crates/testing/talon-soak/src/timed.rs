//! How long a call takes beside its transport.

use std::cell::Cell;
use std::future::Future;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use talon_client::{Transport, TransportError};
use talon_core::async_trait;

tokio::task_local! {
    /// Time in the transport, and how often it was called, in the current call.
    static SENDING: Cell<(Duration, u32)>;
}

/// A transport that notes how long it takes.
#[derive(Debug)]
pub(crate) struct Timed<T>(pub(crate) T);

#[async_trait]
impl<T: Transport> Transport for Timed<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        // Counted before, for an attempt that is given up never gets behind its await.
        note(Duration::ZERO, 1);
        let start = Instant::now();
        let sent = self.0.send(request).await;
        note(start.elapsed(), 0);
        sent
    }
}

fn note(time: Duration, times: u32) {
    SENDING.with(|cell| {
        let (so_far, before) = cell.get();
        cell.set((so_far + time, before + times));
    });
}

/// The result of a call, and what the client added to the time of its transport; `None` for a
/// call of several attempts, which pauses in between.
pub(crate) async fn added<R>(call: impl Future<Output = R>) -> (R, Option<Duration>) {
    SENDING
        .scope(Cell::default(), async {
            let start = Instant::now();
            let result = call.await;
            let (time, times) = SENDING.with(Cell::get);
            (result, (times == 1).then(|| start.elapsed().saturating_sub(time)))
        })
        .await
}
