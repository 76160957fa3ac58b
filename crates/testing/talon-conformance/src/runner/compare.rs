//! Comparison of an implementation with the fake.

use std::fmt;

use crate::{Capability, Case, Implementation, Outcome, suite};

/// The results of an implementation in the cases that it can run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Number of passed cases.
    pub passed: usize,
    /// Cases that the implementation failed.
    pub differences: Vec<Difference>,
    /// Cases that it cannot run, and the missing capability.
    pub skipped: Vec<(&'static Case, Capability)>,
}

/// A difference between an implementation and the fake.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The case.
    pub case: &'static Case,
    /// The asserted value, which the fake returns.
    pub expected: String,
    /// The value of the implementation.
    pub got: String,
}

/// Runs the cases one after another, each first against `fake` without the capabilities that
/// `implementation` does not have, then against `implementation`.
///
/// A case that the fake skips does not run against the implementation.
///
/// # Panics
/// When the fake itself fails a case.
pub async fn compare(fake: Implementation, implementation: Implementation) -> Report {
    let fake = fake.without(implementation.missing());
    let mut report = Report::default();
    for case in suite() {
        let outcome = match case.run(fake).await {
            Outcome::Passed => case.run(implementation).await,
            Outcome::Failed(message) => panic!("the fake itself fails {case}: {message}"),
            skipped @ Outcome::Skipped(_) => skipped,
        };
        match outcome {
            Outcome::Passed => report.passed += 1,
            Outcome::Skipped(missing) => report.skipped.push((case, missing)),
            Outcome::Failed(message) => report.differences.push(Difference::new(case, &message)),
        }
    }
    report
}

impl Difference {
    /// Parses the message of a failed assertion.
    fn new(case: &'static Case, message: &str) -> Self {
        let (expected, got) = sides(message).unwrap_or(("the case holds", message));
        Self { case, expected: expected.to_owned(), got: got.to_owned() }
    }
}

/// The expected and the actual value in messages of `assert_eq!`, `assert!` and `expect`.
fn sides(message: &str) -> Option<(&str, &str)> {
    if let Some((_, sides)) = message.split_once("\n  left: ") {
        return sides.split_once("\n right: ").map(|(left, right)| (right, left));
    }
    if let Some(condition) = message.strip_prefix("assertion failed: ") {
        return Some((condition, "not so"));
    }
    message.split_once(": ")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, differences, skipped } = self;
        let (differ, lack) = (differences.len(), skipped.len());
        writeln!(f, "{passed} cases pass, {differ} differ, {lack} are skipped")?;
        if !differences.is_empty() {
            writeln!(f)?;
            let head = ["operation", "case", "expected", "got"].map(str::to_owned);
            let row = |it: &Difference| {
                let operation = it.case.operation.to_owned();
                [operation, it.case.to_string(), shortened(&it.expected), shortened(&it.got)]
            };
            write_table(f, head, differences.iter().map(row))?;
        }
        if !skipped.is_empty() {
            writeln!(f)?;
            let head = ["skipped", "lacks"].map(str::to_owned);
            let rows =
                skipped.iter().map(|(case, missing)| [case.to_string(), missing.to_string()]);
            write_table(f, head, rows)?;
        }
        Ok(())
    }
}

fn write_table<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    head: [String; N],
    rows: impl Iterator<Item = [String; N]>,
) -> fmt::Result {
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [_; N] = std::array::from_fn(|column| width(column).unwrap_or_default());
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// One line that fits into a cell.
fn shortened(text: &str) -> String {
    const MAX_CHARS: usize = 100;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_expected_is_taken_from_the_message() {
        let equal = "assertion `left == right` failed: anna\n  left: 1\n right: 2";

        assert_eq!(sides(equal), Some(("2", "1")));
        assert_eq!(sides("assertion failed: a.is_b()"), Some(("a.is_b()", "not so")));
        assert_eq!(sides("accepted: Error"), Some(("accepted", "Error")));
        assert_eq!(sides("no colon"), None);
    }

    #[test]
    fn a_report_has_a_row_for_each_difference_and_each_skipped_case() {
        let mut cases = suite();
        let mut case = || cases.next().expect("the suite has cases");
        let (differs, skipped) = (case(), case());
        let report = Report {
            passed: 3,
            differences: vec![Difference::new(differs, &format!("accepted: {}", "x".repeat(200)))],
            skipped: vec![(skipped, Capability::Seed)],
        };

        let text = report.to_string();

        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "3 cases pass, 1 differ, 1 are skipped");
        assert!(lines[3].starts_with(differs.operation) && lines[3].contains("  accepted  xxx"));
        assert!(lines[3].ends_with("x…") && lines[3].contains(&differs.to_string()));
        assert!(lines[6].starts_with(&skipped.to_string()) && lines[6].ends_with("  seed"));
    }
}
