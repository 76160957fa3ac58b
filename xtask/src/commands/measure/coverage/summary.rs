//! Coverage of one crate, and its public functions that no test runs.

use super::lcov::{File, Function, Lcov};
use crate::infra::tree::Tree;

pub(super) struct Summary {
    pub(super) name: &'static str,
    pub(super) lines: usize,
    pub(super) covered: usize,
    /// Number of public functions.
    pub(super) functions: usize,
    /// `path:line name`
    pub(super) untested: Vec<String>,
}

impl Summary {
    pub(super) fn new(name: &'static str, lcov: &Lcov, tree: &Tree) -> Self {
        let mut summary = Self { name, lines: 0, covered: 0, functions: 0, untested: Vec::new() };
        let folder = format!("crates/{name}/src/");
        for (path, file) in lcov.0.iter().filter(|(path, _)| path.starts_with(&folder)) {
            summary.lines += file.lines.len();
            summary.covered += file.lines.values().filter(|count| **count > 0).count();
            let source: Vec<&str> = tree.get(path).unwrap_or_default().lines().collect();
            for function in file.functions.iter().filter(|it| is_public(it, &source)) {
                summary.functions += 1;
                if !is_run(function, file, &source) {
                    summary.untested.push(format!("{path}:{} {}", function.line, function.name));
                }
            }
        }
        summary
    }

    pub(super) fn row(&self) -> [String; 6] {
        let percent = self.covered * 100 / self.lines.max(1);
        [
            self.name.to_owned(),
            self.lines.to_string(),
            self.covered.to_string(),
            format!("{percent} %"),
            self.functions.to_string(),
            self.untested.len().to_string(),
        ]
    }
}

/// Whether the line that the report names begins a function that users can call. (Methods of
/// traits are called through their trait; they count as lines only.)
fn is_public(function: &Function, source: &[&str]) -> bool {
    let line = source.get(function.line.wrapping_sub(1)).copied().unwrap_or_default().trim_start();
    line.strip_prefix("pub ").is_some_and(|rest| {
        let words = rest.split_whitespace();
        words.take_while(|word| !word.contains('(')).any(|word| word == "fn")
    })
}

/// Whether any line of the function ran: from its first line to the bracket below it, which
/// rustfmt indents equally.
fn is_run(function: &Function, file: &File, source: &[&str]) -> bool {
    let first = source.get(function.line - 1).copied().unwrap_or_default();
    let indent = &first[..first.len() - first.trim_start().len()];
    let end = format!("{indent}}}");
    let length = source[function.line - 1..].iter().position(|line| *line == end).unwrap_or(0);
    let last = if first.trim_end().ends_with('}') { 0 } else { length };
    file.lines.range(function.line..=function.line + last).any(|(_, count)| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "crates/talon-core/src/a.rs";
    const SOURCE: &str = "impl A {\n    pub fn run(\n        self,\n    ) {\n        go()\n    }\n\
                          \n    pub const fn idle() {}\n    pub(crate) fn ours() {}\n}\n";

    fn summary(lines: &[(usize, u64)]) -> Summary {
        let function = |(line, name): (usize, &str)| Function { line, name: name.to_owned() };
        let functions = [(2, "A::run"), (8, "A::idle"), (9, "A::ours")].map(function).into();
        let file = File { functions, lines: lines.iter().copied().collect() };
        let lcov = Lcov([(PATH.to_owned(), file)].into());
        Summary::new("talon-core", &lcov, &Tree::from([(PATH, SOURCE)]))
    }

    #[test]
    fn a_line_inside_is_enough_to_be_run() {
        let summary = summary(&[(2, 0), (5, 1), (8, 0), (9, 0)]);

        assert_eq!(summary.untested, [format!("{PATH}:8 A::idle")]);
        assert_eq!((summary.lines, summary.covered, summary.functions), (4, 1, 2));
    }

    #[test]
    fn the_next_function_does_not_lend_its_lines() {
        let summary = summary(&[(2, 0), (5, 0), (8, 1)]);

        assert_eq!(summary.untested, [format!("{PATH}:2 A::run")]);
    }
}
