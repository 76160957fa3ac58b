//! Rust files that have grown too long to be pleasant.

use crate::infra::tree::Tree;

const LONGEST: usize = 400;

/// Files that may be longer, each with its reason.
const ALLOWED: &[(&str, &str)] =
    &[("crates/talon-core/src/arbitrary/model.rs", "one list: the members of every model")];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let files = tree.with_extension("rs").map(|(path, text)| (path, text.lines().count()));
    files.filter_map(|(path, lines)| judge(path, lines)).collect()
}

fn judge(path: &str, lines: usize) -> Option<String> {
    let is_allowed = ALLOWED.iter().any(|(allowed, _)| *allowed == path);
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
        let (path, _) = ALLOWED[0];

        assert_eq!(judge(path, LONGEST + 1), None);
        assert!(judge(path, LONGEST).is_some());
    }
}
