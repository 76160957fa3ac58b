//! What the READMEs tell a new user.

use std::collections::BTreeSet;

const WORKSPACE: &str = include_str!("../../../../README.md");
const CRATE: &str = include_str!("../../README.md");
const MANIFEST: &str = include_str!("../../Cargo.toml");

/// Words that most people read in a minute, of text and code.
const WORDS_PER_MINUTE: usize = 220;

/// Tables of TOML blocks with the lines that name crates of ours.
fn dependencies(readme: &str) -> Vec<(&str, &str)> {
    let blocks = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut table = "";
    let mut found = Vec::new();
    for line in blocks.flat_map(str::lines) {
        if line.starts_with('[') {
            table = line;
        } else if line.starts_with("talon") {
            found.push((table, line));
        }
    }
    found
}

/// The texts in quotation marks of a list that follows `name = [`.
fn list<'a>(line: &'a str, name: &str) -> Vec<&'a str> {
    let after = line.split(&format!("{name} = [")).nth(1).and_then(|rest| rest.split(']').next());
    after.unwrap_or_default().split('"').skip(1).step_by(2).collect()
}

#[test]
fn one_crate_is_added_by_git_with_features_that_exist() {
    let features = MANIFEST.split("[features]\n").nth(1).expect("features");
    let features = features.split("\n[").next().expect("an end");
    let features: BTreeSet<_> =
        features.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();

    let lines = dependencies(WORKSPACE);
    let tables: Vec<_> = lines.iter().map(|(table, _)| *table).collect();
    assert_eq!(tables, ["[dependencies]", "[dev-dependencies]"]);
    for (_, line) in lines.into_iter().chain(dependencies(CRATE)) {
        assert!(line.starts_with("talon-one = { git = \"https://"), "{line}");
        let unknown: Vec<_> =
            list(line, "features").into_iter().filter(|name| !features.contains(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}: {line}");
    }
    assert!(WORKSPACE.contains("on crates.io, `talon-core` is a different project"));
}

#[test]
fn the_table_of_features_names_each_of_them() {
    let table = CRATE.split("| feature |").nth(1).and_then(|rest| rest.split("\n\n").next());
    let cells = table.expect("a table").lines().filter_map(|row| row.split('|').nth(1));
    let named: BTreeSet<_> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let features = MANIFEST.split("[features]\n").nth(1).expect("features");
    let features = features.split("\n[").next().expect("an end").lines();
    let known = features.filter_map(|line| Some(line.split_once(" = ")?.0));
    let known: BTreeSet<_> = known.filter(|name| *name != "default").collect();

    assert_eq!(named, known);
}

#[test]
fn the_table_of_examples_names_each_of_them() {
    let table = CRATE.split("| `cargo run --example").nth(1).expect("a table");
    let cells = table.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next());
    let named: BTreeSet<_> = cells.collect();
    let examples = MANIFEST.split("[[example]]\n").skip(1);
    let known: BTreeSet<_> = examples.filter_map(|rest| rest.split('"').nth(1)).collect();

    assert_eq!(named, known);
    assert_eq!(MANIFEST.matches("\ntest = true").count(), known.len(), "each has its tests");
}

/// The table of operations is looked up and not read.
#[test]
fn the_readme_of_the_workspace_is_read_in_five_minutes() {
    let text = WORKSPACE.split("\n## Operations").next().expect("a text");
    let words = text.split_whitespace().count();

    assert!(words <= 5 * WORDS_PER_MINUTE, "{words} words");
}
