//! Root files: what cargo compiles as a crate.

use crate::infra::tree::Tree;

/// Every root file that cargo finds by itself, such as `crates/talon-core/src/lib.rs`.
pub(crate) fn roots(tree: &Tree) -> Vec<&str> {
    let manifests = tree.with_extension("toml").map(|(path, _)| path);
    let folders = manifests.filter_map(|path| path.strip_suffix("/Cargo.toml"));
    folders
        .flat_map(|folder| {
            let files = tree.under(folder).map(|(path, _)| path);
            files.filter(move |path| is_root(&path[folder.len() + 1..]))
        })
        .collect()
}

/// Whether cargo takes the file, by its path in the package, for a root file.
fn is_root(path: &str) -> bool {
    let Some(module) = path.strip_suffix(".rs") else { return false };
    matches!(
        module.split('/').collect::<Vec<_>>()[..],
        ["build"]
            | ["src", "lib" | "main"]
            | ["src", "bin", _]
            | ["src", "bin", _, "main"]
            | ["tests" | "benches" | "examples" | "fuzz_targets", _]
            | ["tests" | "benches" | "examples", _, "main"]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_files_are_those_that_cargo_compiles() {
        let tree = Tree::from([
            ("Cargo.toml", ""),
            ("crates/a/Cargo.toml", ""),
            ("crates/a/src/lib.rs", ""),
            ("crates/a/src/lib/part.rs", ""),
            ("crates/a/src/bin/tool.rs", ""),
            ("crates/a/tests/it/main.rs", ""),
            ("crates/a/tests/it/other.rs", ""),
        ]);

        let expected =
            ["crates/a/src/bin/tool.rs", "crates/a/src/lib.rs", "crates/a/tests/it/main.rs"];
        assert_eq!(roots(&tree), expected);
    }
}
