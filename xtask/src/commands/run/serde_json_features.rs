//! `cargo xtask serde-json-features`

use crate::commands::Run;
use crate::infra::failure::{Done, Outcome};
use crate::infra::lock;
use crate::infra::shell::Shell;

/// The codec with the features of serde_json that another crate may turn on
///
/// Features of a dependency are shared by all who use it. The crate is a workspace of its own: in
/// ours, everything would be tested with those features, and nothing without.
#[derive(clap::Args, Default)]
pub(crate) struct SerdeJsonFeatures {}

const MANIFEST: &str = "crates/testing/talon-serde-json-features/Cargo.toml";

/// Where the workspace keeps what it builds, so that it is not in the way of ours.
const TARGET: &str = "target/serde-json-features";

impl Run for SerdeJsonFeatures {
    fn run(&self, shell: &Shell) -> Outcome {
        lock::check(shell, MANIFEST)?;
        let places = ["--locked", "--manifest-path", MANIFEST, "--target-dir", TARGET];
        shell.cargo(["test"].into_iter().chain(places))?;
        let clippy = ["clippy", "--all-targets"].into_iter().chain(places);
        shell.cargo(clippy.chain(["--", "-D", "warnings"]))?;
        Ok(Done::Passed)
    }
}
