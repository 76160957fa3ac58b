//! `cargo xtask soak`

use crate::commands::Run;
use crate::infra::failure::{Done, Outcome};
use crate::infra::shell::Shell;

/// Very many calls under faults; nothing may hang or be applied twice
///
/// `cargo test` runs a bounded version.
#[derive(clap::Args)]
pub(crate) struct Soak {
    /// Calls over each transport
    #[arg(long, default_value_t = 100_000)]
    calls: u64,
}

impl Run for Soak {
    fn run(&self, shell: &Shell) -> Outcome {
        let calls = self.calls.to_string();
        let run = ["run", "--release", "--package", "talon-soak", "--", "--calls", &calls];
        shell.cargo(run)?;
        Ok(Done::Passed)
    }
}
