//! One process for each state file.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use fs4::{FileExt, TryLockError};

use super::{beside, named};

/// Locks the file at `target`, by a file beside it: the file itself is another one after each save.
pub(super) fn take(target: &Path) -> io::Result<File> {
    let path = beside(target, ".lock");
    let file = open(&path).map_err(|error| named(&path, &error))?;
    // The standard library's own is newer than our rust-version.
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
        Err(TryLockError::Error(error)) => Err(named(&path, &error)),
    }
}

/// Makes it, or takes that of an earlier run. Nothing is written to it, and no file is made where a
/// link leads.
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
