//! A request and a reply of each operation, as fixtures.

use std::collections::BTreeSet;

use talon_core::OPERATIONS;

use crate::infra::tree::Tree;

const FOLDER: &str = "fixtures";

/// What else is there; its README says why.
const OTHERS: [&str; 5] = [
    "fixtures/README.md",
    "fixtures/effect-props-2020.json",
    "fixtures/schemas-2020.json",
    "fixtures/schemas-today.json",
    "fixtures/schemas.py",
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let expected: BTreeSet<String> =
        OPERATIONS.iter().flat_map(|operation| fixtures(operation.id)).collect();
    let missing = expected.iter().filter(|path| !tree.contains(path));
    let missing = missing.map(|path| format!("{path} is missing"));
    let found = tree.under(FOLDER).map(|(path, _)| path);
    let unknown = found.filter(|path| !OTHERS.contains(path) && !expected.contains(*path));
    let unknown = unknown.map(|path| format!("{path} is named after no operation"));
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
        assert!(findings.contains(&"fixtures/trackEvent.request.json is missing".to_owned()));
    }

    #[test]
    fn a_fixture_of_nothing_is_found() {
        let findings = check(&Tree::from([("fixtures/forgetEvent.reply.json", "{}")]));

        let expected = "fixtures/forgetEvent.reply.json is named after no operation";
        assert!(findings.iter().any(|finding| finding == expected), "{findings:?}");
    }
}
