//! A server that runs in a background task.

use std::net::SocketAddr;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server in a background task, from [`Server::spawn`](crate::Server::spawn).
///
/// Dropping it stops the server at once and drops running requests; [`shutdown`](Self::shutdown)
/// lets them complete first.
///
/// ```
/// # #[derive(Debug)] struct Fake;
/// # impl talon_core::IntegrationApi for Fake {}
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// # let api = std::sync::Arc::new(Fake);
/// use talon_server::{ApiService, Server, ServerConfig};
///
/// let server = Server::bind(ServerConfig::default()).await?.spawn(ApiService::open(api));
/// assert!(server.url().starts_with("http://127.0.0.1:"));
/// server.shutdown().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "dropping it stops the server"]
pub struct RunningServer {
    address: SocketAddr,
    url: String,
    shutdown: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl RunningServer {
    pub(crate) fn new(
        address: SocketAddr,
        url: String,
        shutdown: oneshot::Sender<()>,
        task: JoinHandle<()>,
    ) -> Self {
        Self { address, url, shutdown: Some(shutdown), task }
    }

    /// Address that the server listens on.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Base URL for clients on this machine, such as `http://127.0.0.1:8080`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Shuts down gracefully: accepts no new requests, lets running ones complete, and returns when
    /// all connections are closed.
    ///
    /// Takes at most [`ServerConfig::shutdown_grace`](crate::ServerConfig::shutdown_grace) plus one
    /// second; then running requests are dropped.
    pub async fn shutdown(mut self) {
        if let Some(shutdown) = self.shutdown.take() {
            // An error means that the server has ended already.
            let _ = shutdown.send(());
        }
        // The task fails only when the runtime shuts down, which ends the server too.
        let _ = (&mut self.task).await;
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
