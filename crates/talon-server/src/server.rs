//! Binds a socket and serves its connections.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::sleep;

use crate::memory_budget::MemoryBudget;
use crate::shutdown::ShutdownSender;
use crate::{RunningServer, ServerConfig, Service, connection};

/// Pause after a failed accept, for example when the process has no file descriptors left.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(10);

/// A bound server that does not serve requests yet.
///
/// Clients can connect as soon as it is bound; their requests wait until [`serve`](Self::serve) or
/// [`spawn`](Self::spawn) is called.
///
/// ```
/// # #[derive(Debug)] struct Fake;
/// # impl talon_core::IntegrationApi for Fake {}
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// # let api = std::sync::Arc::new(Fake);
/// use talon_server::{ApiService, Server, ServerConfig};
/// use tokio::io::{AsyncReadExt, AsyncWriteExt};
/// use tokio::net::TcpStream;
///
/// let server = Server::bind(ServerConfig::default()).await?;
/// let mut client = TcpStream::connect(server.local_addr()).await?;
/// client.write_all(b"GET /v1/events HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n").await?;
///
/// // Serves until the client has its reply, then shuts down.
/// let mut reply = String::new();
/// let shutdown = async { drop(client.read_to_string(&mut reply).await) };
/// server.serve(ApiService::open(api), shutdown).await;
/// assert!(reply.starts_with("HTTP/1.1 405 Method Not Allowed"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    config: ServerConfig,
}

impl Server {
    /// Binds a socket to [`ServerConfig::address`], by default a free port of `127.0.0.1`.
    ///
    /// Needs a tokio runtime with I/O and timers enabled.
    ///
    /// # Errors
    /// The system's error, for example when the port is in use or the address is not of this
    /// machine.
    pub async fn bind(config: ServerConfig) -> io::Result<Self> {
        let listener = TcpListener::bind(config.address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, config })
    }

    /// Address that the server listens on; the port is the one that was assigned.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Base URL for clients on this machine, such as `http://127.0.0.1:8080`.
    ///
    /// For a server that listens on all addresses it contains the loopback address.
    pub fn url(&self) -> String {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, self.address.port()))
    }

    /// Serves until `shutdown` completes, then shuts down gracefully.
    ///
    /// Graceful means: the server accepts no new connections, closes idle ones, and lets running
    /// requests complete within [`ServerConfig::shutdown_grace`]; then it drops them. Dropping this
    /// future stops the server at once.
    ///
    /// ```no_run
    /// # async fn example(api: std::sync::Arc<dyn talon_core::IntegrationApi>) -> std::io::Result<()> {
    /// use talon_server::{ApiService, Server, ServerConfig};
    ///
    /// let server = Server::bind(ServerConfig::default()).await?;
    /// println!("listening at {}", server.url());
    /// let forever = std::future::pending();
    /// server.serve(ApiService::open(api), forever).await;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn serve(self, service: impl Service, shutdown: impl Future<Output = ()> + Send) {
        let Self { listener, config, .. } = self;
        let grace = config.shutdown_grace;
        let sender = ShutdownSender::new();
        {
            let mut serving =
                pin!(accept_all(&listener, Arc::new(config), Arc::new(service), &sender));
            tokio::select! {
                biased;
                () = shutdown => {}
                () = &mut serving => {}
            }
        }
        drop(listener);
        sender.shut_down(grace).await;
    }

    /// Serves in a background task until the returned handle is shut down or dropped.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    #[must_use = "dropping the handle stops the server"]
    pub fn spawn(self, service: impl Service) -> RunningServer {
        let (shutdown, requested) = oneshot::channel();
        let (address, url) = (self.address, self.url());
        // An error means that the handle was dropped, which aborts this task.
        let requested = async move { requested.await.unwrap_or(()) };
        let task = tokio::spawn(self.serve(service, requested));
        RunningServer::new(address, url, shutdown, task)
    }
}

/// Accepts connections, at most `max_connections` at once; never returns.
async fn accept_all(
    listener: &TcpListener,
    config: Arc<ServerConfig>,
    service: Arc<dyn Service>,
    sender: &ShutdownSender,
) {
    let limit = config.max_connections.clamp(1, Semaphore::MAX_PERMITS);
    let permits = Arc::new(Semaphore::new(limit));
    let budget = Arc::new(MemoryBudget::new(config.max_buffered_bytes.max(config.max_body_bytes)));
    loop {
        let (stream, permit) = accept(listener, &permits).await;
        let (service, config, budget) = (service.clone(), config.clone(), budget.clone());
        let serving = connection::serve(stream, service, config, budget, sender.subscribe());
        tokio::spawn(async move {
            serving.await;
            drop(permit);
        });
    }
}

async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> (TcpStream, OwnedSemaphorePermit) {
    let permit = permits.clone().acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Without it small replies may wait for an acknowledgement. The socket works
                // without.
                let _ = stream.set_nodelay(true);
                return (stream, permit);
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                sleep(ACCEPT_RETRY_DELAY).await;
            }
        }
    }
}
