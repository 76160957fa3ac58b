//! `cargo xtask loc`

use std::collections::BTreeMap;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::shell::Shell;
use crate::infra::table::table;
use crate::infra::tree::Tree;

/// Lines of Rust code by crate: files, median, largest
#[derive(clap::Args)]
pub(crate) struct Loc {
    /// Number of longest files to list
    #[arg(long, default_value_t = 5)]
    longest: usize,
}

impl Run for Loc {
    fn run(&self, shell: &Shell) -> CommandResult {
        let tree = Tree::read(shell)?;
        let mut files: Vec<File<'_>> =
            tree.with_extension("rs").map(|(path, text)| (text.lines().count(), path)).collect();
        files.sort_unstable();
        print!("{}", table(&summary(&files)));
        println!();
        for (lines, path) in files.iter().rev().take(self.longest) {
            println!("{lines:5} {path}");
        }
        Ok(Status::Passed)
    }
}

type File<'a> = (usize, &'a str);

/// A row for each crate and one for all; `files` are in the order of their length.
fn summary(files: &[File<'_>]) -> Vec<[String; 5]> {
    let mut crates: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (lines, path) in files {
        crates.entry(crate_of(path)).or_default().push(*lines);
    }
    let mut rows = vec![["crate", "files", "lines", "median", "largest"].map(str::to_owned)];
    rows.extend(crates.iter().map(|(name, lines)| row(name, lines)));
    let all: Vec<usize> = files.iter().map(|(lines, _)| *lines).collect();
    rows.push(row("all", &all));
    rows
}

fn row(name: &str, lines: &[usize]) -> [String; 5] {
    let median = lines.get(lines.len() / 2).copied().unwrap_or(0);
    let largest = lines.last().copied().unwrap_or(0);
    let numbers = [lines.len(), lines.iter().sum(), median, largest].map(|it| it.to_string());
    let [files, lines, median, largest] = numbers;
    [name.to_owned(), files, lines, median, largest]
}

fn crate_of(path: &str) -> &str {
    let path = path.strip_prefix("crates/").unwrap_or(path);
    let path = path.strip_prefix("testing/").unwrap_or(path);
    path.split('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_by_crate() {
        let files = [(10, "crates/a/src/x.rs"), (20, "xtask/src/y.rs"), (40, "crates/a/src/z.rs")];

        let rows = summary(&files);

        assert_eq!(rows[1], ["a", "2", "50", "40", "40"]);
        assert_eq!(rows[3], ["all", "3", "70", "20", "40"]);
    }
}
