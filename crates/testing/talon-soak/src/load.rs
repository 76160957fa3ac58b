//! Load on persistent connections, as fast as the server replies.
//!
//! Each connection repeats one scenario, the calls of a customer in a shop. Its requests are
//! encoded once, and only the id is patched for each customer, so that the load generator needs
//! little processor time on the machine that it shares with the server.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

mod connection;
mod derived;
mod process;
mod report;
mod scenario;
mod step;

pub use connection::exchange;
use connection::{Connection, LoadCounters};
pub use process::{ResourceUsage, ServerProcess};
pub use report::{Report, Sample};
use scenario::Scenarios;

/// Settings of a load test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadPlan {
    /// Connections, each with one request at a time; 200 by default.
    pub connections: u32,
    /// Duration of the load; 60 seconds by default.
    pub time: Duration,
    /// Customers that each connection creates; then it repeats requests that store nothing new for
    /// the last one. Unlimited by default.
    pub customers: Option<u64>,
}

impl Default for LoadPlan {
    fn default() -> Self {
        Self { connections: 200, time: Duration::from_secs(60), customers: None }
    }
}

/// How often the server is sampled during a load.
const SAMPLES: u32 = 12;

/// Puts load on the server at `address`, which serves the demo world of the fake. `usage` returns
/// the memory and processor time of the server where they are known.
///
/// # Errors
/// When a connection cannot be opened. Wrong replies are in the [`Report`].
///
/// # Panics
/// When a task panics.
pub async fn load(
    plan: LoadPlan,
    address: SocketAddr,
    usage: impl Fn() -> Option<ResourceUsage>,
) -> Result<Report, Box<dyn Error + Send + Sync>> {
    let scenarios = Scenarios::new().await?;
    let counters = Arc::new(LoadCounters::default());
    let start = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..plan.connections.max(1) {
        let connection = Connection::open(address, number, scenarios.clone(), &counters).await?;
        running.spawn(connection.run(plan, start + plan.time));
    }
    let mut samples = Vec::new();
    for number in 0..=SAMPLES {
        let at = start + plan.time * number / SAMPLES;
        tokio::time::sleep_until(at.into()).await;
        samples.push(counters.sample(start.elapsed(), usage()));
    }
    let ends = running.join_all().await;
    Ok(Report::new(plan, samples, ends, start.elapsed()))
}
