//! `cargo xtask load`

use std::path::PathBuf;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;

/// Load test of the served fake; every reply is checked
///
/// Starts `talon serve` and sends a mix of all operations over persistent connections. Prints
/// requests per second, latencies, and memory and processor time of the server. Close other programs
/// first.
#[derive(clap::Args)]
pub(crate) struct Load {
    /// Connections, each with one request at a time
    #[arg(long, default_value_t = 200)]
    connections: u32,
    /// Duration
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Customers that each connection creates before it only uses the last one: from then on the
    /// memory of the server must not grow. Without this option, it creates customers all the time
    #[arg(long)]
    customers: Option<u64>,
}

impl Run for Load {
    fn run(&self, shell: &Shell) -> CommandResult {
        // In one command: separately they would be built with other features of shared crates.
        shell.cargo(["build", "--release", "--package", "talon-cli", "--package", "talon-soak"])?;
        let program = target_directory(shell)?.join("release/talon-load");
        let mut command = shell.command(&program.to_string_lossy(), []);
        command.args(["--connections", &self.connections.to_string()]);
        command.args(["--seconds", &self.seconds.to_string()]);
        if let Some(customers) = self.customers {
            command.args(["--customers", &customers.to_string()]);
        }
        shell.run(command)?;
        Ok(Status::Passed)
    }
}

/// The target directory of cargo.
fn target_directory(shell: &Shell) -> Result<PathBuf, Failure> {
    let json = shell.output("cargo", ["metadata", "--format-version", "1", "--no-deps"])?;
    let metadata: serde_json::Value = serde_json::from_slice(&json)?;
    let directory = metadata["target_directory"].as_str();
    directory.map(PathBuf::from).ok_or_else(|| Failure::new("cargo names no target directory"))
}
