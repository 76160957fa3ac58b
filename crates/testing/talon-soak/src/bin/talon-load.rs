//! `talon-load`: load on the served fake, and what came of it.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use talon_soak::load::{LoadPlan, Process, load};

/// Sends a mix of all operations on kept connections, as fast as the server answers, and fails when
/// a reply is not what it should be or the server grows without storing more.
#[derive(Debug, Parser)]
struct Options {
    /// Connections, each with one request under way.
    #[arg(long, default_value_t = LoadPlan::default().connections)]
    connections: u32,
    /// How long.
    #[arg(long, default_value_t = LoadPlan::default().time.as_secs())]
    seconds: u64,
    /// Customers that each connection brings to life before it goes on with the last; without it,
    /// new ones all the time.
    #[arg(long)]
    customers: Option<u64>,
    /// Server of the demo world that runs already; one is started when absent.
    #[arg(long, conflicts_with = "program")]
    address: Option<SocketAddr>,
    /// Program to start; `talon` beside this one when absent.
    #[arg(long)]
    program: Option<PathBuf>,
}

// One thread: what it has to do is little, and the server needs the other.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let options = Options::parse();
    let plan = LoadPlan {
        connections: options.connections,
        time: Duration::from_secs(options.seconds),
        customers: options.customers,
    };
    let report = if let Some(address) = options.address {
        load(plan, address, || None).await?
    } else {
        let beside = std::env::current_exe()?.with_file_name("talon");
        let server = Process::start(&options.program.unwrap_or(beside))?;
        load(plan, server.address(), || server.usage()).await?
    };
    println!("{report}");
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
