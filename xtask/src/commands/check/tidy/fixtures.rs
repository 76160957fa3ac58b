//! A request and a reply of each operation, as fixtures.

use std::collections::BTreeSet;

use talon_core::OPERATIONS;

use crate::infra::tree::Tree;

const FOLDER: &str = "crates/testing/talon-samples/fixtures";

/// Other files of the folder; its README describes them.
const OTHERS: [&str; 5] = [
    "README.md",
    "effect-props-2020.json",
    "schemas-2020.json",
    "schemas-today.json",
    "schemas.py",
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let expected: BTreeSet<String> =
        OPERATIONS.iter().flat_map(|operation| fixtures(operation.id)).collect();
    let missing = expected.iter().filter(|path| !tree.contains(path));
    let missing = missing.map(|path| format!("{path} is missing"));
    let found = tree.under(FOLDER).map(|(path, _)| path);
    let is_other = |path: &str| {
        let name = path.strip_prefix(FOLDER).and_then(|path| path.strip_prefix('/'));
        name.is_some_and(|name| OTHERS.contains(&name))
    };
    let unknown = found.filter(|path| !is_other(path) && !expected.contains(*path));
    let unknown = unknown.map(|path| format!("{path} is not named after an operation"));
    missing.chain(unknown).collect()
}

fn fixtures(id: &str) -> [String; 2] {
    ["request", "reply"].map(|part| format!("{FOLDER}/{id}.{part}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_without_fixtures_is_found() {
        let findings = check(&Tree::default());

        assert_eq!(findings.len(), 2 * OPERATIONS.len());
        assert!(findings.contains(&format!("{FOLDER}/trackEvent.request.json is missing")));
    }

    #[test]
    fn a_fixture_of_nothing_is_found() {
        let path = format!("{FOLDER}/forgetEvent.reply.json");

        let findings = check(&Tree::from([(&*path, "{}")]));

        let expected = format!("{path} is not named after an operation");
        assert!(findings.contains(&expected), "{findings:?}");
    }
}
