//! Servers for the rows `served/…`, each in a process of its own with the allocator of `talon`.
//!
//! `bench-serve fake` serves the demo world. `bench-serve hyper` is hyper alone: it sends the reply of
//! the fake to a session update, with the same head and body, to each request. Both print
//! `listening on http://ADDRESS`, as `talon serve` does. `bench-serve load ADDRESS` puts load on one
//! of them for some seconds, and prints the requests per second.

use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use talon_benches::call::BoxError;
use talon_benches::served::{Load, request};
use talon_core::Operation;
use talon_fake::{Fake, FakeService, World};
use talon_server::{Answer, Server, ServerConfig, Service as _};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of `load`, each of this many requests. The first one is not reported: the log of calls is
/// full after it.
const RUNS: usize = 6;
const REQUESTS: u64 = 40_000;

fn main() -> Result<(), BoxError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["fake"] => Runtime::new()?.block_on(serve_fake()),
        ["hyper"] => Runtime::new()?.block_on(serve_hyper()),
        ["load", address] => put_load(address),
        _ => Err("usage: bench-serve fake | hyper | load ADDRESS".into()),
    }
}

fn service() -> FakeService {
    Fake::new(World::demo()).expect("the demo world is fit").service()
}

async fn serve_fake() -> Result<(), BoxError> {
    let server = Server::bind(ServerConfig::default()).await?;
    println!("listening on {}", server.url());
    server.serve(service(), pending()).await;
    Ok(())
}

async fn serve_hyper() -> Result<(), BoxError> {
    let reply = reply_of_fake().await?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let reply = reply.clone();
        let handle = service_fn(move |request| answer(request, reply.clone()));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), handle));
    }
}

/// Reads the whole request.
async fn answer(
    request: Request<Incoming>,
    reply: Response<Full<Bytes>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    // A client that breaks off gets no reply.
    drop(request.into_body().collect().await);
    Ok(reply)
}

/// The reply of the fake to a session update.
async fn reply_of_fake() -> Result<Response<Full<Bytes>>, BoxError> {
    let mut request = request(0).to_http()?;
    request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static("ApiKey-v1 demo-key"));
    match service().handle(request).await {
        Answer::Reply(reply) if reply.status().is_success() => Ok(reply.map(Full::from)),
        other => Err(format!("the fake refuses: {other:?}").into()),
    }
}

fn put_load(address: &str) -> Result<(), BoxError> {
    let mut load = Load::connect(address.trim_start_matches("http://").parse()?)?;
    for run in 0..RUNS {
        let took = load.send(REQUESTS);
        if run > 0 {
            println!("{:.0} requests a second", rate(took));
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn rate(took: Duration) -> f64 {
    REQUESTS as f64 / took.as_secs_f64()
}
