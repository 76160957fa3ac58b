//! `cargo xtask load`

use std::path::PathBuf;

use crate::commands::Run;
use crate::infra::failure::{Done, Failure, Outcome};
use crate::infra::shell::Shell;

/// The served fake under very many requests; every reply must be right
///
/// `talon serve` in a process of its own, a mix of all operations on kept connections, and a table
/// of what came of it: requests a second, how long they took, memory and time of the server. Close
/// other programs first.
#[derive(clap::Args)]
pub(crate) struct Load {
    /// Connections, each with one request under way
    #[arg(long, default_value_t = 200)]
    connections: u32,
    /// How long
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Customers that each connection brings to life before it goes on with the last: then nothing
    /// more is stored, and the server must not grow. Without it, new ones all the time
    #[arg(long)]
    customers: Option<u64>,
}

impl Run for Load {
    fn run(&self, shell: &Shell) -> Outcome {
        // Together: by themselves they would be built with other features of what they share.
        shell.cargo(["build", "--release", "--package", "talon-cli", "--package", "talon-soak"])?;
        let program = target_directory(shell)?.join("release/talon-load");
        let mut command = shell.command(&program.to_string_lossy(), []);
        command.args(["--connections", &self.connections.to_string()]);
        command.args(["--seconds", &self.seconds.to_string()]);
        if let Some(customers) = self.customers {
            command.args(["--customers", &customers.to_string()]);
        }
        shell.run(command)?;
        Ok(Done::Passed)
    }
}

/// Where cargo puts what it builds.
fn target_directory(shell: &Shell) -> Result<PathBuf, Failure> {
    let json = shell.output("cargo", ["metadata", "--format-version", "1", "--no-deps"])?;
    let metadata: serde_json::Value = serde_json::from_slice(&json)?;
    let directory = metadata["target_directory"].as_str();
    directory.map(PathBuf::from).ok_or_else(|| Failure::new("cargo names no target directory"))
}
