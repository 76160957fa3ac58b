//! Lock files of the workspaces beside ours.

use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// Fails unless the lock file beside `manifest` fits it, and says how to bring it up to date.
pub(crate) fn check(shell: &Shell, manifest: &str) -> Result<(), Failure> {
    let metadata = ["metadata", "--locked", "--format-version", "1", "--manifest-path", manifest];
    shell.output("cargo", metadata).map(drop).map_err(|failure| {
        let update = format!("cargo update --workspace --manifest-path {manifest}");
        Failure::new(format!("the lock of {manifest} may be out of date; run: {update}\n{failure}"))
    })
}
