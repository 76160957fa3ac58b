//! `cargo xtask serde-json-features`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::lock;
use crate::infra::shell::Shell;

/// The codec with features of serde_json that another crate may enable
///
/// All crates of a build share the features of a dependency. The tests are therefore in a separate
/// workspace: in this one, everything would be tested with those features, and nothing without.
#[derive(clap::Args, Default)]
pub(crate) struct SerdeJsonFeatures {}

const MANIFEST: &str = "crates/testing/talon-serde-json-features/Cargo.toml";

/// Target directory of that workspace.
const TARGET: &str = "target/serde-json-features";

impl Run for SerdeJsonFeatures {
    fn run(&self, shell: &Shell) -> CommandResult {
        lock::check(shell, MANIFEST)?;
        let places = ["--locked", "--manifest-path", MANIFEST, "--target-dir", TARGET];
        shell.cargo(["test"].into_iter().chain(places))?;
        let clippy = ["clippy", "--all-targets"].into_iter().chain(places);
        shell.cargo(clippy.chain(["--", "-D", "warnings"]))?;
        Ok(Status::Passed)
    }
}
