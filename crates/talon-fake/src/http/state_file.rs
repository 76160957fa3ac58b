//! Worlds in a file, kept between runs of a server.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::Worlds;
use crate::Snapshot;

mod lock;
mod replace;
mod target;

/// A file that keeps [`Worlds`] from one run of a server to the next.
///
/// A save is atomic: it writes `FILE.new`, syncs it to the disk and renames it to the file, which
/// always holds one whole state, the last one or the one before. A process that has the file open
/// locks it, by the file `FILE.lock`, which is not removed; the lock ends with the process.
///
/// A symbolic link is kept, and the file that it leads to is replaced. The file keeps its mode, and
/// its owner if the system permits. A new file can be read by its owner alone, since it contains API
/// keys. A mount of a single file is refused: it cannot be replaced as a whole, and a process that is
/// killed while it writes in place leaves half a state. Mount its folder.
///
/// Every error names the file.
///
/// ```
/// use talon_fake::{Fake, StateFile, World, Worlds};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let path = std::env::temp_dir().join(format!("talon-fake-doc-{}.json", std::process::id()));
/// let file = StateFile::open(&path)?;
/// let worlds = match file.load()? {
///     Some(worlds) => worlds,
///     None => Worlds::new(Fake::new(World::demo())?),
/// };
/// file.save(&worlds)?;
/// assert!(file.load()?.is_some());
/// # drop(file);
/// # std::fs::remove_file(path.with_extension("json.lock"))?;
/// # std::fs::remove_file(path)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct StateFile {
    /// The path of [`open`](Self::open), for messages.
    path: PathBuf,
    /// The path with links resolved.
    target: PathBuf,
    /// Held by a save: all saves write the same temporary file.
    writing: Mutex<()>,
    /// [`Worlds::changes`] of the last save; 0 before the first.
    saved: AtomicU64,
    /// The lock, until it is dropped.
    _lock: File,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with a list of worlds")]
struct Content {
    worlds: Vec<Snapshot>,
}

impl StateFile {
    /// Opens and locks the file at `path`. The file need not exist, but its folder must.
    ///
    /// # Errors
    /// When another process has it open ([`WouldBlock`](io::ErrorKind::WouldBlock)), its folder does
    /// not exist, or the path is no regular file.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let opened =
            target::resolve(&path).and_then(|target| Ok((lock::acquire(&target)?, target)));
        let (lock, target) = opened.map_err(|error| with_path(&path, &error))?;
        let (writing, saved) = Default::default();
        Ok(Self { path, target, writing, saved, _lock: lock })
    }

    /// The path of [`open`](Self::open).
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The worlds in the file; `None` if there is no file.
    ///
    /// # Errors
    /// When it cannot be read or contains something else. The file is not changed then.
    pub fn load(&self) -> io::Result<Option<Worlds>> {
        let json = match fs::read(&self.target) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(with_path(&self.path, &error)),
        };
        read(&json).map(Some).map_err(|error| with_path(&self.path, &error))
    }

    /// Saves the worlds.
    ///
    /// # Errors
    /// When it cannot be written, or a world has a rule with a closure. The file is not changed then.
    pub fn save(&self, worlds: &Worlds) -> io::Result<()> {
        let _saving = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.write(worlds)
    }

    /// Saves the worlds if they changed since the last save, and returns whether it did.
    ///
    /// # Errors
    /// As [`save`](Self::save).
    pub fn save_if_changed(&self, worlds: &Worlds) -> io::Result<bool> {
        let _saving = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = self.saved.load(Ordering::Acquire) != worlds.changes();
        if changed {
            self.write(worlds)?;
        }
        Ok(changed)
    }

    /// Whether all changes up to `changes` are saved.
    pub(crate) fn has_saved(&self, changes: u64) -> bool {
        self.saved.load(Ordering::Acquire) >= changes
    }

    fn write(&self, worlds: &Worlds) -> io::Result<()> {
        // Read before the state, so that a change in between is saved by the next save.
        let changes = worlds.changes();
        let snapshots = worlds.all().iter().map(crate::Fake::snapshot).collect();
        let content = Content { worlds: snapshots };
        replace::replace(&self.target, |file| {
            serde_json::to_writer_pretty(&mut *file, &content)?;
            io::Write::write_all(file, b"\n")
        })
        .map_err(|error| with_path(&self.path, &error))?;
        self.saved.store(changes, Ordering::Release);
        Ok(())
    }
}

fn read(json: &[u8]) -> io::Result<Worlds> {
    if json.is_empty() {
        let reason = "it is empty, which no state is: remove it to begin anew";
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
    }
    let invalid = |reason: String| io::Error::new(io::ErrorKind::InvalidData, reason);
    let content: Content =
        talon_json::from_slice_compact(json).map_err(|error| match error.path() {
            "" => invalid(error.cause().to_string()),
            path => invalid(format!("{path}: {}", error.cause())),
        })?;
    Worlds::from_snapshots(&content.worlds).map_err(|error| invalid(error.to_string()))
}

/// The error with the name of the file.
fn with_path(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The path of a file next to another.
fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut sibling = path.as_os_str().to_owned();
    sibling.push(suffix);
    sibling.into()
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
