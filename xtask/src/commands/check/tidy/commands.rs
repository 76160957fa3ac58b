//! Commands of xtask that documents mention.

use clap::{Command, CommandFactory};

use crate::Arguments;
use crate::infra::tree::Tree;

const CALL: &str = "cargo xtask ";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let xtask = Arguments::command();
    let documents = tree.with_extension("md");
    let lines = documents.flat_map(|(path, text)| {
        text.lines().enumerate().map(move |(number, line)| (path, number + 1, line))
    });
    lines
        .flat_map(|(path, number, line)| {
            let unknown = calls(line).flat_map(|call| unknown(&xtask, call));
            unknown.map(move |word| format!("{path}:{number}: cargo xtask knows no {word}"))
        })
        .collect()
}

/// What follows `cargo xtask` in a line, up to the end of the code.
fn calls(line: &str) -> impl Iterator<Item = &str> {
    line.split(CALL).skip(1).map(|rest| rest.split(['`', '#', ';']).next().unwrap_or_default())
}

/// The subcommand or options that do not exist.
fn unknown(xtask: &Command, call: &str) -> Vec<String> {
    let mut words = call.split_whitespace().map(|word| word.trim_matches(['[', ']', ',', '.']));
    let name = words.next().unwrap_or_default();
    if name.is_empty() || name.starts_with("--") {
        return Vec::new();
    }
    let Some(command) = xtask.find_subcommand(name) else { return vec![name.to_owned()] };
    let options = words.filter_map(|word| word.strip_prefix("--"));
    let exists = |option: &str| {
        let option = option.split('=').next();
        option == Some("help") || command.get_arguments().any(|it| it.get_long() == option)
    };
    options.filter(|option| !exists(option)).map(|option| format!("{name} --{option}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(line: &str) -> Vec<String> {
        check(&Tree::from([("a.md", line)]))
    }

    #[test]
    fn commands_that_exist_are_fine() {
        let line = "`cargo xtask bench --counts --record`, `cargo xtask ci [STEP …]`";

        assert_eq!(findings(line), [""; 0]);
    }

    #[test]
    fn a_command_or_an_option_that_is_gone_is_found() {
        let line = "`cargo xtask brew`, or `cargo xtask bench --counts --brew` # --what";

        let expected =
            ["a.md:1: cargo xtask knows no brew", "a.md:1: cargo xtask knows no bench --brew"];
        assert_eq!(findings(line), expected);
    }
}
