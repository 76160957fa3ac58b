//! Every crate is in the table of ARCHITECTURE.md and has a section there; files that documents of
//! the root name exist.

use super::layering::{Manifest, manifests};
use crate::infra::tree::Tree;

/// Endings of names that documents use for files of this repository.
const ENDINGS: [&str; 6] = [".rs", ".md", ".toml", ".json", ".py", "/"];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let crates = manifests(tree).into_iter().filter(|it| it.path.starts_with("crates/"));
    let crates = crates.flat_map(|it| check_crate(tree, &it));
    let documents = tree.with_extension("md").filter(|(path, _)| !path.contains('/'));
    // Older entries of the changelog name what was there then.
    let documents = documents.filter(|(path, _)| *path != "CHANGELOG.md");
    crates.chain(documents.flat_map(|(path, text)| check_paths(tree, path, text))).collect()
}

fn check_crate(
    tree: &Tree,
    Manifest { path, name, is_published, .. }: &Manifest<'_>,
) -> Vec<String> {
    let folder = path.trim_end_matches("/Cargo.toml");
    let has_line = |document: &str, is_it: &dyn Fn(&str) -> bool| {
        tree.get(document).unwrap_or_default().lines().any(is_it)
    };
    let row = format!("| [{name}]({folder}) |");
    let mut findings = Vec::new();
    if *is_published && !has_line("ARCHITECTURE.md", &|line| line.starts_with(&row)) {
        findings.push(format!("ARCHITECTURE.md has no row for a crate: {row}"));
    }
    let is_section = |line: &str| {
        let heading = line.strip_prefix("## ").unwrap_or_default();
        heading.split(", ").any(|it| it == *name)
    };
    if !has_line("ARCHITECTURE.md", &is_section) {
        findings.push(format!("ARCHITECTURE.md has no section for a crate: ## {name}"));
    }
    if !tree.contains(&format!("{folder}/README.md")) {
        findings.push(format!("{folder}/README.md is missing"));
    }
    findings
}

fn check_paths(tree: &Tree, document: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let mut is_code = false;
    for (number, line) in text.lines().enumerate() {
        is_code ^= line.starts_with("```");
        if !is_code {
            let missing = codes(line).filter(|code| is_path(code) && !exists(tree, code));
            let place = format!("{document}:{}", number + 1);
            findings.extend(missing.map(|code| format!("{place}: there is no file {code}")));
        }
    }
    findings
}

/// What stands between backticks.
fn codes(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether it is a path of this repository, and of no place where programs write.
fn is_path(code: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "_-./".contains(it);
    code.contains('/')
        && code.chars().all(is_plain)
        && ENDINGS.iter().any(|ending| code.ends_with(ending))
        && !code.starts_with(['/', '.'])
        && !code.starts_with("target/")
        && !code.starts_with("fuzz/artifacts/")
}

/// Documents may leave out the folders at the beginning, such as `crates/talon-core/src`.
fn exists(tree: &Tree, code: &str) -> bool {
    tree.iter().any(|(path, _)| match code.strip_suffix('/') {
        Some(_) => format!("/{path}").contains(&format!("/{code}")),
        None => path == code || path.ends_with(&format!("/{code}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: (&str, &str) = ("crates/talon-a/Cargo.toml", "[package]\nname = \"talon-a\"\n");
    const SOURCE: (&str, &str) = ("crates/talon-a/src/retry/decision.rs", "");

    fn findings(architecture: &str) -> Vec<String> {
        check(&Tree::from([
            MANIFEST,
            SOURCE,
            ("crates/talon-a/README.md", ""),
            ("ARCHITECTURE.md", architecture),
        ]))
    }

    #[test]
    fn a_crate_needs_its_row_and_its_section() {
        let row = "| [talon-a](crates/talon-a) | a crate |";

        assert_eq!(findings(&format!("{row}\n## talon-b, talon-a")), [""; 0]);
        assert_eq!(
            findings(""),
            [
                "ARCHITECTURE.md has no row for a crate: | [talon-a](crates/talon-a) |",
                "ARCHITECTURE.md has no section for a crate: ## talon-a",
            ]
        );
    }

    #[test]
    fn a_crate_needs_its_readme() {
        let findings = check(&Tree::from([MANIFEST]));

        assert!(findings.contains(&"crates/talon-a/README.md is missing".to_owned()));
    }

    #[test]
    fn a_file_that_is_not_there_is_found() {
        let row =
            "| [talon-a](crates/talon-a) | `retry/decision.rs`, `talon-a/src/`, `a/b`, `x.rs` |";
        let text = "\n## talon-a\n`retry/decide.rs` `src/retries/`\n```\n`a/b.rs`\n```\n";

        assert_eq!(
            findings(&format!("{row}{text}")),
            [
                "ARCHITECTURE.md:3: there is no file retry/decide.rs",
                "ARCHITECTURE.md:3: there is no file src/retries/",
            ]
        );
    }
}
