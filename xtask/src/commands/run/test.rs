//! `cargo xtask test`

use crate::infra::failure::{Done, Failure};
use crate::infra::shell::Shell;

/// Every test: `cargo test --workspace`
#[derive(clap::Args, Default)]
pub(crate) struct Test {}

impl Test {
    #[expect(clippy::unused_self, reason = "every command is run the same way")]
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        shell.cargo(["test", "--workspace"])?;
        Ok(Done::Passed)
    }
}
