//! A server that says exactly the bytes it is told to.

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
pub enum Answer {
    /// Says these bytes and waits for the next request.
    Say(Vec<u8>),
    /// Says these bytes and hangs up.
    SayAndHangUp(Vec<u8>),
    /// Says these bytes, then one byte after another, each a little later, for ever.
    Drip(Vec<u8>, u8),
    /// Says nothing, not even hello to a handshake.
    Silence,
}

/// Time between the bytes of [`Answer::Drip`]: many of them fit into a test's deadline.
const DRIP: Duration = Duration::from_millis(20);

impl Answer {
    /// A reply of `status` with `body` and its length.
    pub fn reply(status: &str, body: &str) -> Self {
        Self::reply_with(status, "content-type: application/json\r\n", body.as_bytes())
    }

    /// A reply of `status` with these lines of `headers`, `body` and its length.
    pub fn reply_with(status: &str, headers: &str, body: &[u8]) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n");
        Self::Say([head.as_bytes(), body].concat())
    }

    /// These bytes as they are.
    pub fn say(bytes: &str) -> Self {
        Self::Say(bytes.as_bytes().to_vec())
    }
}

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Arrived {
    /// First line, such as `GET / HTTP/1.1`.
    pub line: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// Body, as long as `content-length` says.
    pub body: String,
}

impl Arrived {
    /// Value of the header `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// A server on a free port of this machine; it lasts as long as the test's runtime.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    scheme: &'static str,
    seen: Arc<Mutex<Seen>>,
}

/// What a server has seen so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// How often a client connected.
    pub connections: usize,
    /// How often a client hung up while it was not answered.
    pub abandoned: usize,
    /// Every request.
    pub requests: Vec<Arrived>,
    /// Protocol agreed on in the last handshake.
    pub protocol: Option<Vec<u8>>,
}

impl Server {
    /// Answers plain requests with `answer`.
    pub async fn start(answer: Answer) -> Self {
        Self::script(vec![answer]).await
    }

    /// Answers plain requests with one of `answers` after another, and the last one for ever.
    pub async fn script(answers: Vec<Answer>) -> Self {
        let listening = Self::listen((Ipv4Addr::LOCALHOST, 0).into(), answers, None).await;
        listening.expect("a free port of this machine")
    }

    /// Answers requests on `address`.
    ///
    /// # Errors
    /// When the machine has no such address.
    pub async fn start_at(address: SocketAddr, answer: Answer) -> io::Result<Self> {
        Self::listen(address, vec![answer], None).await
    }

    /// Answers encrypted requests with `answer`.
    pub async fn start_encrypted(tls: ServerConfig, answer: Answer) -> Self {
        let address = (Ipv4Addr::LOCALHOST, 0).into();
        Self::listen(address, vec![answer], Some(tls)).await.expect("a free port of this machine")
    }

    async fn listen(
        address: SocketAddr,
        answers: Vec<Answer>,
        tls: Option<ServerConfig>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let server = Self {
            address: listener.local_addr()?,
            scheme: if tls.is_some() { "https" } else { "http" },
            seen: Arc::default(),
        };
        let tls = tls.map(|tls| TlsAcceptor::from(Arc::new(tls)));
        tokio::spawn(accept(listener, answers.into(), tls, Arc::clone(&server.seen)));
        Ok(server)
    }

    /// Base URL; a server on IPv4 is called `localhost`, as certificates have it, when encrypted.
    pub fn url(&self) -> String {
        match self.scheme {
            "https" => format!("https://localhost:{}", self.address.port()),
            _ => format!("http://{}", self.address),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has seen so far.
    pub fn seen(&self) -> Seen {
        lock(&self.seen).clone()
    }

    /// The only request it has seen.
    pub fn request(&self) -> Arrived {
        match self.seen().requests.as_slice() {
            [request] => request.clone(),
            requests => panic!("one request was expected, not {}", requests.len()),
        }
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(
    listener: TcpListener,
    answers: Arc<[Answer]>,
    tls: Option<TlsAcceptor>,
    seen: Arc<Mutex<Seen>>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        lock(&seen).connections += 1;
        let (answers, tls, seen) = (Arc::clone(&answers), tls.clone(), Arc::clone(&seen));
        // What breaks a connection is for the client to notice.
        tokio::spawn(async move { greet(stream, answers, tls, seen).await.ok() });
    }
}

async fn greet(
    stream: TcpStream,
    answers: Arc<[Answer]>,
    tls: Option<TlsAcceptor>,
    seen: Arc<Mutex<Seen>>,
) -> io::Result<()> {
    let Some(tls) = tls else { return serve(stream, &answers, &seen).await };
    if let [Answer::Silence, ..] = *answers {
        return std::future::pending().await;
    }
    let stream = tls.accept(stream).await?;
    lock(&seen).protocol = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
    serve(stream, &answers, &seen).await
}

async fn serve<S>(mut stream: S, answers: &[Answer], seen: &Mutex<Seen>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let request = read_request(&mut stream).await?;
        let number = note(seen, request);
        match &answers[number.min(answers.len() - 1)] {
            Answer::Say(bytes) => stream.write_all(bytes).await?,
            Answer::SayAndHangUp(bytes) => {
                stream.write_all(bytes).await?;
                return stream.shutdown().await;
            }
            Answer::Drip(bytes, drop) => {
                stream.write_all(bytes).await?;
                return drip(stream, *drop).await;
            }
            Answer::Silence => {
                // Nothing follows a request that waits for its reply, but the end.
                let _ = stream.read_u8().await;
                lock(seen).abandoned += 1;
                return Ok(());
            }
        }
        stream.flush().await?;
    }
}

/// Keeps the request; returns how many there were before it.
fn note(seen: &Mutex<Seen>, request: Arrived) -> usize {
    let mut seen = lock(seen);
    seen.requests.push(request);
    seen.requests.len() - 1
}

async fn drip<S: AsyncWrite + Unpin>(mut stream: S, drop: u8) -> io::Result<()> {
    loop {
        stream.write_all(&[drop]).await?;
        stream.flush().await?;
        tokio::time::sleep(DRIP).await;
    }
}

async fn read_request<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<Arrived> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap_or_default().to_owned();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let mut request = Arrived { line, headers: headers.collect(), body: String::new() };
    let length = request.header("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    Ok(request)
}
