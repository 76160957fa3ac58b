//! Rust files that have grown too long to be pleasant.

use crate::infra::tree::Tree;

const LONGEST: usize = 400;

/// Files that may be longer, each with its reason.
const ALLOWED: &[(&str, &str)] = &[];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let files = tree.with_extension("rs").map(|(path, text)| (path, text.lines().count()));
    let is_allowed = |path: &str| ALLOWED.iter().any(|(allowed, _)| *allowed == path);
    files.filter_map(|(path, lines)| judge(path, lines, is_allowed(path))).collect()
}

fn judge(path: &str, lines: usize, is_allowed: bool) -> Option<String> {
    match (lines > LONGEST, is_allowed) {
        (true, false) => Some(format!("{path} has {lines} lines; {LONGEST} are enough")),
        (false, true) => Some(format!("{path} need no longer be allowed to be long")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_too_many_is_found() {
        let (enough, long) = ("\n".repeat(LONGEST), "\n".repeat(LONGEST + 1));

        let findings = check(&Tree::from([("a.rs", &*enough), ("b.rs", &*long)]));

        assert_eq!(findings, ["b.rs has 401 lines; 400 are enough"]);
    }

    #[test]
    fn a_file_that_may_be_long_must_be() {
        assert_eq!(judge("a.rs", LONGEST + 1, true), None);
        assert!(judge("a.rs", LONGEST, true).is_some());
    }
}
