//! Tests that SECURITY.md names exist.

use std::collections::BTreeSet;

use crate::infra::tree::Tree;

const DOCUMENT: &str = "SECURITY.md";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let Some(text) = tree.get(DOCUMENT) else { return Vec::new() };
    let names: BTreeSet<&str> =
        tree.with_extension("rs").flat_map(|(_, text)| names(text)).collect();
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| is_guarantee(line)) {
        let missing = codes(line).filter(|code| !exists(tree, &names, code));
        findings.extend(missing.map(|code| format!("{DOCUMENT}:{}: no test {code}", number + 1)));
    }
    findings
}

/// Whether the line is a row of a table, other than its head.
fn is_guarantee(line: &str) -> bool {
    line.starts_with("| ") && !line.ends_with("| verified by |")
}

/// Texts between backticks in the last column.
fn codes(line: &str) -> impl Iterator<Item = &str> {
    let column = line.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
    column.split('`').skip(1).step_by(2)
}

/// Functions, modules and cases that a file declares.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|it: char| !(it.is_alphanumeric() || it == '_'));
    let follows = words.clone().skip(1);
    words.zip(follows).filter(|(word, _)| matches!(*word, "fn" | "mod")).map(|(_, name)| name)
}

/// Whether a test, file or folder of this name exists; other code, such as a type, counts too.
fn exists(tree: &Tree, names: &BTreeSet<&str>, code: &str) -> bool {
    let is_path = code.contains('/');
    let is_test = !is_path && code.contains('_') && !code.contains(['(', ':', '.', ' ']);
    if is_path {
        let path = format!("crates/{}", code.trim_end_matches('/'));
        return tree.contains(&path) || tree.has_folder(&path);
    }
    !is_test || names.contains(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(verified_by: &str) -> Vec<String> {
        let table =
            format!("| guarantee | verified by |\n|---|---|\n| it holds | {verified_by} |\n");
        let code = "#[tokio::test]\nasync fn keys_are_hidden() {}\n";
        check(&Tree::from([(DOCUMENT, &*table), ("crates/a/tests/it/keys.rs", code)]))
    }

    #[test]
    fn tests_and_files_that_exist_are_fine() {
        for verified_by in
            ["`keys_are_hidden`", "`a/tests/it/keys.rs`", "`a/tests/`", "`Key::matches`"]
        {
            assert_eq!(findings(verified_by), [""; 0], "{verified_by}");
        }
    }

    #[test]
    fn a_test_that_is_gone_is_found() {
        assert_eq!(findings("`keys_are_shown`"), ["SECURITY.md:3: no test keys_are_shown"]);
        assert_eq!(findings("`a/tests/it/key.rs`"), ["SECURITY.md:3: no test a/tests/it/key.rs"]);
    }
}
