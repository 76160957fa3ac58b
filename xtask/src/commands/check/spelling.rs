//! `cargo xtask spelling`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::{self, Install};

/// Spelling, also of identifiers; typos.toml lists the exceptions
#[derive(clap::Args)]
pub(crate) struct Spelling {
    /// Correct words that have a single correction
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    install: Install,
}

impl Spelling {
    /// Changes nothing.
    pub(crate) const fn check(install: Install) -> Self {
        Self { fix: false, install }
    }

    pub(crate) const fn fix(install: Install) -> Self {
        Self { fix: true, install }
    }
}

impl Run for Spelling {
    fn run(&self, shell: &Shell) -> CommandResult {
        if let Some(skipped) = tool::TYPOS.missing(shell, self.install)? {
            return Ok(skipped);
        }
        let fix = self.fix.then_some("--write-changes");
        shell.run(shell.command("typos", fix))?;
        Ok(Status::Passed)
    }
}
