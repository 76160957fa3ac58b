//! `cargo xtask fmt`

use crate::commands::Run;
use crate::infra::failure::{Done, Outcome};
use crate::infra::shell::Shell;
use crate::infra::tree::Tree;

/// rustfmt over everything, also the files that a list of operations declares
///
/// `cargo fmt` follows `mod` lines, and those of the operations stand in a macro.
#[derive(clap::Args, Default)]
pub(crate) struct Format {
    /// Say what would change instead of changing it
    #[arg(long)]
    check: bool,
}

impl Format {
    /// Changes nothing.
    pub(crate) const CHECK: Self = Self { check: true };
}

impl Run for Format {
    fn run(&self, shell: &Shell) -> Outcome {
        let check = self.check.then_some("--check");
        shell.cargo(["fmt", "--all"].into_iter().chain(check))?;
        let tree = Tree::read(shell)?;
        let operations = tree.under("crates/talon-core/src/operations").map(|(path, _)| path);
        let options = ["--edition", "2024"].into_iter().chain(check);
        shell.run(shell.command("rustfmt", options.chain(operations)))?;
        Ok(Done::Passed)
    }
}
