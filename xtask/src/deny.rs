//! `cargo xtask deny`

use crate::failure::{Done, Failure};
use crate::shell::Shell;

/// Built without optimisation: that takes half the time, and it runs for a second.
const INSTALL: [&str; 4] = ["install", "cargo-deny", "--locked", "--debug"];

/// Licences, banned crates and sources of all dependencies, as deny.toml says
#[derive(clap::Args)]
pub(crate) struct Deny {
    /// Install cargo-deny first, when it is missing
    #[arg(long)]
    pub(crate) install: bool,
}

impl Deny {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        if shell.output("cargo", ["deny", "--version"]).is_err() {
            if !self.install {
                return Ok(Done::Skipped(
                    "cargo-deny is not installed; run: cargo xtask deny --install".to_owned(),
                ));
            }
            shell.cargo(INSTALL)?;
        }
        let checks = ["check", "--hide-inclusion-graph", "bans", "licenses", "sources"];
        shell.cargo(["deny", "--workspace", "--all-features"].into_iter().chain(checks))?;
        Ok(Done::Passed)
    }
}
