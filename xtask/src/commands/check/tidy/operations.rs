//! One file for each operation, named after it, whose first line is its call.

use talon_core::{OPERATIONS, OperationInfo};

use crate::infra::tree::{Tree, stem};

const FOLDER: &str = "crates/talon-core/src/operations";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let missing = OPERATIONS.iter().filter_map(|operation| check_operation(tree, operation));
    missing.chain(unlisted(tree)).collect()
}

fn check_operation(tree: &Tree, operation: &OperationInfo) -> Option<String> {
    let Some((path, text)) = file(tree, operation) else {
        return Some(format!("{FOLDER}/*/{}.rs is missing", snake_case(operation.id)));
    };
    let header = format!("//! `{}`", call(operation));
    let first = text.lines().next().unwrap_or_default();
    (first != header).then(|| format!("{path}:1: the first line should be: {header}"))
}

/// Path and text of the file of an operation.
fn file<'t>(tree: &'t Tree, operation: &OperationInfo) -> Option<(&'t str, &'t str)> {
    let name = snake_case(operation.id);
    tree.under(FOLDER).find(|(path, _)| stem(path) == name)
}

/// The noun of an operation, such as `sessions`: the folder of its file.
pub(super) fn noun<'t>(tree: &'t Tree, operation: &OperationInfo) -> Option<&'t str> {
    let (path, _) = file(tree, operation)?;
    path.rsplit('/').nth(1)
}

/// Files that declare an operation which is not in the list.
fn unlisted(tree: &Tree) -> impl Iterator<Item = String> {
    let declares = |text: &str| text.lines().any(|line| line.starts_with("operation! {"));
    let is_listed = |path: &str| OPERATIONS.iter().any(|it| snake_case(it.id) == stem(path));
    tree.under(FOLDER)
        .filter(move |(path, text)| declares(text) && !is_listed(path))
        .map(|(path, _)| format!("{path} declares an operation that api/list.rs does not list"))
}

/// `PUT /v2/customer_sessions/{customerSessionId}`
pub(super) fn call(operation: &OperationInfo) -> String {
    format!("{} {}", operation.method, operation.path)
}

fn snake_case(id: &str) -> String {
    let mut name = String::new();
    for character in id.chars() {
        if character.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_names_of_files() {
        assert_eq!(snake_case("updateCustomerSessionV2"), "update_customer_session_v2");
    }

    #[test]
    fn every_operation_needs_its_file() {
        assert_eq!(check(&Tree::default()).len(), OPERATIONS.len());
    }

    #[test]
    fn a_header_that_says_another_call_is_found() {
        let path = "crates/talon-core/src/operations/events/track_event.rs";
        let findings = check(&Tree::from([(path, "//! `POST /v2/events`\n")]));

        let expected = format!("{path}:1: the first line should be: //! `POST /v1/events`");
        assert!(findings.contains(&expected), "{findings:?}");
    }

    #[test]
    fn an_operation_that_is_not_listed_is_found() {
        let path = "crates/talon-core/src/operations/events/forget_event.rs";
        let findings = check(&Tree::from([(path, "operation! { ForgetEvent -> () {\n")]));

        let expected = format!("{path} declares an operation that api/list.rs does not list");
        assert!(findings.contains(&expected), "{findings:?}");
    }
}
