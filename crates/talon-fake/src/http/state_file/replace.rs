//! Atomic replacement of a file.
//!
//! Libraries for atomic writes replace a link, do not sync the folder, or leave a file with another
//! name behind each kill.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind};
use std::path::Path;

use super::{folder_of, sibling, with_path};

/// Size of the buffer for writing.
const BUFFER: usize = 256 << 10;

/// Writes a new file, syncs it to the disk and renames it to `path`. Must not run concurrently.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let new = sibling(path, ".new");
    let file = create(&new).map_err(|error| with_path(&new, &error))?;
    let written = fill(file, path, write).and_then(|()| rename(&new, path));
    if written.is_err() {
        // Frees space on a full disk. If this fails as well, the next save does it.
        let _ = fs::remove_file(&new);
    }
    written
}

/// Creates a file that its owner alone may read. An existing one is of a save that was killed, or a
/// link: it is removed, and not opened.
fn create(new: &Path) -> io::Result<File> {
    match fs::remove_file(new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(new)
}

fn fill(
    file: File,
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    keep_owner_and_mode(path, &file)?;
    let mut writer = BufWriter::with_capacity(BUFFER, file);
    write(&mut writer)?;
    writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

fn rename(new: &Path, path: &Path) -> io::Result<()> {
    fs::rename(new, path).map_err(|error| match error.kind() {
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => {
            let reason = "it is a mount of a single file, which cannot be replaced as a whole: \
                          mount its folder instead";
            io::Error::new(error.kind(), reason)
        }
        _ => error,
    })?;
    sync_folder(path)
}

/// Sets owner, group and mode to those of the file that is replaced, if there is one.
#[cfg(unix)]
fn keep_owner_and_mode(of: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};

    let old = match fs::metadata(of) {
        Ok(old) => old,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    // Only the superuser may change the owner, and others may set only their own groups. Permissions
    // of the old group are not for another one.
    let has_group = fchown(file, None, Some(old.gid())).is_ok();
    let _ = fchown(file, Some(old.uid()), None);
    let mode = if has_group { old.mode() } else { old.mode() & !0o070 };
    file.set_permissions(fs::Permissions::from_mode(mode & 0o7777))
}

#[cfg(not(unix))]
fn keep_owner_and_mode(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Syncs the new name to the disk. On other systems than Unix the rename does it.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
