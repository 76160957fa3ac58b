//! `cargo xtask doc`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;

/// Documentation of every crate; warns of missing documentation and broken links
#[derive(clap::Args)]
pub(crate) struct Doc {
    /// Open it in a browser
    #[arg(long)]
    open: bool,
    /// Treat warnings as errors, as CI does
    #[arg(long)]
    strict: bool,
}

impl Doc {
    /// As in CI.
    pub(crate) const STRICT: Self = Self { open: false, strict: true };
}

impl Run for Doc {
    fn run(&self, shell: &Shell) -> CommandResult {
        let everything = ["doc", "--workspace", "--all-features", "--no-deps"];
        let open = self.open.then_some("--open");
        let mut command = shell.command("cargo", everything.into_iter().chain(open));
        let strict = if self.strict { " -D warnings" } else { "" };
        command.env("RUSTDOCFLAGS", format!("-W rustdoc::unescaped_backticks{strict}"));
        shell.run(command)?;
        Ok(Status::Passed)
    }
}
