//! `cargo xtask doc`

use crate::failure::{Done, Failure};
use crate::shell::Shell;

/// The documentation of every crate, warnings being errors
#[derive(clap::Args, Default)]
pub(crate) struct Doc {
    /// Open it in a browser
    #[arg(long)]
    open: bool,
}

impl Doc {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        let everything = ["doc", "--workspace", "--all-features", "--no-deps"];
        let open = self.open.then_some("--open");
        let mut command = shell.command("cargo", everything.into_iter().chain(open));
        command.env("RUSTDOCFLAGS", "-D warnings");
        shell.run(command)?;
        Ok(Done::Passed)
    }
}
