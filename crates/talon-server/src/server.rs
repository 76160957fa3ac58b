//! A listening socket and the loop around it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

use crate::budget::Budget;
use crate::stop::Stopper;
use crate::{RunningServer, ServerConfig, Service, connection};

/// How long to wait before accepting again after it failed, for want of file handles perhaps.
const PAUSE: Duration = Duration::from_millis(10);

/// A server that listens and does not serve yet.
///
/// Clients may connect from the moment it is bound; they are answered once
/// [`serve`](Self::serve) or [`spawn`](Self::spawn) is called.
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
/// // Serves until the reply is there, then shuts down.
/// let mut reply = String::new();
/// let told = async { drop(client.read_to_string(&mut reply).await) };
/// server.serve(ApiService::open(api), told).await;
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
    /// Listens at [`ServerConfig::address`]: on loopback, unless told otherwise.
    ///
    /// Needs a tokio runtime with I/O and time enabled.
    ///
    /// # Errors
    /// What the system says: the port is taken, or the address is not of this machine.
    pub async fn bind(config: ServerConfig) -> io::Result<Self> {
        let listener = TcpListener::bind(config.address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, config })
    }

    /// Where it listens, with the port it was given.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Base URL for clients on this machine, such as `http://127.0.0.1:8080`.
    ///
    /// A server that listens on every address is named by its loopback one.
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
    /// Graceful means: no new connections, idle ones are closed, and running requests may end
    /// within [`ServerConfig::shutdown_grace`]; then they are dropped. Dropping this future stops
    /// the server at once.
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
        let stopper = Stopper::new();
        {
            let mut serving =
                pin!(accept_all(&listener, Arc::new(config), Arc::new(service), &stopper));
            tokio::select! {
                biased;
                () = shutdown => {}
                () = &mut serving => {}
            }
        }
        drop(listener);
        stopper.stop(grace).await;
    }

    /// Serves in a task of its own, until the handle is told to shut down or dropped.
    ///
    /// # Panics
    /// Outside a tokio runtime; since binding needs one too, this is hard to do.
    #[must_use = "dropping the handle stops the server"]
    pub fn spawn(self, service: impl Service) -> RunningServer {
        RunningServer::start(self, service)
    }
}

/// Accepts connections for ever, no more at once than configured.
async fn accept_all(
    listener: &TcpListener,
    config: Arc<ServerConfig>,
    service: Arc<dyn Service>,
    stopper: &Stopper,
) {
    let limit = config.max_connections.clamp(1, Semaphore::MAX_PERMITS);
    let slots = Arc::new(Semaphore::new(limit));
    let budget = Arc::new(Budget::new(config.max_buffered_bytes.max(config.max_body_bytes)));
    loop {
        let (stream, slot) = accept(listener, &slots).await;
        let (service, config, budget) = (service.clone(), config.clone(), budget.clone());
        let served = connection::serve(stream, service, config, budget, stopper.listen());
        tokio::spawn(async move {
            served.await;
            drop(slot);
        });
    }
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> (TcpStream, OwnedSemaphorePermit) {
    let slot = slots.clone().acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Without it small replies may wait for an acknowledgement; a socket that refuses
                // works all the same.
                let _ = stream.set_nodelay(true);
                return (stream, slot);
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                sleep(PAUSE).await;
            }
        }
    }
}
