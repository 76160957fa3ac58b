//! `cargo xtask deny`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::{self, Install};

/// Licences, banned crates and sources of all dependencies, as deny.toml says
#[derive(clap::Args)]
pub(crate) struct Deny {
    #[command(flatten)]
    pub(crate) install: Install,
}

impl Run for Deny {
    fn run(&self, shell: &Shell) -> CommandResult {
        if let Some(skipped) = tool::DENY.missing(shell, self.install)? {
            return Ok(skipped);
        }
        // An entry of deny.toml without a match is an error as well.
        let checks = ["check", "--hide-inclusion-graph", "-D", "warnings"];
        let checks = checks.into_iter().chain(["bans", "licenses", "sources"]);
        shell.cargo(["deny", "--workspace", "--locked"].into_iter().chain(checks))?;
        Ok(Status::Passed)
    }
}
