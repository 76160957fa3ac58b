//! One connection, from its acceptance to its end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use crate::exchange::exchange;
use crate::stop::Stop;
use crate::timed_stream::TimedStream;
use crate::{ServerConfig, Service};

/// Longest head of a request, its URI included.
const MAX_HEAD_BYTES: usize = 128 * 1024;

/// What hyper adds to the present must be a time that exists.
const LONGEST_IDLE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Serves `stream` until its client leaves, is too slow, or the server stops.
pub(crate) async fn serve(
    stream: TcpStream,
    service: Arc<dyn Service>,
    config: Arc<ServerConfig>,
    mut stop: Stop,
) {
    let http = http(&config);
    let stream = TimedStream::new(stream, &config);
    let turn = stream.turn();
    let calls = stop.clone();
    let handle = service_fn(move |request| {
        let exchange = exchange(request, service.clone(), config.clone(), calls.clone());
        let turn = turn.clone();
        turn.pass();
        async move {
            let reply = exchange.await;
            turn.pass();
            reply
        }
    });
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

fn http(config: &ServerConfig) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        // hyper counts from the last reply on, so this is how long a connection may be idle.
        .header_read_timeout(config.idle_timeout.min(LONGEST_IDLE))
        .max_header_size(MAX_HEAD_BYTES)
        // A client may say that it is done sending and still wait for the reply.
        .half_close(true);
    http
}
