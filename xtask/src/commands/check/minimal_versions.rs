//! `cargo xtask minimal-versions`

use std::fs;
use std::path::Path;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::{Install, nightly_missing};
use crate::infra::tree::Tree;

/// Compiles with the oldest dependencies that the manifests allow
///
/// A user may have locked them. Nightly cargo resolves the versions in a copy under
/// target/minimal-versions. The stable compiler checks the copy.
#[derive(clap::Args, Default)]
pub(crate) struct MinimalVersions {
    #[command(flatten)]
    install: Install,
}

const FOLDER: &str = "target/minimal-versions";

impl Run for MinimalVersions {
    fn run(&self, shell: &Shell) -> CommandResult {
        if let Some(skipped) = nightly_missing(shell, self.install)? {
            return Ok(skipped);
        }
        let copy = shell.root().join(FOLDER).join("copy");
        copy_tree(shell, &copy)?;
        let manifest = copy.join("Cargo.toml").to_string_lossy().into_owned();
        let resolve = ["+nightly", "update", "--quiet", "-Z", "direct-minimal-versions"];
        shell.cargo(resolve.into_iter().chain(["--manifest-path", &manifest]))?;
        let check = ["check", "--workspace", "--lib", "--bins", "--all-features", "--locked"];
        let build = copy.with_file_name("build").to_string_lossy().into_owned();
        let places = ["--manifest-path", &manifest, "--target-dir", &build];
        shell.cargo(check.into_iter().chain(places))?;
        Ok(Status::Passed)
    }
}

/// Replaces an earlier copy, so that it has no deleted files.
fn copy_tree(shell: &Shell, copy: &Path) -> Result<(), Failure> {
    if copy.exists() {
        fs::remove_dir_all(copy)?;
    }
    for (path, _) in Tree::read(shell)?.iter() {
        let to = copy.join(path);
        fs::create_dir_all(to.parent().unwrap_or(copy))?;
        // Not the text, in which bytes that are not UTF-8 are replaced.
        fs::copy(shell.root().join(path), to)?;
    }
    Ok(())
}
