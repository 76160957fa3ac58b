//! Files of the repository: those that git tracks or would track.

use std::collections::BTreeMap;
use std::fs;

use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// Texts by path from the root, with `/` between names.
#[derive(Default)]
pub(crate) struct Tree(BTreeMap<String, String>);

impl Tree {
    /// Reads every file that git does not ignore. Bytes that are not UTF-8 are replaced.
    pub(crate) fn read(shell: &Shell) -> Result<Self, Failure> {
        let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let names = shell.output("git", list)?;
        let mut tree = Self::default();
        for path in String::from_utf8_lossy(&names).split_terminator('\0') {
            // A file that was just deleted is still in git's list.
            let Ok(bytes) = fs::read(shell.root().join(path)) else { continue };
            tree.0.insert(path.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(tree)
    }

    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    pub(crate) fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Whether any file is in the folder.
    pub(crate) fn has_folder(&self, folder: &str) -> bool {
        self.under(folder).next().is_some()
    }

    /// All files with their texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Files in the folder and below, by their path from the root.
    pub(crate) fn under(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        let folder = format!("{folder}/");
        self.iter().filter(move |(path, _)| path.starts_with(&folder))
    }

    /// Files with this extension.
    pub(crate) fn with_extension(&self, wanted: &str) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(move |(path, _)| extension(path) == Some(wanted))
    }
}

#[cfg(test)]
impl FromIterator<(String, String)> for Tree {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Tree {
    fn from(files: [(&str, &str); N]) -> Self {
        Self(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into())
    }
}

/// Name of a file without its folder and its last extension.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, extension)| extension)
}
