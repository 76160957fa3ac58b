//! Words of work in progress, and of one machine.

use crate::infra::tree::Tree;

/// Each in two parts, so that this file does not contain it.
const WORDS: &[(&str, &str)] = &[
    ("to", "do!("),
    ("TO", "DO"),
    ("FIX", "ME"),
    ("XX", "X"),
    ("#[", "ignore"),
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("artif", "actory"),
    ("index.crates", ".io"),
    ("static.crates", ".io"),
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let words: Vec<String> = WORDS.iter().map(|(start, end)| format!("{start}{end}")).collect();
    let mut findings = Vec::new();
    for (path, text) in tree.iter() {
        for (number, line) in text.lines().enumerate() {
            let found = words.iter().filter(|word| has_word(line, word));
            findings.extend(found.map(|word| format!("{path}:{}: {word}", number + 1)));
        }
    }
    findings
}

/// Whether the word stands by itself, and is no part of a longer word or path.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |next: Option<char>| next.is_some_and(|it| it.is_alphanumeric() || it == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let goes_on = word.ends_with(char::is_alphanumeric) && is_part(after);
        !(is_part(before) || goes_on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_found_where_it_stands() {
        for (start, end) in WORDS {
            let text = format!("fine\n  // {start}{end} \n");

            let findings = check(&Tree::from([("a.rs", &*text)]));

            assert_eq!(findings, [format!("a.rs:2: {start}{end}")]);
        }
    }

    #[test]
    fn parts_of_other_words_are_fine() {
        let text = "XXXX a/work/b _todo!(x) ignore root";

        assert_eq!(check(&Tree::from([("a.md", text)])), [""; 0]);
    }
}
