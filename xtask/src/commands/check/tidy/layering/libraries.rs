//! Libraries that only the crates in ARCHITECTURE.md's table name, such as runtimes.

use std::collections::BTreeSet;

use super::manifest::manifests;
use super::order::{DOCUMENT, codes};
use crate::infra::tree::Tree;

const HEAD: &str = "| library | named by |";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let text = tree.get(DOCUMENT).unwrap_or_default();
    let rows = text.lines().skip_while(|line| !line.starts_with(HEAD)).skip(2);
    let rows: Vec<&str> = rows.take_while(|line| line.starts_with('|')).collect();
    if rows.is_empty() {
        return vec![format!("{DOCUMENT} has no table that begins with: {HEAD}")];
    }
    rows.into_iter().flat_map(|row| check_row(tree, row)).collect()
}

/// A row is `` | `library`, `library` | `crate`, `crate` | ``.
fn check_row(tree: &Tree, row: &str) -> Vec<String> {
    let mut cells = row.trim_matches('|').split('|').map(str::trim);
    let (libraries, crates) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
    let stated: BTreeSet<&str> = codes(crates).collect();
    let manifests = manifests(tree);
    let mut findings = Vec::new();
    for library in codes(libraries) {
        let uses = manifests.iter().filter(|it| it.is_published);
        let uses = uses.filter(|it| it.dependencies.contains(&library)).map(|it| it.name);
        let uses: BTreeSet<&str> = uses.collect();
        let new = uses.difference(&stated);
        findings.extend(
            new.map(|name| format!("{name} names {library}, which {DOCUMENT} leaves to {crates}")),
        );
        let gone = stated.difference(&uses);
        findings.extend(gone.map(|name| {
            format!("{DOCUMENT} says that {name} names {library}, which its manifest does not")
        }));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "| library | named by | why |\n|---|---|---|\n| `reqwest` | `over-reqwest` | `x` |\n";

    fn findings(crates: [(&str, &str); 2]) -> Vec<String> {
        let manifests = crates.map(|(name, library)| {
            format!("[package]\nname = \"{name}\"\n[dependencies]\n{library} = \"1\"\n")
        });
        let [first, second] = &manifests;
        check(&Tree::from([
            (DOCUMENT, TABLE),
            ("crates/a/Cargo.toml", &**first),
            ("crates/b/Cargo.toml", &**second),
        ]))
    }

    #[test]
    fn a_library_is_left_to_the_crates_of_its_row() {
        assert_eq!(findings([("over-reqwest", "reqwest"), ("core", "http")]), [""; 0]);
        let expected = "core names reqwest, which ARCHITECTURE.md leaves to `over-reqwest`";
        assert_eq!(findings([("over-reqwest", "reqwest"), ("core", "reqwest")]), [expected]);
    }

    #[test]
    fn a_row_that_is_no_longer_true_is_found() {
        let expected =
            "ARCHITECTURE.md says that over-reqwest names reqwest, which its manifest does not";
        assert_eq!(findings([("over-reqwest", "http"), ("core", "http")]), [expected]);
    }

    #[test]
    fn no_table_is_found() {
        assert_eq!(check(&Tree::default()).len(), 1);
    }
}
