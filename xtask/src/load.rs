//! `cargo xtask load`

use crate::failure::{Done, Failure};
use crate::shell::Shell;

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

impl Load {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        shell.cargo(["build", "--release", "--package", "talon-cli", "--package", "talon-soak"])?;
        let mut command = shell.command("cargo", ["run", "--release", "--package", "talon-soak"]);
        command.args(["--bin", "talon-load", "--"]);
        command.args(["--connections", &self.connections.to_string()]);
        command.args(["--seconds", &self.seconds.to_string()]);
        if let Some(customers) = self.customers {
            command.args(["--customers", &customers.to_string()]);
        }
        shell.run(command)?;
        Ok(Done::Passed)
    }
}
