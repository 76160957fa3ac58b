//! The soak itself.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use talon_client::{Client, ClientConfig, Transport};
use talon_core::Result;
use talon_fake::Fake;
use talon_server::{Server, ServerConfig};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::books::{Told, compare};
use crate::calls;
use crate::faulty::{Faulty, SLOW, lock};
use crate::meter::Meter;
use crate::summary::Summary;
use crate::timed::{Timed, added};

/// Shorter than a slow reply takes, so that a slow one is tried again.
const ATTEMPT: Duration = Duration::from_millis(500);
const DEADLINE: Duration = Duration::from_secs(5);
/// What takes so much longer than its deadline hangs.
const HANGS: Duration = Duration::from_secs(15);

/// How much of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Calls to make; 100 000 unless set.
    pub calls: u64,
    /// Requests of 100 that go wrong; 10 unless set.
    pub faults_percent: u32,
    /// Calls under way at once; 64 unless set.
    pub workers: u64,
    /// Chooses which requests go wrong, and how; 1 unless set.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { calls: 100_000, faults_percent: 10, workers: 64, seed: 1 }
    }
}

/// Counts calls that have ended; share it to watch a soak.
pub type Progress = Arc<AtomicU64>;

/// Makes the calls of `plan` over the transport that `connect` makes, against a fake of its own.
///
/// # Errors
/// When no port can be bound, or the configuration does not suit the transport. Broken promises
/// are in the [`Summary`].
///
/// # Panics
/// When a call panics.
pub async fn run<T: Transport>(
    plan: Plan,
    connect: impl FnOnce(&ClientConfig) -> Result<T>,
    progress: Progress,
) -> Result<Summary, Box<dyn Error + Send + Sync>> {
    let start = Instant::now();
    let fake = Fake::new(calls::world())?;
    let service = Faulty::new(fake.service(), plan.seed, plan.faults_percent);
    let record = service.record();
    let server = Server::bind(ServerConfig::default()).await?.spawn(service);
    let meter = Arc::new(Meter::default());
    let config = ClientConfig::new(server.url())
        .api_key(fake.application().api_keys[0].as_str())
        .deadline(DEADLINE)
        .attempt_timeout(ATTEMPT)
        .jitter_seed(plan.seed)
        .observer(meter.clone());
    let transport = Timed(connect(&config)?);
    let client = Client::new(config, transport)?;

    let ends = call_all(plan, &client, progress).await;
    // What was slow may still be applied.
    tokio::time::sleep(SLOW).await;
    server.shutdown().await;

    let told: Vec<_> = ends.iter().map(|end| end.told).collect();
    let record = lock(&record);
    let found = compare(&fake, &record, &told);
    let summary = Summary {
        calls: plan.calls,
        retries: meter.retries(),
        faults: record.faults.clone(),
        double: found.double,
        lost: found.lost,
        untold: found.untold,
        ..tally(&ends)
    };
    let times = ends.iter().filter_map(|end| end.added).collect();
    Ok(Summary { took: start.elapsed(), ..summary.measured(times) })
}

/// Successes, failures by sort, and calls that hung.
fn tally(ends: &[End]) -> Summary {
    let mut summary = Summary::default();
    for end in ends {
        match &end.failure {
            None => summary.successes += 1,
            Some(_) if end.hung => summary.hung += 1,
            Some(failure) => *summary.failures.entry(failure.clone()).or_default() += 1,
        }
    }
    summary
}

/// How a call ended.
struct End {
    number: u64,
    told: Told,
    failure: Option<String>,
    hung: bool,
    added: Option<Duration>,
}

/// The ends of all calls, in the order of their numbers.
async fn call_all<T: Transport>(plan: Plan, client: &Client<T>, progress: Progress) -> Vec<End> {
    let next = Arc::new(AtomicU64::new(0));
    let mut workers = JoinSet::new();
    for _ in 0..plan.workers.max(1) {
        let (client, next, progress) = (client.clone(), Arc::clone(&next), Arc::clone(&progress));
        workers.spawn(async move {
            let mut ends = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= plan.calls {
                    return ends;
                }
                ends.push(Box::pin(call(&client, number)).await);
                progress.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let mut ends: Vec<End> = workers.join_all().await.into_iter().flatten().collect();
    ends.sort_unstable_by_key(|end| end.number);
    ends
}

async fn call<T: Transport>(client: &Client<T>, number: u64) -> End {
    let (ended, added) = added(timeout(HANGS, Box::pin(calls::call(client, number)))).await;
    let Ok(result) = ended else {
        let failure = Some("hung".to_owned());
        return End { number, told: Told::Unknown, failure, hung: true, added: None };
    };
    let told = Told::of(&result);
    let failure = result.err().map(|error| {
        let status = error.status().map(|status| format!(" {}", status.as_u16()));
        let why = error.stop_reason().map(|why| format!(": {why}"));
        format!("{:?}{}{}", error.kind(), status.unwrap_or_default(), why.unwrap_or_default())
    });
    End { number, told, failure, hung: false, added }
}
