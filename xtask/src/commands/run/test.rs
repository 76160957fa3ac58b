//! `cargo xtask test`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;

/// Every test: `cargo test --workspace`
#[derive(clap::Args, Default)]
pub(crate) struct Test {}

impl Run for Test {
    fn run(&self, shell: &Shell) -> CommandResult {
        shell.cargo(["test", "--workspace"])?;
        Ok(Status::Passed)
    }
}
