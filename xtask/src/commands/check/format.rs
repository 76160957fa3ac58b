//! `cargo xtask fmt`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;

/// rustfmt for all crates
#[derive(clap::Args, Default)]
pub(crate) struct Format {
    /// Report differences and change nothing
    #[arg(long)]
    check: bool,
}

impl Format {
    /// Changes nothing.
    pub(crate) const CHECK: Self = Self { check: true };
}

impl Run for Format {
    fn run(&self, shell: &Shell) -> CommandResult {
        let check = self.check.then_some("--check");
        shell.cargo(["fmt", "--all"].into_iter().chain(check))?;
        Ok(Status::Passed)
    }
}
