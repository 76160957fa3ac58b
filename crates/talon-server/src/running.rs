//! A server that runs in the background.

use std::net::SocketAddr;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Server, Service};

/// A server that runs in a task of its own, from [`Server::spawn`].
///
/// Dropping it stops the server at once; [`shutdown`](Self::shutdown) lets requests end first.
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
    pub(crate) fn start(server: Server, service: impl Service) -> Self {
        let (shutdown, told) = oneshot::channel();
        let (address, url) = (server.local_addr(), server.url());
        // An error means that the handle is gone, and then this task is aborted.
        let told = async move { told.await.unwrap_or(()) };
        let task = tokio::spawn(server.serve(service, told));
        Self { address, url, shutdown: Some(shutdown), task }
    }

    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Base URL for clients on this machine, such as `http://127.0.0.1:8080`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Shuts down gracefully, and returns once nothing runs any more.
    ///
    /// Takes no longer than [`ServerConfig::shutdown_grace`](crate::ServerConfig::shutdown_grace)
    /// and a second.
    pub async fn shutdown(mut self) {
        if let Some(shutdown) = self.shutdown.take() {
            // Nobody listens only when the server has ended already.
            let _ = shutdown.send(());
        }
        // It can fail only by a runtime that goes away, which ends the server too.
        let _ = (&mut self.task).await;
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
