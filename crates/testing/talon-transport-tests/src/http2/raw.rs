//! A server that says exactly the frames it is told to.

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

/// The client's first bytes.
const PREFACE: usize = 24;

/// What the server says to a request, and what it does then.
#[derive(Debug)]
pub struct Answer {
    /// Bytes, frames or not.
    pub bytes: Vec<u8>,
    /// Whether it says nothing more, and hangs up.
    pub hangs_up: bool,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Number of its connection, from 0.
    pub connection: usize,
    /// How many requests the connection had before, this one not counted.
    pub place: usize,
    /// Its stream.
    pub stream: u32,
    /// Its body.
    pub body: Vec<u8>,
}

/// Answers one request after another; the first argument is how many there were before.
type Script = dyn Fn(usize, &Arrived) -> Answer + Send + Sync;

/// A server on a free port of this machine; it lasts as long as the test's runtime.
pub struct Server {
    port: u16,
    seen: Arc<Mutex<Vec<Arrived>>>,
}

impl Server {
    /// Answers each request as `script` says.
    pub async fn start(
        tls: ServerConfig,
        script: impl Fn(usize, &Arrived) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self { port, seen: Arc::default() };
        let tls = TlsAcceptor::from(Arc::new(tls));
        tokio::spawn(accept(listener, tls, Arc::new(script), Arc::clone(&server.seen)));
        server
    }

    /// Base URL.
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Arrived> {
        lock(&self.seen).clone()
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("port", &self.port).finish_non_exhaustive()
    }
}

fn lock(seen: &Mutex<Vec<Arrived>>) -> MutexGuard<'_, Vec<Arrived>> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(
    listener: TcpListener,
    tls: TlsAcceptor,
    script: Arc<Script>,
    seen: Arc<Mutex<Vec<Arrived>>>,
) {
    for connection in 0.. {
        let Ok((stream, _)) = listener.accept().await else { return };
        let (tls, script, seen) = (tls.clone(), Arc::clone(&script), Arc::clone(&seen));
        // What breaks a connection is for the client to notice.
        tokio::spawn(async move {
            let stream = tls.accept(stream).await?;
            serve(stream, connection, &*script, &seen).await
        });
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    connection: usize,
    script: &Script,
    seen: &Mutex<Vec<Arrived>>,
) -> io::Result<()> {
    stream.read_exact(&mut [0; PREFACE]).await?;
    stream.write_all(&frame(kind::SETTINGS, 0, 0, b"")).await?;
    let mut bodies = BTreeMap::<u32, Vec<u8>>::new();
    let mut place = 0;
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
            let request = Arrived { connection, place, stream: id, body };
            place += 1;
            let answer = script(note(seen, request.clone()), &request);
            stream.write_all(&answer.bytes).await?;
            if answer.hangs_up {
                stream.shutdown().await?;
                // What is left unread would make the machine throw away what was said.
                return tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.map(drop);
            }
        }
        stream.flush().await?;
    }
}

/// Keeps the request; returns how many there were before it.
fn note(seen: &Mutex<Vec<Arrived>>, request: Arrived) -> usize {
    let mut seen = lock(seen);
    seen.push(request);
    seen.len() - 1
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
