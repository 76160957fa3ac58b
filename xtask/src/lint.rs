//! `cargo xtask lint`

use crate::failure::{Done, Failure};
use crate::format::Format;
use crate::shell::Shell;

/// rustfmt and clippy over everything, warnings being errors
///
/// Warnings of rustdoc are errors in `doc`.
#[derive(clap::Args, Default)]
pub(crate) struct Lint {
    /// Format, and apply what clippy suggests, instead of complaining
    #[arg(long)]
    fix: bool,
}

impl Lint {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        let everything = ["clippy", "--workspace", "--all-targets", "--all-features"];
        if self.fix {
            shell.cargo(everything.into_iter().chain([
                "--fix",
                "--allow-dirty",
                "--allow-staged",
            ]))?;
            Format::default().run(shell)?;
        } else {
            Format::CHECK.run(shell)?;
            shell.cargo(everything.into_iter().chain(["--", "-D", "warnings"]))?;
        }
        Ok(Done::Passed)
    }
}
