//! A persistent connection with one request at a time.

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
use super::scenario::Scenarios;

/// A reply that takes this long is a failure.
const REPLY_TIMEOUT: Duration = Duration::from_secs(10);

/// Counts of all connections so far.
#[derive(Debug, Default)]
pub(super) struct LoadCounters {
    pub(super) requests: AtomicU64,
    /// Customers whose scenario is complete.
    pub(super) customers: AtomicU64,
}

/// Measurements of a connection.
#[derive(Debug, Default)]
pub(super) struct ConnectionResult {
    /// Time of each request, in microseconds.
    pub(super) times: Vec<u32>,
    /// How often each operation got each status.
    pub(super) statuses: BTreeMap<(&'static str, u16), u64>,
    /// First failure, after which the connection stopped.
    pub(super) failure: Option<String>,
}

#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
    scenarios: Scenarios,
    number: u64,
    counters: Arc<LoadCounters>,
}

impl Connection {
    pub(super) async fn open(
        address: SocketAddr,
        number: u32,
        scenarios: Scenarios,
        counters: &Arc<LoadCounters>,
    ) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            read: Vec::with_capacity(64 * 1024),
            scenarios,
            number: u64::from(number),
            counters: Arc::clone(counters),
        })
    }

    /// Repeats scenarios until `end` or the first failure.
    pub(super) async fn run(mut self, plan: LoadPlan, end: Instant) -> ConnectionResult {
        let mut result = ConnectionResult::default();
        let mut customers = 0;
        while Instant::now() < end && result.failure.is_none() {
            let is_new = plan.customers.is_none_or(|most| customers < most);
            customers += u64::from(is_new);
            // Connections share the numbers: 0, 200, 400, …, then 1, 201, 401, …
            let customer = customers.saturating_sub(1) * u64::from(plan.connections) + self.number;
            result.failure = self.run_scenario(is_new, customer, end, &mut result).await.err();
        }
        result
    }

    async fn run_scenario(
        &mut self,
        is_new: bool,
        customer: u64,
        end: Instant,
        result: &mut ConnectionResult,
    ) -> Result<(), String> {
        let Scenarios { new_customer, existing_customer } = &mut self.scenarios;
        let steps = if is_new { new_customer } else { existing_customer };
        for step in steps {
            let start = Instant::now();
            if start >= end {
                return Ok(());
            }
            let exchange = exchange(&mut self.stream, step.request_for(customer), &mut self.read);
            let status = match timeout(REPLY_TIMEOUT, exchange).await {
                Ok(Ok(status)) => status,
                Ok(Err(error)) => return Err(format!("{}: {error}", step.operation)),
                Err(_) => return Err(format!("{}: no reply in {REPLY_TIMEOUT:?}", step.operation)),
            };
            result.times.push(u32::try_from(start.elapsed().as_micros()).unwrap_or(u32::MAX));
            *result.statuses.entry((step.operation, status)).or_default() += 1;
            self.counters.requests.fetch_add(1, Ordering::Relaxed);
            if status != step.status {
                let reply = String::from_utf8_lossy(&self.read);
                let body = reply.split_once("\r\n\r\n").map_or("", |(_, body)| body);
                let (operation, wanted) = (step.operation, step.status);
                return Err(format!("{operation}: {status} where {wanted} was due: {body}"));
            }
        }
        self.counters.customers.fetch_add(u64::from(is_new), Ordering::Relaxed);
        Ok(())
    }
}

/// Sends `request` and reads a whole reply into `read`; its status.
///
/// # Errors
/// When the connection breaks, or the reply is no HTTP or has no length.
pub async fn exchange(
    stream: &mut TcpStream,
    request: &[u8],
    read: &mut Vec<u8>,
) -> io::Result<u16> {
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
        return if read.len() == length { Ok(status) } else { Err(invalid("more than one reply")) };
    }
}

/// Status, and length of head and body together, once the head is whole.
fn head(read: &[u8]) -> io::Result<Option<(u16, usize)>> {
    const END: &[u8] = b"\r\n\r\n";
    let Some(end) = read.windows(END.len()).position(|part| part == END) else { return Ok(None) };
    let head = str::from_utf8(&read[..end]).map_err(io::Error::other)?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3));
    let status =
        status.and_then(|status| status.parse().ok()).ok_or_else(|| invalid("no status"))?;
    let length = lines.find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = match length {
        Some(length) => length.parse().map_err(io::Error::other)?,
        None if status == 204 => 0,
        None => return Err(invalid("a reply without a length")),
    };
    Ok(Some((status, end + END.len() + length)))
}

fn invalid(message: &str) -> io::Error {
    io::Error::other(message)
}
