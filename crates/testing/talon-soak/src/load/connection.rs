//! One connection, kept open, with one request under way at a time.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::LoadPlan;
use super::story::{Step, Story};

/// What takes so long hangs.
const HANGS: Duration = Duration::from_secs(10);

/// What all connections have done so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) requests: AtomicU64,
    /// Customers whose story has been told to its end.
    pub(super) customers: AtomicU64,
}

/// How a connection ended.
#[derive(Debug, Default)]
pub(super) struct End {
    /// Time of each request, in microseconds.
    pub(super) times: Vec<u32>,
    /// How often each operation was answered with each status.
    pub(super) statuses: BTreeMap<(&'static str, u16), u64>,
    /// What was wrong, if anything: the connection went no further.
    pub(super) failure: Option<String>,
}

#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
    new: Vec<Step>,
    old: Vec<Step>,
    number: u64,
    tally: Arc<Tally>,
}

impl Connection {
    pub(super) async fn open(
        address: SocketAddr,
        number: u32,
        tally: &Arc<Tally>,
    ) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let story = |is_new| Story::new(is_new).map_err(io::Error::other);
        Ok(Self {
            stream,
            read: Vec::with_capacity(64 * 1024),
            new: story(true)?.0,
            old: story(false)?.0,
            number: u64::from(number),
            tally: Arc::clone(tally),
        })
    }

    /// Tells stories until `end`, or until the server does something wrong.
    pub(super) async fn run(mut self, plan: LoadPlan, end: Instant) -> End {
        let mut ended = End::default();
        let mut told = 0;
        while Instant::now() < end && ended.failure.is_none() {
            let is_new = plan.customers.is_none_or(|most| told < most);
            told += u64::from(is_new);
            // Connections share the numbers: 0, 200, 400, …, then 1, 201, 401, …
            let customer = told.saturating_sub(1) * u64::from(plan.connections) + self.number;
            ended.failure = self.tell(is_new, customer, end, &mut ended).await.err();
        }
        ended
    }

    async fn tell(
        &mut self,
        is_new: bool,
        customer: u64,
        end: Instant,
        ended: &mut End,
    ) -> Result<(), String> {
        let steps = if is_new { &mut self.new } else { &mut self.old };
        for step in steps {
            let start = Instant::now();
            if start >= end {
                return Ok(());
            }
            let exchange = exchange(&mut self.stream, step.of(customer), &mut self.read);
            let status = match timeout(HANGS, exchange).await {
                Ok(Ok(status)) => status,
                Ok(Err(error)) => return Err(format!("{}: {error}", step.operation)),
                Err(_) => return Err(format!("{}: no reply in {HANGS:?}", step.operation)),
            };
            ended.times.push(u32::try_from(start.elapsed().as_micros()).unwrap_or(u32::MAX));
            *ended.statuses.entry((step.operation, status)).or_default() += 1;
            self.tally.requests.fetch_add(1, Ordering::Relaxed);
            if status != step.status {
                let reply = String::from_utf8_lossy(&self.read);
                let body = reply.split_once("\r\n\r\n").map_or("", |(_, body)| body);
                let (operation, wanted) = (step.operation, step.status);
                return Err(format!("{operation}: {status} where {wanted} was due: {body}"));
            }
        }
        self.tally.customers.fetch_add(u64::from(is_new), Ordering::Relaxed);
        Ok(())
    }
}

/// Sends `request` and reads a whole reply into `read`; its status.
async fn exchange(stream: &mut TcpStream, request: &[u8], read: &mut Vec<u8>) -> io::Result<u16> {
    stream.write_all(request).await?;
    read.clear();
    loop {
        if stream.read_buf(read).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Some((status, length)) = head(read)? else { continue };
        while read.len() < length {
            if stream.read_buf(read).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        return if read.len() == length { Ok(status) } else { Err(unfit("more than one reply")) };
    }
}

/// Status, and length of head and body together, once the head is whole.
fn head(read: &[u8]) -> io::Result<Option<(u16, usize)>> {
    const END: &[u8] = b"\r\n\r\n";
    let Some(end) = read.windows(END.len()).position(|part| part == END) else { return Ok(None) };
    let head = str::from_utf8(&read[..end]).map_err(io::Error::other)?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3));
    let status = status.and_then(|status| status.parse().ok()).ok_or_else(|| unfit("no status"))?;
    let length = lines.find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = match length {
        Some(length) => length.parse().map_err(io::Error::other)?,
        None if status == 204 => 0,
        None => return Err(unfit("a reply without a length")),
    };
    Ok(Some((status, end + END.len() + length)))
}

fn unfit(message: &str) -> io::Error {
    io::Error::other(message)
}
