//! Each fuzz target has its property, its binary, its corpus and its explanation. `cargo test`
//! replays what the list of properties names.

use std::collections::BTreeSet;

use crate::infra::tree::{Tree, stem};

const PROPERTIES: &str = "crates/testing/talon-properties/src/lib.rs";
const MANIFEST: &str = "fuzz/Cargo.toml";
const EXPLAINED: &str = "crates/testing/talon-properties/README.md";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let properties = tree.get(PROPERTIES).unwrap_or_default();
    let manifest = tree.get(MANIFEST).unwrap_or_default();
    let mut findings = Vec::new();
    for target in targets(tree, properties) {
        if !properties.contains(&entry(target)) {
            findings.push(format!("{PROPERTIES} does not list the fuzz target {target}"));
        }
        if !tree.contains(&format!("fuzz/fuzz_targets/{target}.rs")) {
            findings.push(format!("fuzz/fuzz_targets/{target}.rs is missing"));
        }
        if !manifest.contains(&format!("name = \"{target}\"\n")) {
            findings.push(format!("{MANIFEST} has no [[bin]] {target}"));
        }
        if !tree.has_folder(&format!("fuzz/corpus/{target}")) {
            findings.push(format!("fuzz/corpus/{target} is missing or empty"));
        }
        if !tree.get(EXPLAINED).unwrap_or_default().contains(&format!("| `{target}` |")) {
            findings.push(format!("{EXPLAINED} does not explain the fuzz target {target}"));
        }
    }
    if findings.is_empty() && targets(tree, properties).is_empty() {
        findings.push("there are no fuzz targets".to_owned());
    }
    findings
}

fn entry(target: &str) -> String {
    format!("(\"{target}\", {target}::check),")
}

/// Every target that at least one of the files names.
fn targets<'a>(tree: &'a Tree, properties: &'a str) -> BTreeSet<&'a str> {
    let listed = properties.lines().filter_map(|line| line.trim().strip_prefix("(\""));
    let listed = listed.filter_map(|line| line.split('"').next());
    let files = tree.under("fuzz/fuzz_targets").map(|(path, _)| stem(path));
    let inputs = ["fuzz/corpus", "fuzz/regressions"].into_iter();
    let inputs = inputs.flat_map(|folder| tree.under(folder));
    let inputs = inputs.filter_map(|(path, _)| path.split('/').nth(2));
    listed.chain(files).chain(inputs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: [(&str, &str); 5] = [
        (PROPERTIES, "    (\"path\", path::check),\n"),
        (MANIFEST, "[[bin]]\nname = \"path\"\n"),
        ("fuzz/fuzz_targets/path.rs", ""),
        ("fuzz/corpus/path/plain", "cart-1"),
        (EXPLAINED, "| `path` | an id | arrives |"),
    ];

    #[test]
    fn a_complete_target_is_fine() {
        assert_eq!(check(&Tree::from(COMPLETE)), [""; 0]);
    }

    #[test]
    fn each_missing_part_is_found() {
        for index in 0..COMPLETE.len() {
            let mut files = COMPLETE;
            files[index] = ("elsewhere", "");

            assert_eq!(check(&Tree::from(files)).len(), 1, "without {}", COMPLETE[index].0);
        }
    }

    #[test]
    fn a_regression_of_no_target_is_found() {
        let stray = [("fuzz/regressions/paths/dots", "..")];
        let tree =
            Tree::from([COMPLETE[0], COMPLETE[1], COMPLETE[2], COMPLETE[3], COMPLETE[4], stray[0]]);

        assert!(check(&tree).iter().all(|finding| finding.contains("paths")));
        assert!(!check(&tree).is_empty());
    }

    #[test]
    fn no_target_at_all_is_found() {
        assert_eq!(check(&Tree::default()).len(), 1);
    }
}
