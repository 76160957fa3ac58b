//! A server over sockets that sends scripted bytes.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the server does with each request.
#[derive(Clone, Debug)]
pub enum ScriptedReply {
    /// Sends these bytes and waits for the next request.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Sends these bytes, then the byte again and again, every 20 milliseconds.
    Drip(Vec<u8>, u8),
    /// Sends nothing, and does not answer a TLS handshake.
    Silence,
}

/// Time between the bytes of [`ScriptedReply::Drip`]; much shorter than the deadline of a test.
const DRIP_INTERVAL: Duration = Duration::from_millis(20);

impl ScriptedReply {
    /// A JSON reply with `Content-Length`; `status` is code and reason, such as `200 OK`.
    pub fn reply(status: &str, body: &str) -> Self {
        Self::reply_with(status, "content-type: application/json\r\n", body.as_bytes())
    }

    /// A reply with `Content-Length` and the lines of `headers`, each ended by CR LF.
    pub fn reply_with(status: &str, headers: &str, body: &[u8]) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n");
        Self::Send([head.as_bytes(), body].concat())
    }

    /// Sends `bytes` unchanged.
    pub fn send(bytes: &str) -> Self {
        Self::Send(bytes.as_bytes().to_vec())
    }
}

/// A request as it was received.
#[derive(Clone, Debug, Default)]
pub struct ReceivedRequest {
    /// Request line, such as `GET / HTTP/1.1`.
    pub line: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// Body, as long as `content-length` says.
    pub body: String,
}

impl ReceivedRequest {
    /// Value of the header `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// A server on a free port of this machine; it runs as long as the runtime of the test.
#[derive(Debug)]
pub struct TestServer {
    address: SocketAddr,
    scheme: &'static str,
    log: Arc<Mutex<ServerLog>>,
}

/// What a server has received so far.
#[derive(Clone, Debug, Default)]
pub struct ServerLog {
    /// Number of connections.
    pub connections: usize,
    /// Number of connections that the client closed while it waited for a reply.
    pub hung_up: usize,
    /// All requests in order.
    pub requests: Vec<ReceivedRequest>,
    /// ALPN protocol of the last TLS handshake.
    pub protocol: Option<Vec<u8>>,
}

impl TestServer {
    /// Starts a server without TLS that sends `reply` to each request.
    pub async fn start(reply: ScriptedReply) -> Self {
        Self::script(vec![reply]).await
    }

    /// Starts a server without TLS that sends `replies` in order, and repeats the last one.
    pub async fn script(replies: Vec<ScriptedReply>) -> Self {
        let listening = Self::listen((Ipv4Addr::LOCALHOST, 0).into(), replies, None).await;
        listening.expect("a free port of this machine")
    }

    /// Starts a server on `address` that sends `reply` to each request.
    ///
    /// # Errors
    /// When the machine has no such address.
    pub async fn start_at(address: SocketAddr, reply: ScriptedReply) -> io::Result<Self> {
        Self::listen(address, vec![reply], None).await
    }

    /// Starts a server with TLS that sends `reply` to each request.
    pub async fn start_tls(tls: ServerConfig, reply: ScriptedReply) -> Self {
        let address = (Ipv4Addr::LOCALHOST, 0).into();
        Self::listen(address, vec![reply], Some(tls)).await.expect("a free port of this machine")
    }

    async fn listen(
        address: SocketAddr,
        replies: Vec<ScriptedReply>,
        tls: Option<ServerConfig>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let server = Self {
            address: listener.local_addr()?,
            scheme: if tls.is_some() { "https" } else { "http" },
            log: Arc::default(),
        };
        let tls = tls.map(|tls| TlsAcceptor::from(Arc::new(tls)));
        tokio::spawn(accept(listener, replies.into(), tls, Arc::clone(&server.log)));
        Ok(server)
    }

    /// Base URL; with TLS the host is `localhost`, the name in the certificates.
    pub fn url(&self) -> String {
        match self.scheme {
            "https" => format!("https://localhost:{}", self.address.port()),
            _ => format!("http://{}", self.address),
        }
    }

    /// Address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has received so far.
    pub fn log(&self) -> ServerLog {
        lock(&self.log).clone()
    }

    /// The only request that it has received.
    pub fn request(&self) -> ReceivedRequest {
        match self.log().requests.as_slice() {
            [request] => request.clone(),
            requests => panic!("one request was expected, not {}", requests.len()),
        }
    }
}

fn lock(log: &Mutex<ServerLog>) -> MutexGuard<'_, ServerLog> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(
    listener: TcpListener,
    replies: Arc<[ScriptedReply]>,
    tls: Option<TlsAcceptor>,
    log: Arc<Mutex<ServerLog>>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        lock(&log).connections += 1;
        let (replies, tls, log) = (Arc::clone(&replies), tls.clone(), Arc::clone(&log));
        // Errors of a connection are visible to the client.
        tokio::spawn(async move { handshake_and_serve(stream, replies, tls, log).await.ok() });
    }
}

async fn handshake_and_serve(
    stream: TcpStream,
    replies: Arc<[ScriptedReply]>,
    tls: Option<TlsAcceptor>,
    log: Arc<Mutex<ServerLog>>,
) -> io::Result<()> {
    let Some(tls) = tls else { return serve(stream, &replies, &log).await };
    if let [ScriptedReply::Silence, ..] = *replies {
        return std::future::pending().await;
    }
    let stream = tls.accept(stream).await?;
    lock(&log).protocol = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
    serve(stream, &replies, &log).await
}

async fn serve<S>(
    mut stream: S,
    replies: &[ScriptedReply],
    log: &Mutex<ServerLog>,
) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let request = read_request(&mut stream).await?;
        let number = record(log, request);
        match &replies[number.min(replies.len() - 1)] {
            ScriptedReply::Send(bytes) => stream.write_all(bytes).await?,
            ScriptedReply::SendAndClose(bytes) => {
                stream.write_all(bytes).await?;
                return stream.shutdown().await;
            }
            ScriptedReply::Drip(bytes, byte) => {
                stream.write_all(bytes).await?;
                return drip(stream, *byte).await;
            }
            ScriptedReply::Silence => {
                // The client sends nothing more while it waits; reading ends when it closes.
                let _ = stream.read_u8().await;
                lock(log).hung_up += 1;
                return Ok(());
            }
        }
        stream.flush().await?;
    }
}

/// Records the request; returns how many were recorded before.
fn record(log: &Mutex<ServerLog>, request: ReceivedRequest) -> usize {
    let mut log = lock(log);
    log.requests.push(request);
    log.requests.len() - 1
}

async fn drip<S: AsyncWrite + Unpin>(mut stream: S, byte: u8) -> io::Result<()> {
    loop {
        stream.write_all(&[byte]).await?;
        stream.flush().await?;
        tokio::time::sleep(DRIP_INTERVAL).await;
    }
}

async fn read_request<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<ReceivedRequest> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap_or_default().to_owned();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let mut request = ReceivedRequest { line, headers: headers.collect(), body: String::new() };
    let length = request.header("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    Ok(request)
}
