//! Measures how long a call takes in addition to its transport.

use std::cell::Cell;
use std::future::Future;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use talon_client::{Transport, TransportError};
use talon_core::async_trait;

tokio::task_local! {
    /// Of the current call: time in the transport, and number of requests.
    static SENDING: Cell<(Duration, u32)>;
}

/// A transport that records how long its requests take.
#[derive(Debug)]
pub(crate) struct TimedTransport<T>(pub(crate) T);

#[async_trait]
impl<T: Transport> Transport for TimedTransport<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        // Counted before the await, which a timed out attempt never passes.
        record(Duration::ZERO, 1);
        let start = Instant::now();
        let sent = self.0.send(request).await;
        record(start.elapsed(), 0);
        sent
    }
}

fn record(time: Duration, times: u32) {
    SENDING.with(|cell| {
        let (so_far, before) = cell.get();
        cell.set((so_far + time, before + times));
    });
}

/// The result of a call, and the time that it took in addition to the transport; `None` for a call
/// with several attempts, which includes pauses.
pub(crate) async fn measure_overhead<R>(call: impl Future<Output = R>) -> (R, Option<Duration>) {
    SENDING
        .scope(Cell::default(), async {
            let start = Instant::now();
            let result = call.await;
            let (time, times) = SENDING.with(Cell::get);
            (result, (times == 1).then(|| start.elapsed().saturating_sub(time)))
        })
        .await
}
