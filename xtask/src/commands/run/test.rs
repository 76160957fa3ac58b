//! `cargo xtask test`

use crate::commands::Run;
use crate::infra::failure::{Done, Outcome};
use crate::infra::shell::Shell;

/// Every test: `cargo test --workspace`
#[derive(clap::Args, Default)]
pub(crate) struct Test {}

impl Run for Test {
    fn run(&self, shell: &Shell) -> Outcome {
        shell.cargo(["test", "--workspace"])?;
        Ok(Done::Passed)
    }
}
