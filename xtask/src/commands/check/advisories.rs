//! `cargo xtask advisories`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::{self, Install};

/// Known vulnerabilities of dependencies, and yanked versions
///
/// Needs RustSec's database, which is fetched first. Skipped if the database cannot be fetched.
#[derive(clap::Args)]
pub(crate) struct Advisories {
    #[command(flatten)]
    pub(crate) install: Install,
}

impl Run for Advisories {
    fn run(&self, shell: &Shell) -> CommandResult {
        if let Some(skipped) = tool::DENY.missing(shell, self.install)? {
            return Ok(skipped);
        }
        let deny = ["deny", "--workspace", "--locked"];
        if let Err(failure) = shell.output("cargo", deny.into_iter().chain(["fetch", "db"])) {
            eprintln!("{failure}");
            let reason = "NO ADVISORY WAS CHECKED: the database cannot be fetched";
            return Ok(Status::Skipped(reason.to_owned()));
        }
        let check = ["check", "--disable-fetch", "--hide-inclusion-graph", "advisories"];
        shell.cargo(deny.into_iter().chain(check))?;
        Ok(Status::Passed)
    }
}
