//! A Unix socket, as the README shows it.

use std::path::{Path, PathBuf};

use talon_core::operations::GetCustomerInventory;
use talon_hyper::{Client, ClientConfig, HyperTransport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixListener;

mod unix_connector {
    use std::future::Future;
    use std::io;
    use std::path::PathBuf;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http::Uri;
    use hyper_util::rt::TokioIo;
    use tokio::net::UnixStream;

    #[derive(Clone)]
    pub(super) struct UnixConnector(pub(super) PathBuf);

    impl tower_service::Service<Uri> for UnixConnector {
        type Response = TokioIo<UnixStream>;
        type Error = io::Error;
        type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: Uri) -> Self::Future {
            let path = self.0.clone();
            Box::pin(async move { Ok(TokioIo::new(UnixStream::connect(path).await?)) })
        }
    }
}
use unix_connector::UnixConnector;

/// A path for a socket, removed in the end.
struct SocketPath(PathBuf);

impl SocketPath {
    fn new(name: &str) -> Self {
        let name = format!("talon-{name}-{}.sock", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for SocketPath {
    fn drop(&mut self) {
        // It does not exist when no one listened.
        std::fs::remove_file(&self.0).ok();
    }
}

fn client(path: &Path) -> Client<HyperTransport<UnixConnector>> {
    let config = ClientConfig::new("http://localhost").api_key("fefecafedeadbeef");
    let transport = HyperTransport::from_connector(UnixConnector(path.to_owned()));
    Client::new(config, transport).expect("a valid configuration")
}

/// Answers each of `requests` on one connection, and returns the first head.
async fn serve(listener: UnixListener, requests: usize) -> String {
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let mut first = String::new();
    for _ in 0..requests {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            head.push(char::from(stream.read_u8().await.expect("a request")));
        }
        first = if first.is_empty() { head } else { first };
        let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        stream.write_all(reply).await.expect("the client reads");
    }
    first
}

#[tokio::test]
async fn calls_go_over_a_unix_socket() {
    let path = SocketPath::new("calls");
    let server = tokio::spawn(serve(UnixListener::bind(&path.0).expect("a free path"), 2));
    let talon = client(&path.0);

    talon.call(GetCustomerInventory::new("anna")).await.unwrap();
    talon.call(GetCustomerInventory::new("bert")).await.unwrap();

    // Both over one connection, since the server accepts one.
    let head = server.await.unwrap();
    assert!(head.starts_with("GET /v1/customer_profiles/anna/inventory HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("host: localhost\r\n"), "{head}");
}

#[tokio::test]
async fn without_a_server_nothing_is_sent() {
    let path = SocketPath::new("missing");

    let error = client(&path.0).call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert!(error.is_connect(), "{error:?}");
    assert!(!error.may_have_been_applied());
}

#[test]
fn the_connector_is_that_of_the_readme() {
    let test = include_str!("unix_socket.rs");
    let start = test.find("    #[derive(Clone)]").expect("the connector");
    let end = test.find("use unix_connector").expect("its end");
    let code = test[start..end].trim_end().trim_end_matches('}').trim_end();
    let dedented: Vec<&str> =
        code.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    let code = dedented.join("\n").replace("pub(super) ", "");

    assert!(include_str!("../../README.md").contains(&code), "README lacks:\n{code}");
}
