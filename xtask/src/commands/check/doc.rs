//! `cargo xtask doc`

use crate::commands::Run;
use crate::infra::failure::{Done, Outcome};
use crate::infra::shell::Shell;

/// The documentation of every crate; warns of what has none, and of links that lead nowhere
#[derive(clap::Args)]
pub(crate) struct Doc {
    /// Open it in a browser
    #[arg(long)]
    open: bool,
    /// Warnings are errors, as in CI
    #[arg(long)]
    strict: bool,
}

impl Doc {
    /// As CI wants it.
    pub(crate) const STRICT: Self = Self { open: false, strict: true };
}

impl Run for Doc {
    fn run(&self, shell: &Shell) -> Outcome {
        let everything = ["doc", "--workspace", "--all-features", "--no-deps"];
        let open = self.open.then_some("--open");
        let mut command = shell.command("cargo", everything.into_iter().chain(open));
        let strict = if self.strict { " -D warnings" } else { "" };
        command.env("RUSTDOCFLAGS", format!("-W rustdoc::unescaped_backticks{strict}"));
        shell.run(command)?;
        Ok(Done::Passed)
    }
}
