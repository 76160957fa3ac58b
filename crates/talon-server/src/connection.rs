//! One connection, from its acceptance to its end.

use std::pin::pin;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::budget::Budget;
use crate::exchange::exchange;
use crate::stop::Stop;
use crate::timed_stream::TimedStream;
use crate::{ServerConfig, Service};

/// Longest head of a request, its URI included.
const MAX_HEAD_BYTES: usize = 128 * 1024;

/// What the requests of a connection have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) service: Arc<dyn Service>,
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) budget: Arc<Budget>,
    pub(crate) stop: Stop,
}

/// Serves `stream` until its client leaves, is too slow, or the server stops.
pub(crate) async fn serve(
    stream: TcpStream,
    service: Arc<dyn Service>,
    config: Arc<ServerConfig>,
    budget: Arc<Budget>,
    mut stop: Stop,
) {
    let stream = TimedStream::new(stream, &config);
    let turn = stream.turn();
    let shared = Arc::new(Shared { service, config, budget, stop: stop.clone() });
    let handle = service_fn(move |request| exchange(request, Arc::clone(&shared), turn.take()));
    let http = http();
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), handle));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.draining() => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection.as_mut() => ended,
                () = stop.closed() => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    // Without a timer hyper watches no time; `TimedStream` does.
    http.max_header_size(MAX_HEAD_BYTES)
        // What a connection buffers of what it reads; more than three times as much by default.
        .max_buf_size(MAX_HEAD_BYTES)
        // A client may say that it is done sending and still wait for the reply.
        .half_close(true);
    http
}
