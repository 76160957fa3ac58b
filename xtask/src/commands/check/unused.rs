//! `cargo xtask unused`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::{self, Install};

/// Dependencies that the code of a crate does not name
///
/// Exceptions are in the crate's manifest, under `package.metadata.cargo-machete`.
#[derive(clap::Args)]
pub(crate) struct Unused {
    #[command(flatten)]
    pub(crate) install: Install,
}

impl Run for Unused {
    fn run(&self, shell: &Shell) -> CommandResult {
        if let Some(skipped) = tool::MACHETE.missing(shell, self.install)? {
            return Ok(skipped);
        }
        // With the metadata, cargo-machete finds that md-5 is named md5 in code.
        shell.cargo(["machete", "--with-metadata", "--skip-target-dir"])?;
        Ok(Status::Passed)
    }
}
