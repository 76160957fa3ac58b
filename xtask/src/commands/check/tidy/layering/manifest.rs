//! Manifests of the packages.

use crate::infra::tree::Tree;

/// What a Cargo.toml says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Manifest<'a> {
    pub(crate) path: &'a str,
    pub(crate) name: &'a str,
    pub(crate) is_published: bool,
    /// What users of the package build with it.
    pub(crate) dependencies: Vec<&'a str>,
}

/// Every package, the workspace's root left out.
pub(crate) fn manifests(tree: &Tree) -> Vec<Manifest<'_>> {
    let files = tree.with_extension("toml").filter(|(path, _)| path.ends_with("/Cargo.toml"));
    files.filter_map(|(path, text)| Manifest::read(path, text)).collect()
}

impl<'a> Manifest<'a> {
    fn read(path: &'a str, text: &'a str) -> Option<Self> {
        let mut section = "";
        let mut manifest = Self { path, name: "", is_published: true, dependencies: Vec::new() };
        for line in text.lines().map(str::trim) {
            if let Some(header) = line.strip_prefix('[') {
                section = header.trim_matches(['[', ']']);
            } else if section == "package" && line == "publish = false" {
                manifest.is_published = false;
            } else if let ("package", Some(name)) = (section, line.strip_prefix("name = ")) {
                manifest.name = name.trim_matches('"');
            } else if is_of_users(section) {
                manifest.dependencies.extend(key(line));
            }
        }
        (!manifest.name.is_empty()).then_some(manifest)
    }
}

/// `dependencies` and `target.'cfg(unix)'.dependencies`; neither those of tests nor of builds.
fn is_of_users(section: &str) -> bool {
    section == "dependencies" || section.ends_with(".dependencies")
}

/// `name` of `name = …` and of `name.workspace = …`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim().split('.').next()?;
    (!key.starts_with('#')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_of_tests_are_left_out() {
        let text = "[package]\nname = \"a\"\npublish = false\n\n[dependencies]\n# One.\nb.workspace = true\n\
            c = { path = \"..\" }\n\n[target.'cfg(unix)'.dependencies]\nd = \"1\"\n\n\
            [dev-dependencies]\ne = \"1\"\n";

        let manifest = Manifest::read("a/Cargo.toml", text).unwrap();

        assert_eq!(manifest.name, "a");
        assert!(!manifest.is_published);
        assert_eq!(manifest.dependencies, ["b", "c", "d"]);
    }

    #[test]
    fn a_workspace_is_no_package() {
        assert_eq!(Manifest::read("Cargo.toml", "[workspace]\nmembers = []\n"), None);
    }
}
