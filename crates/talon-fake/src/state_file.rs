//! Worlds in a file, between one run of a server and the next.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::{Snapshot, Worlds};

/// A file that keeps [`Worlds`] from one run of a server to the next.
///
/// A save writes a file beside it, and puts that in its place only when all of it is on the disk:
/// whatever happens, the file holds one whole state, the last or the one before.
///
/// ```
/// use talon_fake::{Fake, StateFile, World, Worlds};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let path = std::env::temp_dir().join(format!("talon-fake-doc-{}.json", std::process::id()));
/// let file = StateFile::new(&path);
/// let worlds = match file.load()? {
///     Some(worlds) => worlds,
///     None => Worlds::new(Fake::new(World::demo())?),
/// };
/// file.save(&worlds)?;
/// assert!(file.load()?.is_some());
/// # std::fs::remove_file(path)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct StateFile {
    path: PathBuf,
    /// Changes of the worlds as they were last saved.
    saved: Mutex<Option<u64>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    worlds: Vec<Snapshot>,
}

impl StateFile {
    /// The file at `path`; there need not be one yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), saved: Mutex::default() }
    }

    /// The worlds it holds; `None` when there is no file.
    ///
    /// # Errors
    /// When it cannot be read, or holds something else: then it is left as it is.
    pub fn load(&self) -> io::Result<Option<Worlds>> {
        let json = match fs::read(&self.path) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut deserializer = serde_json::Deserializer::from_slice(&json);
        let content: Content = serde_path_to_error::deserialize(&mut deserializer)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        deserializer.end()?;
        let worlds = Worlds::from_snapshots(&content.worlds);
        worlds.map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// Saves the worlds.
    ///
    /// # Errors
    /// When the disk refuses, or a world has a rule with a closure; then the file is as it was.
    pub fn save(&self, worlds: &Worlds) -> io::Result<()> {
        // One save at a time: all of them write the same file beside it.
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        self.write(worlds, &mut saved)
    }

    /// Saves the worlds if they changed since the last save, and says whether it did.
    ///
    /// # Errors
    /// As [`save`](Self::save).
    pub fn save_if_changed(&self, worlds: &Worlds) -> io::Result<bool> {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = *saved != Some(worlds.changes());
        if changed {
            self.write(worlds, &mut saved)?;
        }
        Ok(changed)
    }

    fn write(&self, worlds: &Worlds, saved: &mut Option<u64>) -> io::Result<()> {
        // Read before the state is, so that a change in between is saved once more, not never.
        let changes = worlds.changes();
        let snapshots = worlds.all().iter().map(crate::Fake::snapshot).collect();
        let mut json = serde_json::to_vec_pretty(&Content { worlds: snapshots })?;
        json.push(b'\n');
        replace(&self.path, &json)?;
        *saved = Some(changes);
        Ok(())
    }
}

/// Puts a whole file in the place of another.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut file = File::create(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    sync_folder(path)
}

/// Makes the new name last; other systems than Unix do it with the rename.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
