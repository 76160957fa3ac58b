//! `cargo xtask bench`

use crate::failure::{Done, Failure};
use crate::shell::Shell;

/// The benchmarks, optimised; compared with the run before
///
/// Rows are named `file/operation or size`. Close other programs first; what differs by less than
/// a tenth is noise.
#[derive(clap::Args)]
pub(crate) struct Bench {
    /// Only rows whose name contains this
    #[arg(long)]
    filter: Option<String>,
}

impl Bench {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        let benches = ["bench", "--package", "talon-benches", "--benches", "--"];
        shell.cargo(benches.into_iter().chain(self.filter.as_deref()))?;
        Ok(Done::Passed)
    }
}
