//! Conformance cases of each operation.
//!
//! The suite is read as text, so that xtask does not depend on it. A test of the suite requires more:
//! a case for each documented refusal.

use std::collections::BTreeSet;

use talon_core::OPERATIONS;

use crate::infra::tree::Tree;

const FOLDER: &str = "crates/testing/talon-conformance/src/cases";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let tried: BTreeSet<&str> = tree.under(FOLDER).flat_map(|(_, text)| succeeding(text)).collect();
    let ids: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    let untried = ids.difference(&tried);
    let untried = untried.map(|id| format!("{FOLDER} has no case of the success of {id}"));
    let unknown = tried.difference(&ids);
    let unknown = unknown.map(|id| format!("{FOLDER} has cases of {id}, which is no operation"));
    untried.chain(unknown).collect()
}

/// Operations with a line `success …,` in a list of cases.
fn succeeding(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut current = None;
    for line in text.lines().map(str::trim) {
        if let Some(id) = line.strip_prefix('"').and_then(|line| line.strip_suffix("\" {")) {
            current = Some(id);
        } else if line.starts_with("success ") && line.ends_with(',') {
            found.extend(current);
        } else if line == "}" {
            current = None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "crates/testing/talon-conformance/src/cases/events/recording.rs";

    #[test]
    fn an_operation_without_a_success_is_found() {
        let list = "cases! {\n    \"trackEvent\" {\n        refused(400) no,\n    }\n}";

        let findings = check(&Tree::from([(PATH, list)]));

        assert_eq!(findings.len(), OPERATIONS.len());
    }

    #[test]
    fn a_listed_success_counts() {
        let list = "cases! {\n    \"trackEvent\" {\n        success yes,\n    }\n}";

        let findings = check(&Tree::from([(PATH, list)]));

        assert_eq!(findings.len(), OPERATIONS.len() - 1);
        assert!(!findings.iter().any(|finding| finding.ends_with(" trackEvent")));
    }

    #[test]
    fn a_case_of_no_operation_is_found() {
        let list = "\"forgetEvent\" {\nsuccess yes,\n}";

        let findings = check(&Tree::from([(PATH, list)]));

        assert!(findings.iter().any(|finding| finding.ends_with("which is no operation")));
    }
}
