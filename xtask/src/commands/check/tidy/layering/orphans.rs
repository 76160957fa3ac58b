//! Every Rust file belongs to a crate.

use std::collections::BTreeSet;

use super::Source;
use crate::infra::tree::Tree;

pub(super) fn check(tree: &Tree, sources: &[Source<'_>]) -> Vec<String> {
    let files: BTreeSet<&str> = sources.iter().flat_map(|it| it.modules.files()).collect();
    let others = tree.with_extension("rs").filter(|(path, _)| !files.contains(path));
    let orphans = others.filter(|(path, _)| !is_included(tree, path));
    orphans.map(|(path, _)| format!("{path} belongs to no crate: no `mod` declares it")).collect()
}

/// Whether some source includes the file as text, by its folder and name.
fn is_included(tree: &Tree, path: &str) -> bool {
    let start = path.rmatch_indices('/').nth(1).map_or(0, |(slash, _)| slash + 1);
    let name = &path[start..];
    let mut lines = tree.with_extension("rs").flat_map(|(_, text)| text.lines());
    lines.any(|line| line.contains("include") && line.contains(name))
}

#[cfg(test)]
mod tests {
    use super::super::sources;
    use super::*;

    #[test]
    fn a_file_that_no_module_declares_is_found() {
        let tree = Tree::from([
            ("a/Cargo.toml", ""),
            ("a/src/lib.rs", "mod one;\n#[cfg(test)]\npub(crate) mod tests;"),
            ("a/src/one.rs", "pub(crate) mod two;\n//! include!(\"../one/text.rs\")"),
            ("a/src/one/two.rs", ""),
            ("a/src/one/text.rs", ""),
            ("a/src/tests.rs", "mod deep;"),
            ("a/src/tests/deep.rs", ""),
            ("a/src/three.rs", ""),
        ]);

        let expected = "a/src/three.rs belongs to no crate: no `mod` declares it";
        assert_eq!(check(&tree, &sources(&tree)), [expected]);
    }
}
