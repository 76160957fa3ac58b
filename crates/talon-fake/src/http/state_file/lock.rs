//! Lock of a state file, for one process at a time.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use fs4::{FileExt, TryLockError};

use super::{sibling, with_path};

/// Locks the file at `target` by a file next to it, since each save replaces the file itself.
pub(super) fn acquire(target: &Path) -> io::Result<File> {
    let path = sibling(target, ".lock");
    let file = open(&path).map_err(|error| with_path(&path, &error))?;
    // The lock of the standard library needs a newer Rust than our rust-version.
    match FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let reason = format!(
                "in use by another server, which holds the lock {}: stop that server, or have this \
                 one keep its state in another file",
                path.display()
            );
            Err(io::Error::new(io::ErrorKind::WouldBlock, reason))
        }
        Err(TryLockError::Error(error)) => Err(with_path(&path, &error)),
    }
}

/// Creates the file, or opens the one of an earlier run. Nothing is written to it, and no file is
/// created at the end of a link.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            OpenOptions::new().write(true).open(path)
        }
        opened => opened,
    }
}
