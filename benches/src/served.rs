//! Updates of sessions over HTTP, on several connections at once.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use talon_core::Operation;
use talon_core::model::IntegrationRequest;
use talon_core::operations::UpdateCustomerSessionV2;
use talon_soak::load::exchange;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// Connections of the load, each with one request at a time and a session of its own.
pub const CONNECTIONS: u64 = 16;

/// The request of a connection: [`call::request`](crate::call::request), for its own session and
/// profile.
pub fn request(connection: u64) -> UpdateCustomerSessionV2 {
    let IntegrationRequest { customer_session, .. } = crate::call::request().request;
    let customer_session = customer_session.profile(format!("customer-{connection}"));
    UpdateCustomerSessionV2::new(format!("cart-{connection}"), customer_session)
}

/// Connections to a server.
#[derive(Debug)]
pub struct Load {
    runtime: Runtime,
    connections: Vec<Connection>,
}

#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    reply: Vec<u8>,
}

impl Load {
    /// Connects to a server.
    ///
    /// # Errors
    /// When a connection cannot be opened.
    pub fn connect(address: SocketAddr) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let connections = runtime.block_on(async {
            let mut connections = Vec::new();
            for number in 0..CONNECTIONS {
                let stream = TcpStream::connect(address).await?;
                stream.set_nodelay(true)?;
                let request = encode(&request(number), address);
                connections.push(Connection { stream, request, reply: Vec::new() });
            }
            io::Result::Ok(connections)
        })?;
        Ok(Self { runtime, connections })
    }

    /// Sends this many requests, on all connections at once; returns how long they took.
    ///
    /// # Panics
    /// When the server does not answer, or not with 200.
    pub fn send(&mut self, requests: u64) -> Duration {
        let connections = std::mem::take(&mut self.connections);
        let (took, connections) = self.runtime.block_on(async {
            let mut running = JoinSet::new();
            let start = Instant::now();
            for (number, connection) in (0..).zip(connections) {
                let share = requests / CONNECTIONS + u64::from(number < requests % CONNECTIONS);
                running.spawn(connection.send(share));
            }
            let connections = running.join_all().await;
            (start.elapsed(), connections)
        });
        self.connections = connections;
        took
    }
}

impl Connection {
    async fn send(mut self, requests: u64) -> Self {
        for _ in 0..requests {
            let status = exchange(&mut self.stream, &self.request, &mut self.reply).await;
            let status = status.expect("the server answers");
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&self.reply));
        }
        self
    }
}

/// The bytes of a request.
fn encode(request: &UpdateCustomerSessionV2, address: SocketAddr) -> Vec<u8> {
    let http = request.to_http().expect("it can be sent");
    let (method, path, length) = (http.method(), http.uri(), http.body().len());
    let mut bytes = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: ApiKey-v1 demo-key\r\n\
         accept: application/json\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(http.body());
    bytes
}
