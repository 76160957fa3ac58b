//! `cargo xtask fmt`

use crate::commands::Run;
use crate::infra::failure::{Done, Outcome};
use crate::infra::shell::Shell;

/// rustfmt over everything
#[derive(clap::Args, Default)]
pub(crate) struct Format {
    /// Say what would change instead of changing it
    #[arg(long)]
    check: bool,
}

impl Format {
    /// Changes nothing.
    pub(crate) const CHECK: Self = Self { check: true };
}

impl Run for Format {
    fn run(&self, shell: &Shell) -> Outcome {
        let check = self.check.then_some("--check");
        shell.cargo(["fmt", "--all"].into_iter().chain(check))?;
        Ok(Done::Passed)
    }
}
