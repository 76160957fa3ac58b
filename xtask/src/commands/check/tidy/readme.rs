//! The README's table of operations, which is generated.

use std::env;
use std::fs;

use talon_core::{OPERATIONS, OperationInfo};

use super::operations::{call, noun};
use crate::infra::failure::Failure;
use crate::infra::shell::Shell;
use crate::infra::tree::Tree;

const DOCUMENT: &str = "README.md";
/// Variable with which `tidy` writes the table.
const UPDATE: &str = "TALON_UPDATE";
const HEAD: &str = "| noun | operation | call |\n|---|---|---|\n";

/// The nouns in the order of the table: folders of operations.
const NOUNS: &[&str] = &[
    "sessions",
    "profiles",
    "events",
    "coupons",
    "referrals",
    "loyalty",
    "cards",
    "audiences",
    "achievements",
    "campaigns",
    "catalogs",
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let Some(readme) = tree.get(DOCUMENT) else {
        return vec![format!("{DOCUMENT} is missing")];
    };
    let table = match table(tree) {
        Ok(table) => table,
        Err(unlisted) => return unlisted,
    };
    match written(readme) {
        None => vec![format!("{DOCUMENT} has no table with the head: {}", HEAD.replace('\n', " "))],
        Some(written) if written == table => Vec::new(),
        Some(written) => vec![stale(written, &table)],
    }
}

/// Writes the table if the variable `TALON_UPDATE` is set.
pub(super) fn update(shell: &Shell, tree: &Tree) -> Result<(), Failure> {
    if env::var_os(UPDATE).is_some()
        && let (Some(readme), Ok(table)) = (tree.get(DOCUMENT), table(tree))
        && let Some(written) = written(readme)
        && written != table
    {
        fs::write(shell.root().join(DOCUMENT), readme.replace(written, &table))?;
        eprintln!("{DOCUMENT}: the table of operations is written");
    }
    Ok(())
}

/// The table, grouped by noun; or the operations whose noun is not in [`NOUNS`].
fn table(tree: &Tree) -> Result<String, Vec<String>> {
    let noun_of = |operation: &OperationInfo| noun(tree, operation).unwrap_or("none");
    let unlisted: Vec<String> = OPERATIONS
        .iter()
        .filter(|operation| !NOUNS.contains(&noun_of(operation)))
        .map(|it| format!("{}: the noun {} has no place in {DOCUMENT}", it.id, noun_of(it)))
        .collect();
    if !unlisted.is_empty() {
        return Err(unlisted);
    }
    let rows = NOUNS.iter().flat_map(|noun| {
        let group = OPERATIONS.iter().filter(move |operation| noun_of(operation) == *noun);
        group.enumerate().map(|(place, it)| row(if place == 0 { noun } else { "" }, it))
    });
    Ok(HEAD.chars().chain(rows.collect::<String>().chars()).collect())
}

fn row(noun: &str, operation: &OperationInfo) -> String {
    let blank = if noun.is_empty() { "" } else { " " };
    let (id, reference) = (operation.id, operation.reference());
    format!("|{blank}{noun} | [`{id}`]({reference}) | `{}` |\n", call(operation))
}

/// The table as it stands in the README: the head and all rows after it.
fn written(readme: &str) -> Option<&str> {
    let start = readme.find(HEAD)?;
    let lines = readme[start..].split_inclusive('\n').take_while(|line| line.starts_with('|'));
    let length: usize = lines.map(str::len).sum();
    Some(&readme[start..start + length])
}

/// Says which line is the first that differs.
fn stale(written: &str, table: &str) -> String {
    let mut lines = written.lines();
    let expected = table.lines().find(|line| lines.next() != Some(line));
    let expected = expected.unwrap_or("the end of the table");
    format!("{DOCUMENT}: expected {expected}\n    to write it: {UPDATE}=1 cargo xtask tidy")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = "crates/talon-core/src/operations";

    /// The files of all operations, and this README.
    fn tree(readme: &str) -> Tree {
        let tree = Tree::read(&Shell::with_stdout(false)).expect("git lists the files");
        let operations = tree.under(FOLDER).map(|(path, text)| (path.to_owned(), text.to_owned()));
        operations.chain([(DOCUMENT.to_owned(), readme.to_owned())]).collect()
    }

    fn right() -> String {
        format!("# Operations\n\n{}\n| other | table |\n", table(&tree("")).expect("a table"))
    }

    #[test]
    fn the_generated_table_is_right_and_has_every_operation_once() {
        let readme = right();

        assert_eq!(check(&tree(&readme)), [""; 0]);
        for operation in OPERATIONS {
            assert_eq!(readme.matches(&format!("[`{}`]", operation.id)).count(), 1);
        }
        for noun in NOUNS {
            assert_eq!(readme.matches(&format!("\n| {noun} |")).count(), 1, "{noun}");
        }
    }

    #[test]
    fn a_row_that_differs_is_stale() {
        let row = "| events | [`getEventV3`]";
        let readme = right().replace(row, "| orders | [`getEventV3`]");

        let findings = check(&tree(&readme));

        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].starts_with(&format!("README.md: expected {row}")), "{findings:?}");
    }

    #[test]
    fn a_missing_row_and_a_row_too_many_are_stale() {
        let table = table(&tree("")).expect("a table");
        let (less, _) = table.trim_end().rsplit_once('\n').expect("rows");

        assert_eq!(check(&tree(&format!("{less}\n"))).len(), 1);
        assert_eq!(check(&tree(&format!("{table}| | more | |\n"))).len(), 1);
    }

    #[test]
    fn an_operation_without_a_noun_has_no_place() {
        assert_eq!(check(&Tree::from([(DOCUMENT, HEAD)])).len(), OPERATIONS.len());
    }

    #[test]
    fn no_readme_and_a_readme_without_a_table_are_found() {
        assert_eq!(check(&Tree::default()), ["README.md is missing"]);
        assert_eq!(check(&tree("# talon\n")).len(), 1);
    }
}
