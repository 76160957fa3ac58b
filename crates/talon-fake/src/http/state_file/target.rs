//! Resolution of links.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::folder_of;

/// Maximum number of links to follow, as in Linux.
const MAX_LINKS: usize = 40;

/// The canonical path of the file that a path leads to. The file need not exist.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let target = follow(path)?;
    let name = target.file_name().ok_or_else(|| invalid("it names no file"))?;
    let folder = fs::canonicalize(folder_of(&target)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            let folder = folder_of(&target).display();
            io::Error::new(error.kind(), format!("there is no folder {folder}: make it first"))
        }
        _ => error,
    })?;
    Ok(folder.join(name))
}

fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_symlink() => {
                target = folder_of(&target).join(fs::read_link(&target)?);
            }
            Ok(found) if found.is_file() => return Ok(target),
            Ok(found) if found.is_dir() => return Err(invalid("it is a folder, not a file")),
            // Reading from a device and replacing it would do harm.
            Ok(_) => return Err(invalid("it is a device or a pipe, not a file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(target),
            Err(error) => return Err(error),
        }
    }
    Err(invalid("it is a link that leads to no file, but round and round"))
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}
