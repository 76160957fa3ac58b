//! Lock files of the other workspaces in this repository.

use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// Fails unless the lock file next to `manifest` is up to date. The failure says how to update it.
pub(crate) fn check(shell: &Shell, manifest: &str) -> Result<(), Failure> {
    let metadata = ["metadata", "--locked", "--format-version", "1", "--manifest-path", manifest];
    shell.output("cargo", metadata).map(drop).map_err(|failure| {
        let update = format!("cargo update --workspace --manifest-path {manifest}");
        Failure::new(format!("the lock of {manifest} may be out of date; run: {update}\n{failure}"))
    })
}
