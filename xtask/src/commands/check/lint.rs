//! `cargo xtask lint`

use crate::commands::Run;
use crate::commands::check::clippy::Clippy;
use crate::commands::check::format::Format;
use crate::commands::check::report::run_all;
use crate::commands::check::spelling::Spelling;
use crate::commands::check::step;
use crate::infra::failure::CommandResult;
use crate::infra::shell::Shell;
use crate::infra::tool::Install;

/// Static checks: fmt, spelling, unused, deny, clippy, doc
///
/// Warnings are errors, as in CI. Each check is also a command.
#[derive(clap::Args)]
pub(crate) struct Lint {
    /// Format, correct the spelling, and apply the suggestions of clippy
    #[arg(long, conflicts_with = "json")]
    fix: bool,
    #[command(flatten)]
    install: Install,
    /// Print the table as JSON; all other output goes to standard error
    #[arg(long)]
    json: bool,
}

impl Run for Lint {
    fn run(&self, shell: &Shell) -> CommandResult {
        if !self.fix {
            return run_all(shell, &step::lints(), self.install, self.json);
        }
        Clippy::FIX.run(shell)?;
        Format::default().run(shell)?;
        Spelling::fix(self.install).run(shell)
    }

    fn owns_stdout(&self) -> bool {
        self.json
    }
}
