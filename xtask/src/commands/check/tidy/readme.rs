//! The README's table of operations.

use std::collections::BTreeSet;

use talon_core::{OPERATIONS, OperationInfo};

use super::operations::call;
use crate::infra::tree::Tree;

const METHODS: [&str; 5] = ["DELETE", "GET", "PATCH", "POST", "PUT"];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let Some(readme) = tree.get("README.md") else {
        return vec!["README.md is missing".to_owned()];
    };
    let written: BTreeSet<String> =
        readme.lines().filter(|line| is_row(line)).map(ToOwned::to_owned).collect();
    let expected: BTreeSet<String> = OPERATIONS.iter().map(|operation| row(operation)).collect();
    let missing = expected.difference(&written).map(|row| format!("README.md lacks: {row}"));
    let stale = written.difference(&expected);
    let stale = stale.map(|row| format!("README.md has a row of no operation: {row}"));
    missing.chain(stale).collect()
}

fn row(operation: &OperationInfo) -> String {
    format!("| `{}` | `{}` | [docs]({}) |", operation.id, call(operation), operation.reference())
}

/// Whether the line is a row with a call in its second column.
fn is_row(line: &str) -> bool {
    let call = line.strip_prefix("| `").and_then(|line| line.split(" | `").nth(1));
    let method = call.and_then(|call| call.split_once(" /"));
    method.is_some_and(|(method, _)| METHODS.contains(&method))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> String {
        OPERATIONS.iter().map(|operation| row(operation) + "\n").collect()
    }

    #[test]
    fn the_generated_table_is_right() {
        assert_eq!(check(&Tree::from([("README.md", &*table())])), [""; 0]);
    }

    #[test]
    fn a_row_that_differs_is_missing_and_stale() {
        let readme = table().replace("POST /v1/events", "POST /v3/events");

        let findings = check(&Tree::from([("README.md", &*readme)]));

        assert_eq!(findings.len(), 2, "{findings:?}");
    }

    #[test]
    fn no_readme_has_no_table() {
        assert_eq!(check(&Tree::default()), ["README.md is missing"]);
    }
}
