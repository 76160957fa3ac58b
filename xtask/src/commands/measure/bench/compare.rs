//! Changes since a revision.

use std::fs;
use std::path::{Path, PathBuf};

use super::checkout::Checkout;
use super::results::{Measurement, Results, number};
use super::timing::{self, Runs};
use super::{FOLDER, counts};
use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// A revision without this file has no rows that can be counted.
const ROWS: &str = "benches/src/bin/count.rs";

/// A revision and its results.
pub(super) struct Comparison {
    /// Its short hash and the first line of its message.
    pub(super) revision: String,
    pub(super) results: Results,
}

/// A row before and after.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) name: String,
    /// Unit of the values.
    pub(super) unit: &'static str,
    pub(super) before: Option<f64>,
    pub(super) after: Option<f64>,
}

impl Comparison {
    /// Builds and measures a revision in a temporary work tree.
    pub(super) fn measure(
        shell: &Shell,
        revision: &str,
        filter: Option<&str>,
        runs: Option<Runs>,
    ) -> Result<Self, Failure> {
        let commit = resolve(shell, revision)?;
        let folder = shell.root().join(FOLDER).join("compared");
        fs::create_dir_all(&folder)?;
        let folder = folder.canonicalize()?;
        let tree = Tree::check_out(shell, &commit, folder.join("tree"))?;
        let checkout = Checkout::beside(tree.path.clone(), folder);
        let mut results = counts::measure(&checkout, filter)?;
        if let Some(runs) = runs {
            results.merge(timing::measure(&checkout, filter, runs)?);
        }
        Ok(Self { revision: describe(shell, &commit)?, results })
    }

    /// Rows that differ: the largest growth first, then rows that only one side has.
    pub(super) fn changes(&self, now: &Results) -> Vec<Change> {
        let mut names: Vec<&str> = now.iter().map(|row| row.name.as_str()).collect();
        let gone = self.results.iter().map(|row| row.name.as_str());
        names.extend(gone.filter(|name| now.get(name).is_none()));
        let mut changes: Vec<Change> =
            names.iter().flat_map(|name| self.changes_of(now, name)).collect();
        let by_factor = |change: &Change| -change.factor().unwrap_or(f64::MIN_POSITIVE);
        changes.sort_by(|a, b| by_factor(a).total_cmp(&by_factor(b)));
        changes
    }

    fn changes_of(&self, now: &Results, name: &str) -> Vec<Change> {
        let (before, after) = (self.results.get(name), now.get(name));
        let change = |unit, before: Option<f64>, after: Option<f64>| Change {
            name: name.to_owned(),
            unit,
            before,
            after,
        };
        let instructions = change(
            "instructions",
            before.and_then(|row| row.instructions).map(number),
            after.and_then(|row| row.instructions).map(number),
        );
        let allocations = change(
            "allocations",
            before.and_then(|row| row.allocations).map(|it| number(it.count)),
            after.and_then(|row| row.allocations).map(|it| number(it.count)),
        );
        let time =
            change("ns", before.and_then(Measurement::time), after.and_then(Measurement::time));
        let all = [instructions, allocations, time];
        all.into_iter().filter(|change| change.before != change.after).collect()
    }
}

impl Change {
    /// After in relation to before.
    pub(super) fn factor(&self) -> Option<f64> {
        Some(self.after? / self.before.filter(|before| *before > 0.0)?)
    }
}

/// A work tree of git, removed when dropped.
struct Tree<'a> {
    shell: &'a Shell,
    path: PathBuf,
}

impl<'a> Tree<'a> {
    fn check_out(shell: &'a Shell, commit: &str, path: PathBuf) -> Result<Self, Failure> {
        let tree = Self { shell, path };
        // It may be left from a run that was interrupted.
        tree.remove();
        let add = ["worktree", "add", "--quiet", "--detach", "--force"];
        shell.output("git", add.into_iter().chain([text(&tree.path)?, commit]))?;
        Ok(tree)
    }

    fn remove(&self) {
        let Ok(path) = text(&self.path) else { return };
        drop(self.shell.output("git", ["worktree", "remove", "--force", path]));
        drop(self.shell.output("git", ["worktree", "prune"]));
    }
}

impl Drop for Tree<'_> {
    fn drop(&mut self) {
        self.remove();
    }
}

fn text(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| Failure::new(format!("{} is not UTF-8", path.display())))
}

/// The commit of a revision that has rows.
pub(super) fn resolve(shell: &Shell, revision: &str) -> Result<String, Failure> {
    let wanted = format!("{revision}^{{commit}}");
    let commit = shell.output("git", ["rev-parse", "--verify", "--quiet", &wanted]);
    let commit = commit.map_err(|_| Failure::new(format!("git has no commit {revision}")))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    if shell.output("git", ["cat-file", "-e", &format!("{commit}:{ROWS}")]).is_ok() {
        return Ok(commit);
    }
    let added = ["log", "--diff-filter=A", "--format=%h", "--reverse", "--", ROWS];
    let first = String::from_utf8_lossy(&shell.output("git", added)?).trim().to_owned();
    let first = first.lines().next().unwrap_or("none").to_owned();
    Err(Failure::new(format!(
        "{revision} has no rows to count ({ROWS}); the first commit that has: {first}"
    )))
}

fn describe(shell: &Shell, commit: &str) -> Result<String, Failure> {
    let line = shell.output("git", ["log", "-1", "--format=%h %s", commit])?;
    Ok(String::from_utf8_lossy(&line).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(rows: &[(&str, u64)]) -> Results {
        let mut results = Results::default();
        for (name, instructions) in rows {
            results.row(name).instructions = Some(*instructions);
        }
        results
    }

    #[test]
    fn rows_of_only_one_of_both_are_named() {
        let before = counted(&[("same", 5), ("worse", 10), ("gone", 1)]);
        let after = counted(&[("new", 7), ("same", 5), ("worse", 12)]);

        let compared = Comparison { revision: String::new(), results: before };
        let changes = compared.changes(&after);

        let names: Vec<_> = changes.iter().map(|change| change.name.as_str()).collect();
        assert_eq!(names, ["worse", "new", "gone"]);
        assert_eq!(changes[0].factor(), Some(1.2));
        assert_eq!((changes[1].before, changes[2].after), (None, None));
    }
}
