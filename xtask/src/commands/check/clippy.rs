//! `cargo xtask clippy`

use crate::commands::Run;
use crate::infra::failure::{Done, Outcome};
use crate::infra::shell::Shell;

/// clippy over everything, warnings being errors
#[derive(clap::Args)]
pub(crate) struct Clippy {
    /// Apply what it suggests instead of complaining
    #[arg(long)]
    fix: bool,
}

impl Clippy {
    /// Changes nothing.
    pub(crate) const CHECK: Self = Self { fix: false };
    pub(crate) const FIX: Self = Self { fix: true };
}

impl Run for Clippy {
    fn run(&self, shell: &Shell) -> Outcome {
        let everything = ["clippy", "--workspace", "--all-targets", "--all-features"];
        let rest: &[&str] = if self.fix {
            &["--fix", "--allow-dirty", "--allow-staged"]
        } else {
            &["--", "-D", "warnings"]
        };
        shell.cargo(everything.iter().chain(rest).copied())?;
        Ok(Done::Passed)
    }
}
