//! A conforming HTTP/2 server that echoes requests.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Starts a server that replies with method, path, query and body of the request; returns its base
/// URL.
pub async fn start(tls: ServerConfig) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(accept(listener, TlsAcceptor::from(Arc::new(tls))));
    format!("https://localhost:{port}")
}

async fn accept(listener: TcpListener, tls: TlsAcceptor) {
    while let Ok((stream, _)) = listener.accept().await {
        let Ok(stream) = tls.accept(stream).await else { continue };
        let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
            .serve_connection(TokioIo::new(stream), service_fn(echo));
        tokio::spawn(connection);
    }
}

async fn echo(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut echo_body = format!("{} {} ", request.method(), request.uri().path()).into_bytes();
    echo_body.extend(request.uri().query().unwrap_or_default().as_bytes());
    let body = request.into_body().collect().await.map(http_body_util::Collected::to_bytes);
    echo_body.extend(body.unwrap_or_default());
    Ok(Response::new(Full::from(echo_body)))
}
