//! CONTRIBUTING.md has a row for each command of xtask.

use std::collections::BTreeSet;

use crate::infra::tree::Tree;

const DOCUMENT: &str = "CONTRIBUTING.md";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let text = tree.get(DOCUMENT).unwrap_or_default();
    let written: BTreeSet<&str> = text.lines().filter_map(command_of).collect();
    let names = crate::command_names();
    let expected: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let missing = expected.difference(&written);
    let missing = missing.map(|name| format!("{DOCUMENT} has no row: | `cargo xtask {name}"));
    let stale = written.difference(&expected);
    let stale = stale.map(|name| format!("{DOCUMENT} names cargo xtask {name}: no such command"));
    missing.chain(stale).collect()
}

/// The command that a row of the table begins with.
fn command_of(line: &str) -> Option<&str> {
    let command = line.strip_prefix("| `cargo xtask ")?;
    command.split([' ', '`']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> String {
        let names = crate::command_names();
        names.iter().flat_map(|name| ["| `cargo xtask ", name, " [X]` | |\n"]).collect()
    }

    #[test]
    fn a_row_for_each_command_is_right() {
        assert_eq!(check(&Tree::from([(DOCUMENT, &*rows())])), [""; 0]);
    }

    #[test]
    fn a_command_without_a_row_and_a_row_without_a_command_are_found() {
        let rows = rows().replace("xtask tidy ", "xtask neat ");

        let findings = check(&Tree::from([(DOCUMENT, &*rows)]));

        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].ends_with("has no row: | `cargo xtask tidy"), "{findings:?}");
        assert!(findings[1].contains("neat"), "{findings:?}");
    }
}
