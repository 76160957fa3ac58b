//! Runs the calls of a soak and checks their results.

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

use crate::attempt_counter::AttemptCounter;
use crate::audit::{CallResult, compare};
use crate::calls;
use crate::fault_injector::{DELAY, FaultInjector, lock};
use crate::overhead::{TimedTransport, measure_overhead};
use crate::summary::Summary;

/// Shorter than [`DELAY`], so that a delayed attempt is retried.
const ATTEMPT_TIMEOUT: Duration = Duration::from_millis(500);
const DEADLINE: Duration = Duration::from_secs(5);
/// A call that takes this long, three times its deadline, is counted as hung.
const HANG_TIMEOUT: Duration = Duration::from_secs(15);

/// Settings of a soak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoakPlan {
    /// Calls to make; 100 000 by default.
    pub calls: u64,
    /// Percentage of requests that get a fault, 0 to 100; 10 by default.
    pub faults_percent: u32,
    /// Calls that run at once; 64 by default, at least 1.
    pub workers: u64,
    /// Seed that selects the requests with a fault, and the faults; 1 by default.
    pub seed: u64,
}

impl Default for SoakPlan {
    fn default() -> Self {
        Self { calls: 100_000, faults_percent: 10, workers: 64, seed: 1 }
    }
}

/// Number of calls that have ended, shared with a running soak.
pub type Progress = Arc<AtomicU64>;

/// Makes the calls of `plan` over the transport that `connect` returns, against a new fake.
///
/// # Errors
/// When no port can be bound, or the transport rejects the configuration. Violations are in the
/// [`Summary`].
///
/// # Panics
/// When a call panics.
pub async fn run<T: Transport>(
    plan: SoakPlan,
    connect: impl FnOnce(&ClientConfig) -> Result<T>,
    progress: Progress,
) -> Result<Summary, Box<dyn Error + Send + Sync>> {
    let start = Instant::now();
    let fake = Fake::new(calls::world())?;
    let service = FaultInjector::new(fake.service(), plan.seed, plan.faults_percent);
    let record = service.record();
    let server = Server::bind(ServerConfig::default()).await?.spawn(service);
    let counter = Arc::new(AttemptCounter::default());
    let config = ClientConfig::new(server.url())
        .api_key(fake.application().api_keys[0].key.as_str())
        .deadline(DEADLINE)
        .attempt_timeout(ATTEMPT_TIMEOUT)
        .jitter_seed(plan.seed)
        .observer(counter.clone());
    let transport = TimedTransport(connect(&config)?);
    let client = Client::new(config, transport)?;

    let outcomes = call_all(plan, &client, progress).await;
    // Delayed requests may still be applied.
    tokio::time::sleep(DELAY).await;
    server.shutdown().await;

    let results: Vec<_> = outcomes.iter().map(|outcome| outcome.result).collect();
    let record = lock(&record);
    let found = compare(&fake, &record, &results);
    let summary = Summary {
        calls: plan.calls,
        retries: counter.retries(),
        faults: record.faults.clone(),
        duplicated: found.duplicated,
        lost: found.lost,
        unreported: found.unreported,
        ..count_results(&outcomes)
    };
    let times = outcomes.iter().filter_map(|outcome| outcome.overhead).collect();
    Ok(Summary { duration: start.elapsed(), ..summary.measured(times) })
}

/// Counts successes, failures by kind, and calls that hung.
fn count_results(outcomes: &[CallOutcome]) -> Summary {
    let mut summary = Summary::default();
    for outcome in outcomes {
        match &outcome.failure {
            None => summary.successes += 1,
            Some(_) if outcome.hung => summary.hung += 1,
            Some(failure) => *summary.failures.entry(failure.clone()).or_default() += 1,
        }
    }
    summary
}

/// Result of one call.
struct CallOutcome {
    number: u64,
    result: CallResult,
    failure: Option<String>,
    hung: bool,
    overhead: Option<Duration>,
}

/// Makes all calls; returns their outcomes by number.
async fn call_all<T: Transport>(
    plan: SoakPlan,
    client: &Client<T>,
    progress: Progress,
) -> Vec<CallOutcome> {
    let next = Arc::new(AtomicU64::new(0));
    let mut workers = JoinSet::new();
    for _ in 0..plan.workers.max(1) {
        let (client, next, progress) = (client.clone(), Arc::clone(&next), Arc::clone(&progress));
        workers.spawn(async move {
            let mut outcomes = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= plan.calls {
                    return outcomes;
                }
                outcomes.push(Box::pin(call(&client, number)).await);
                progress.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let mut outcomes: Vec<CallOutcome> = workers.join_all().await.into_iter().flatten().collect();
    outcomes.sort_unstable_by_key(|outcome| outcome.number);
    outcomes
}

async fn call<T: Transport>(client: &Client<T>, number: u64) -> CallOutcome {
    let (ended, overhead) =
        measure_overhead(timeout(HANG_TIMEOUT, Box::pin(calls::call(client, number)))).await;
    let Ok(result) = ended else {
        let failure = Some("hung".to_owned());
        return CallOutcome {
            number,
            result: CallResult::MaybeApplied,
            failure,
            hung: true,
            overhead: None,
        };
    };
    let told = CallResult::from_result(&result);
    let failure = result.err().map(|error| {
        let status = error.status().map(|status| format!(" {}", status.as_u16()));
        let why = error.stop_reason().map(|why| format!(": {why}"));
        format!("{:?}{}{}", error.kind(), status.unwrap_or_default(), why.unwrap_or_default())
    });
    CallOutcome { number, result: told, failure, hung: false, overhead }
}
