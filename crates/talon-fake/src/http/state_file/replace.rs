//! A whole file in the place of another.
//!
//! By hand, since no library does all of it: those for atomic writes replace a link, leave the
//! folder unwritten to the disk, and leave a file of another name behind each kill.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind};
use std::path::Path;

use super::{beside, folder_of, named};

/// How much is written at once.
const BUFFER: usize = 256 << 10;

/// Writes a file beside the one at `path`, and puts it in its place when it is on the disk. Only
/// one may do so at a time.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let new = beside(path, ".new");
    let file = create(&new).map_err(|error| named(&new, &error))?;
    let written = fill(file, path, write).and_then(|()| put_in_place(&new, path));
    if written.is_err() {
        // What it takes up of a full disk; if that fails too, the next save does it.
        let _ = fs::remove_file(&new);
    }
    written
}

/// A new file that its owner alone may read. What has its name is of a save that was killed, or a
/// link that somebody put there: neither is opened.
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

fn put_in_place(new: &Path, path: &Path) -> io::Result<()> {
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

/// Gives the file the owner, group and mode of that which it will replace, if there is one.
#[cfg(unix)]
fn keep_owner_and_mode(of: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};

    let old = match fs::metadata(of) {
        Ok(old) => old,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    // Only the superuser may give a file away, and others only to groups of theirs. What the old
    // group was allowed is not for the new one.
    let has_group = fchown(file, None, Some(old.gid())).is_ok();
    let _ = fchown(file, Some(old.uid()), None);
    let mode = if has_group { old.mode() } else { old.mode() & !0o070 };
    file.set_permissions(fs::Permissions::from_mode(mode & 0o7777))
}

#[cfg(not(unix))]
fn keep_owner_and_mode(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the new name last; other systems than Unix do it with the rename.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
