//! `talon-load`: puts load on the served fake and prints a report.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use talon_soak::load::{LoadPlan, ServerProcess, load};

/// Sends a mix of all operations on persistent connections, as fast as the server replies. Fails
/// when a reply has an unexpected status or the server grows without storing more.
#[derive(Debug, Parser)]
struct Options {
    /// Connections, each with one request at a time
    #[arg(long, default_value_t = LoadPlan::default().connections)]
    connections: u32,
    /// Duration in seconds
    #[arg(long, default_value_t = LoadPlan::default().time.as_secs())]
    seconds: u64,
    /// Customers that each connection creates before it repeats requests for the last one;
    /// unlimited when absent
    #[arg(long)]
    customers: Option<u64>,
    /// Address of a running server with the demo world; a server is started when absent
    #[arg(long, conflicts_with = "program")]
    address: Option<SocketAddr>,
    /// Program to start; `talon` in the folder of this program when absent
    #[arg(long)]
    program: Option<PathBuf>,
}

// One thread is enough, and leaves the other processors to the server.
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
        let program = options.program.unwrap_or(beside);
        let server = ServerProcess::start(&program, &["serve", "--port", "0", "--quiet"])?;
        load(plan, server.address(), || server.usage()).await?
    };
    println!("{report}");
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
