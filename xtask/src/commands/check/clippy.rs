//! `cargo xtask clippy`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;

/// clippy for all targets and features; warnings are errors
#[derive(clap::Args)]
pub(crate) struct Clippy {
    /// Apply its suggestions
    #[arg(long)]
    fix: bool,
}

impl Clippy {
    /// Changes nothing.
    pub(crate) const CHECK: Self = Self { fix: false };
    pub(crate) const FIX: Self = Self { fix: true };
}

impl Run for Clippy {
    fn run(&self, shell: &Shell) -> CommandResult {
        let everything = ["clippy", "--workspace", "--all-targets", "--all-features"];
        let rest: &[&str] = if self.fix {
            &["--fix", "--allow-dirty", "--allow-staged"]
        } else {
            &["--", "-D", "warnings"]
        };
        shell.cargo(everything.iter().chain(rest).copied())?;
        Ok(Status::Passed)
    }
}
