//! Versions of dependencies in the root Cargo.toml that no crate uses.

use crate::infra::tree::{Tree, stem};

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let manifest = tree.get("Cargo.toml").unwrap_or_default();
    let is_used = |name: &str| {
        let manifests = tree.with_extension("toml").filter(|(path, _)| stem(path) == "Cargo");
        manifests.flat_map(|(_, text)| text.lines()).any(|line| uses(line, name))
    };
    let unused = shared(manifest).filter(|name| !is_used(name));
    unused.map(|name| format!("Cargo.toml: no crate uses the dependency {name}")).collect()
}

/// Names in `[workspace.dependencies]`.
fn shared(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.split_once("[workspace.dependencies]\n").map_or("", |it| it.1);
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| Some(line.split_once(" = ")?.0))
}

/// `name.workspace = true` or `name = { workspace = true, … }`
fn uses(line: &str, name: &str) -> bool {
    line.strip_prefix(name).is_some_and(|rest| {
        rest.starts_with(".workspace = true") || rest.starts_with(" = { workspace = true")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARED: &str = "[workspace.dependencies]\n# One.\nhttp = \"1\"\nhttp-body = { version = \"1\" }\n\n[x]\na = 1\n";

    #[test]
    fn an_unused_version_is_found() {
        let user = "[dependencies]\nhttp-body = { workspace = true, optional = true }\n";

        let findings = check(&Tree::from([("Cargo.toml", SHARED), ("crates/a/Cargo.toml", user)]));

        assert_eq!(findings, ["Cargo.toml: no crate uses the dependency http"]);
    }

    #[test]
    fn both_ways_of_use_count() {
        let user = "http.workspace = true\nhttp-body = { workspace = true }\n";

        let tree = Tree::from([("Cargo.toml", SHARED), ("crates/a/Cargo.toml", user)]);

        assert_eq!(check(&tree), [""; 0]);
    }
}
