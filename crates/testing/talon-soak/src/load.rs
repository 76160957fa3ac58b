//! Very many requests on kept connections, as fast as the server answers.
//!
//! Every connection tells the same story again and again: what a customer does in a shop, in
//! requests that are written once and sent as they are, with an id patched in. So the load costs
//! little beside the server on the same machine.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

mod connection;
mod process;
mod report;
mod story;

use connection::{Connection, Tally};
pub use process::{Process, Usage};
pub use report::{Report, Sample};

/// How much load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadPlan {
    /// Connections, each with one request under way; 200 unless set.
    pub connections: u32,
    /// How long; 60 seconds unless set.
    pub time: Duration,
    /// Customers that each connection brings to life; then it goes on with the last one's open
    /// cart, and nothing new is stored. Without end unless set.
    pub customers: Option<u64>,
}

impl Default for LoadPlan {
    fn default() -> Self {
        Self { connections: 200, time: Duration::from_secs(60), customers: None }
    }
}

/// How often the server is looked at during a load.
const SAMPLES: u32 = 12;

/// Puts load on the server at `address`, which serves the demo world of the fake; `usage` tells
/// what the server uses, if anybody can.
///
/// # Errors
/// When a connection cannot be made. What the server does wrong is in the [`Report`].
///
/// # Panics
/// When a task panics.
pub async fn load(
    plan: LoadPlan,
    address: SocketAddr,
    usage: impl Fn() -> Option<Usage>,
) -> Result<Report, Box<dyn Error + Send + Sync>> {
    let tally = Arc::new(Tally::default());
    let start = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..plan.connections.max(1) {
        let connection = Connection::open(address, number, &tally).await?;
        running.spawn(connection.run(plan, start + plan.time));
    }
    let mut samples = Vec::new();
    for number in 0..=SAMPLES {
        let at = start + plan.time * number / SAMPLES;
        tokio::time::sleep_until(at.into()).await;
        samples.push(tally.sample(start.elapsed(), usage()));
    }
    let ends = running.join_all().await;
    Ok(Report::new(plan, samples, ends, start.elapsed()))
}
