//! `cargo xtask soak`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;

/// Many calls under faults; no call may hang or be applied twice
///
/// `cargo test` runs a short version.
#[derive(clap::Args)]
pub(crate) struct Soak {
    /// Number of calls over each transport
    #[arg(long, default_value_t = 100_000)]
    calls: u64,
}

impl Run for Soak {
    fn run(&self, shell: &Shell) -> CommandResult {
        let calls = self.calls.to_string();
        let run = ["run", "--release", "--package", "talon-soak", "--", "--calls", &calls];
        shell.cargo(run)?;
        Ok(Status::Passed)
    }
}
