//! `cargo xtask lint`

use crate::failure::{Done, Failure};
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
            shell.cargo(["fmt", "--all"])?;
        } else {
            shell.cargo(["fmt", "--all", "--check"])?;
            shell.cargo(everything.into_iter().chain(["--", "-D", "warnings"]))?;
        }
        Ok(Done::Passed)
    }
}
