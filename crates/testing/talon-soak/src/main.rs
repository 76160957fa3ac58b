//! `talon-soak`: a soak over each transport, with a line of progress and a summary.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use talon_hyper::HyperTransport;
use talon_reqwest::ReqwestTransport;
use talon_soak::{Plan, Progress, Summary, run};

/// Makes many calls over unreliable connections, and compares what the callers were told with
/// what the service has. Fails when a promise was broken.
#[derive(Debug, Parser)]
struct Options {
    /// Calls over each transport.
    #[arg(long, default_value_t = Plan::default().calls)]
    calls: u64,
    /// Requests of 100 that go wrong.
    #[arg(long, default_value_t = Plan::default().faults_percent)]
    faults: u32,
    /// Calls under way at once.
    #[arg(long, default_value_t = Plan::default().workers)]
    workers: u64,
    /// Chooses which requests go wrong.
    #[arg(long, default_value_t = Plan::default().seed)]
    seed: u64,
    /// One transport alone.
    #[arg(long)]
    transport: Option<Over>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Over {
    Reqwest,
    Hyper,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let options = Options::parse();
    let plan = Plan {
        calls: options.calls,
        faults_percent: options.faults,
        workers: options.workers,
        seed: options.seed,
    };
    let mut is_clean = true;
    for over in [Over::Reqwest, Over::Hyper] {
        if options.transport.is_none_or(|only| only == over) {
            let summary = soak(plan, over).await?;
            println!("{over:?}\n{summary}\n");
            is_clean &= summary.is_clean();
        }
    }
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn soak(plan: Plan, over: Over) -> Result<Summary, Box<dyn Error + Send + Sync>> {
    let progress = Progress::default();
    let line = tokio::spawn(show(Arc::clone(&progress), plan.calls, over));
    let summary = match over {
        Over::Reqwest => run(plan, ReqwestTransport::new, progress).await,
        Over::Hyper => run(plan, HyperTransport::new, progress).await,
    };
    line.abort();
    eprintln!();
    summary
}

/// Overwrites one line of stderr.
async fn show(progress: Progress, calls: u64, over: Over) {
    loop {
        let done = progress.load(Ordering::Relaxed);
        let percent = done * 100 / calls.max(1);
        eprint!("\r{over:?}: {done} of {calls} calls, {percent} %");
        // A progress line that cannot be shown is no loss.
        let _ = std::io::stderr().flush();
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
