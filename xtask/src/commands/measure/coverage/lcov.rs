//! The format of `lcov`: a record for each file, a line for each fact.

use std::collections::BTreeMap;

/// Coverage of files, by path from the root.
#[derive(Default)]
pub(super) struct Lcov(pub(super) BTreeMap<String, File>);

/// Coverage of one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct File {
    pub(super) functions: Vec<Function>,
    /// Executions of each line, by line number.
    pub(super) lines: BTreeMap<usize, u64>,
}

/// A function: its first line and its full name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) line: usize,
    pub(super) name: String,
}

impl Lcov {
    /// Files outside of `root` are left out.
    pub(super) fn read(report: &str, root: &str) -> Self {
        let mut lcov = Self::default();
        let mut path = None;
        for fact in report.lines() {
            let Some((key, value)) = fact.split_once(':') else { continue };
            if key == "SF" {
                path = value.strip_prefix(root).map(|path| path.trim_start_matches('/').to_owned());
            }
            let Some(path) = &path else { continue };
            let file = lcov.0.entry(path.clone()).or_default();
            match (key, value.split_once(',')) {
                ("FN", Some((line, name))) => file.functions.extend(function(line, name)),
                ("DA", Some((line, count))) => file.ran(number(line), number(count)),
                _ => {}
            }
        }
        lcov
    }
}

impl File {
    fn ran(&mut self, line: Option<usize>, count: Option<u64>) {
        self.lines.extend(line.zip(count));
    }
}

fn function(line: &str, name: &str) -> Option<Function> {
    Some(Function { line: number(line)?, name: name.to_owned() })
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.split(',').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_become_files() {
        let report = "TN:\nSF:/r/a.rs\nFN:3,A::b\nFNF:1\nFNDA:2,A::b\nDA:3,2\nDA:4,0\nLF:2\nLH:1\n\
                      end_of_record\nSF:/elsewhere/c.rs\nDA:1,1\nend_of_record\n";

        let lcov = Lcov::read(report, "/r");

        let name = "A::b".to_owned();
        let functions = vec![Function { line: 3, name }];
        let file = File { functions, lines: [(3, 2), (4, 0)].into() };
        assert_eq!(lcov.0, [("a.rs".to_owned(), file)].into());
    }
}
