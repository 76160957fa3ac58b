//! Worlds in a file, between one run of a server and the next.

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
/// A save writes a file beside it (`FILE.new`) and puts that in its place when all of it is on the
/// disk: whatever happens, the file holds one whole state, the last or the one before. While it is
/// open nobody else can open it: the lock is a file beside it (`FILE.lock`), which stays there and
/// is free when the process ends, however it ends.
///
/// A symbolic link stays one, and what it leads to is the file. The file keeps its mode, and its
/// owner as far as the system lets it; a new one may be read by its owner alone, since there are
/// keys in it. It cannot be a mount of a single file: that cannot be replaced as a whole, and a
/// process that is killed while it writes in place leaves half a state. Mount its folder.
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
    /// As it was given, for messages.
    path: PathBuf,
    /// Where links lead.
    target: PathBuf,
    /// Held by one save at a time: all of them write the same file beside it.
    writing: Mutex<()>,
    /// Changes of the worlds as they were last saved; 0 before.
    saved: AtomicU64,
    /// Locked until it is dropped.
    _lock: File,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with a list of worlds")]
struct Content {
    worlds: Vec<Snapshot>,
}

impl StateFile {
    /// Opens the file at `path`, and locks it; there need not be one yet, but its folder.
    ///
    /// # Errors
    /// When another process has it open ([`WouldBlock`](io::ErrorKind::WouldBlock)), there is no
    /// such folder, or what is there is no file.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let opened = target::find(&path).and_then(|target| Ok((lock::take(&target)?, target)));
        let (lock, target) = opened.map_err(|error| named(&path, &error))?;
        let (writing, saved) = Default::default();
        Ok(Self { path, target, writing, saved, _lock: lock })
    }

    /// The path, as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The worlds it holds; `None` when there is no file.
    ///
    /// # Errors
    /// When it cannot be read, or holds something else: then it is left as it is.
    pub fn load(&self) -> io::Result<Option<Worlds>> {
        let json = match fs::read(&self.target) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(named(&self.path, &error)),
        };
        read(&json).map(Some).map_err(|error| named(&self.path, &error))
    }

    /// Saves the worlds.
    ///
    /// # Errors
    /// When the disk refuses, or a world has a rule with a closure; then the file is as it was.
    pub fn save(&self, worlds: &Worlds) -> io::Result<()> {
        let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.write(worlds)
    }

    /// Saves the worlds if they changed since the last save, and says whether it did.
    ///
    /// # Errors
    /// As [`save`](Self::save).
    pub fn save_if_changed(&self, worlds: &Worlds) -> io::Result<bool> {
        let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = self.saved.load(Ordering::Acquire) != worlds.changes();
        if changed {
            self.write(worlds)?;
        }
        Ok(changed)
    }

    /// Whether the worlds were saved when they had come this far, or later.
    pub(crate) fn has_saved(&self, changes: u64) -> bool {
        self.saved.load(Ordering::Acquire) >= changes
    }

    fn write(&self, worlds: &Worlds) -> io::Result<()> {
        // Read before the state is, so that a change in between is saved once more, not never.
        let changes = worlds.changes();
        let snapshots = worlds.all().iter().map(crate::Fake::snapshot).collect();
        let content = Content { worlds: snapshots };
        replace::replace(&self.target, |file| {
            serde_json::to_writer_pretty(&mut *file, &content)?;
            io::Write::write_all(file, b"\n")
        })
        .map_err(|error| named(&self.path, &error))?;
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
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let content: Content = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| invalid(error.to_string()))?;
    deserializer.end().map_err(|error| invalid(error.to_string()))?;
    Worlds::from_snapshots(&content.worlds).map_err(|error| invalid(error.to_string()))
}

/// The error with the file's name.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The path of a file beside another.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(suffix);
    beside.into()
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
