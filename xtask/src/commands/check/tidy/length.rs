//! The length of Rust files.

use crate::infra::tree::Tree;

const MAX_LINES: usize = 300;

/// Files that may be longer, each with its reason.
const ALLOWED: &[(&str, &str)] = &[];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let files = tree.with_extension("rs").map(|(path, text)| (path, text.lines().count()));
    let is_allowed = |path: &str| ALLOWED.iter().any(|(allowed, _)| *allowed == path);
    files.filter_map(|(path, lines)| check_file(path, lines, is_allowed(path))).collect()
}

fn check_file(path: &str, lines: usize, is_allowed: bool) -> Option<String> {
    match (lines > MAX_LINES, is_allowed) {
        (true, false) => Some(format!("{path} has {lines} lines; at most {MAX_LINES} are allowed")),
        (false, true) => {
            Some(format!("{path} is short enough: take it off the list of long files"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_too_many_is_found() {
        let (enough, long) = ("\n".repeat(MAX_LINES), "\n".repeat(MAX_LINES + 1));

        let findings = check(&Tree::from([("a.rs", &*enough), ("b.rs", &*long)]));

        assert_eq!(findings, ["b.rs has 301 lines; at most 300 are allowed"]);
    }

    #[test]
    fn a_listed_file_that_is_short_is_found() {
        assert_eq!(check_file("a.rs", MAX_LINES + 1, true), None);
        assert!(check_file("a.rs", MAX_LINES, true).is_some());
    }
}
