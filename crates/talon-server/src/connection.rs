//! One connection, from its acceptance to its close.

use std::pin::pin;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::connection_context::ConnectionContext;
use crate::exchange::exchange;
use crate::memory_budget::MemoryBudget;
use crate::shutdown::ShutdownSignal;
use crate::timeout_stream::TimeoutStream;
use crate::{ServerConfig, Service};

/// Longest head of a request, the request line included.
const MAX_HEAD_BYTES: usize = 128 * 1024;

/// Serves requests on `stream` until the client closes it, a timeout expires, or the server shuts
/// down.
pub(crate) async fn serve(
    stream: TcpStream,
    service: Arc<dyn Service>,
    config: Arc<ServerConfig>,
    budget: Arc<MemoryBudget>,
    mut shutdown: ShutdownSignal,
) {
    let stream = TimeoutStream::new(stream, &config, Arc::clone(&service));
    let state = stream.request_state();
    let context =
        Arc::new(ConnectionContext { service, config, budget, shutdown: shutdown.clone() });
    let handle = service_fn(move |request| exchange(request, Arc::clone(&context), state.begin()));
    let http = http();
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), handle));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = shutdown.wait_for_drain() => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection.as_mut() => ended,
                () = shutdown.wait_for_close() => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection failed");
    }
}

fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    // hyper gets no timer and applies no timeouts: `TimeoutStream` applies them.
    http.max_header_size(MAX_HEAD_BYTES)
        // The read buffer of a connection; hyper's default is more than three times as large.
        .max_buf_size(MAX_HEAD_BYTES)
        // A client may shut down its sending half and still wait for the reply.
        .half_close(true);
    http
}
