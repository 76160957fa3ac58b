//! `talon-soak`: runs a soak over each transport, with a progress line and a summary.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use talon_hyper::HyperTransport;
use talon_reqwest::ReqwestTransport;
use talon_soak::{Progress, SoakPlan, Summary, run};

/// Makes many calls over unreliable connections, and compares the results with the state of the
/// service. Fails when a change was lost or applied twice.
#[derive(Debug, Parser)]
struct Options {
    /// Calls over each transport
    #[arg(long, default_value_t = SoakPlan::default().calls)]
    calls: u64,
    /// Percentage of requests that get a fault
    #[arg(long, default_value_t = SoakPlan::default().faults_percent)]
    faults: u32,
    /// Calls that run at once
    #[arg(long, default_value_t = SoakPlan::default().workers)]
    workers: u64,
    /// Seed that selects the faults
    #[arg(long, default_value_t = SoakPlan::default().seed)]
    seed: u64,
    /// Only this transport
    #[arg(long)]
    transport: Option<TransportName>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TransportName {
    Reqwest,
    Hyper,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let options = Options::parse();
    let plan = SoakPlan {
        calls: options.calls,
        faults_percent: options.faults,
        workers: options.workers,
        seed: options.seed,
    };
    let mut is_clean = true;
    for name in [TransportName::Reqwest, TransportName::Hyper] {
        if options.transport.is_none_or(|only| only == name) {
            let summary = soak(plan, name).await?;
            println!("{name:?}\n{summary}\n");
            is_clean &= summary.is_clean();
        }
    }
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn soak(
    plan: SoakPlan,
    name: TransportName,
) -> Result<Summary, Box<dyn Error + Send + Sync>> {
    let progress = Progress::default();
    let line = tokio::spawn(show_progress(Arc::clone(&progress), plan.calls, name));
    let summary = match name {
        TransportName::Reqwest => run(plan, ReqwestTransport::new, progress).await,
        TransportName::Hyper => run(plan, HyperTransport::new, progress).await,
    };
    line.abort();
    eprintln!();
    summary
}

/// Overwrites one line of stderr.
async fn show_progress(progress: Progress, calls: u64, name: TransportName) {
    loop {
        let done = progress.load(Ordering::Relaxed);
        let percent = done * 100 / calls.max(1);
        eprint!("\r{name:?}: {done} of {calls} calls, {percent} %");
        // Progress is only informative.
        let _ = std::io::stderr().flush();
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
