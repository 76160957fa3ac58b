//! A server that sends scripted frames of HTTP/2.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::frames::{ACK, END_STREAM, frame, kind};

/// Length of the client's connection preface.
const PREFACE_BYTES: usize = 24;

/// What the server sends in reply to a request.
#[derive(Debug)]
pub struct Http2Reply {
    /// Bytes, which may be valid frames or not.
    pub bytes: Vec<u8>,
    /// Whether it closes the connection afterwards.
    pub close: bool,
}

/// A request as it was received.
#[derive(Clone, Debug)]
pub struct Http2Request {
    /// Number of the connection, from 0.
    pub connection: usize,
    /// Number of earlier requests on the connection.
    pub number: usize,
    /// Id of the stream.
    pub stream: u32,
    /// Body.
    pub body: Vec<u8>,
}

/// Makes the reply to a request; the first argument is the number of earlier requests.
type Script = dyn Fn(usize, &Http2Request) -> Http2Reply + Send + Sync;

/// A server on a free port of this machine; it runs as long as the runtime of the test.
pub struct Http2Server {
    port: u16,
    log: Arc<Mutex<Vec<Http2Request>>>,
}

impl Http2Server {
    /// Starts a server with TLS that sends the replies of `script`.
    pub async fn start(
        tls: ServerConfig,
        script: impl Fn(usize, &Http2Request) -> Http2Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self { port, log: Arc::default() };
        let tls = TlsAcceptor::from(Arc::new(tls));
        tokio::spawn(accept(listener, tls, Arc::new(script), Arc::clone(&server.log)));
        server
    }

    /// Base URL.
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Http2Request> {
        lock(&self.log).clone()
    }
}

impl fmt::Debug for Http2Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http2Server").field("port", &self.port).finish_non_exhaustive()
    }
}

fn lock(log: &Mutex<Vec<Http2Request>>) -> MutexGuard<'_, Vec<Http2Request>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(
    listener: TcpListener,
    tls: TlsAcceptor,
    script: Arc<Script>,
    log: Arc<Mutex<Vec<Http2Request>>>,
) {
    for connection in 0.. {
        let Ok((stream, _)) = listener.accept().await else { return };
        let (tls, script, log) = (tls.clone(), Arc::clone(&script), Arc::clone(&log));
        // Errors of a connection are visible to the client.
        tokio::spawn(async move {
            let stream = tls.accept(stream).await?;
            serve(stream, connection, &*script, &log).await
        });
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    connection: usize,
    script: &Script,
    log: &Mutex<Vec<Http2Request>>,
) -> io::Result<()> {
    stream.read_exact(&mut [0; PREFACE_BYTES]).await?;
    stream.write_all(&frame(kind::SETTINGS, 0, 0, b"")).await?;
    let mut bodies = BTreeMap::<u32, Vec<u8>>::new();
    let mut number = 0;
    loop {
        let frame_read = read_frame(&mut stream).await?;
        let Frame { kind, flags, stream: id, payload } = frame_read;
        match kind {
            kind::SETTINGS | kind::PING if flags & ACK == 0 => {
                let echo = if kind == kind::PING { &payload[..] } else { b"" };
                stream.write_all(&frame(kind, ACK, 0, echo)).await?;
            }
            kind::HEADERS => drop(bodies.insert(id, Vec::new())),
            kind::DATA => bodies.entry(id).or_default().extend(payload),
            _ => continue,
        }
        let is_whole = matches!(kind, kind::HEADERS | kind::DATA) && flags & END_STREAM != 0;
        if is_whole {
            let body = bodies.remove(&id).unwrap_or_default();
            let request = Http2Request { connection, number, stream: id, body };
            number += 1;
            let reply = script(record(log, request.clone()), &request);
            stream.write_all(&reply.bytes).await?;
            if reply.close {
                stream.shutdown().await?;
                // Closing with unread bytes would make the system drop what was sent.
                return tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.map(drop);
            }
        }
        stream.flush().await?;
    }
}

/// Records the request; returns how many were recorded before.
fn record(log: &Mutex<Vec<Http2Request>>, request: Http2Request) -> usize {
    let mut log = lock(log);
    log.push(request);
    log.len() - 1
}

struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

async fn read_frame<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<Frame> {
    let mut head = [0; 9];
    stream.read_exact(&mut head).await?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]) & 0x7fff_ffff;
    let mut payload = Vec::new();
    stream.take(length.into()).read_to_end(&mut payload).await?;
    Ok(Frame { kind: head[3], flags: head[4], stream: id, payload })
}
