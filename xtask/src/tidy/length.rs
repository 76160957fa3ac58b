//! Rust files that have grown too long to be pleasant.

use crate::tree::Tree;

const LONGEST: usize = 400;

/// Files that may be longer, each with its reason.
const ALLOWED: &[(&str, &str)] = &[];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let is_allowed = |path: &str| ALLOWED.iter().any(|(allowed, _)| *allowed == path);
    let long = tree.with_extension("rs").map(|(path, text)| (path, text.lines().count()));
    let long = long.filter(|(path, lines)| *lines > LONGEST && !is_allowed(path));
    long.map(|(path, lines)| format!("{path} has {lines} lines; {LONGEST} are enough")).collect()
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
}
