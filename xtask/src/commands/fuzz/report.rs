//! Figures of a run, from the log of libFuzzer.

use serde_json::{Value, json};

/// Cells of the table.
pub(super) const HEAD: [&str; 8] =
    ["target", "executions", "per second", "coverage", "new", "inputs", "crashes", "seconds"];

/// Numbers of one target.
pub(super) struct Report {
    pub(super) target: String,
    executions: Option<u64>,
    per_second: Option<u64>,
    /// Edges that the initial inputs reached.
    coverage_before: Option<u64>,
    coverage: Option<u64>,
    /// Inputs that were kept because each reaches something that no other does.
    inputs: Option<u64>,
    pub(super) crashes: usize,
    /// Including the build.
    seconds: f64,
}

impl Report {
    /// Reads libFuzzer's log.
    pub(super) fn new(target: &str, log: &str, crashes: usize, seconds: f64) -> Self {
        let begun = log.lines().find(|line| line.contains("INITED"));
        Self {
            target: target.to_owned(),
            executions: last_number(log, "stat::number_of_executed_units:")
                .or_else(|| executions(log)),
            per_second: last_number(log, "stat::average_exec_per_sec:"),
            coverage_before: begun.and_then(|line| last_number(line, " cov:")),
            coverage: last_number(log, " cov:"),
            inputs: last_number(log, " corp:"),
            crashes,
            seconds,
        }
    }

    /// Edges that the initial inputs did not reach.
    fn new_coverage(&self) -> Option<u64> {
        Some(self.coverage?.saturating_sub(self.coverage_before?))
    }

    /// Cells of the table; a dash where the log has no figure.
    pub(super) fn row(&self) -> [String; HEAD.len()] {
        let cell = |number: Option<u64>| number.map_or("-".to_owned(), |it| it.to_string());
        [
            self.target.clone(),
            cell(self.executions),
            cell(self.per_second),
            cell(self.coverage),
            cell(self.new_coverage()),
            cell(self.inputs),
            self.crashes.to_string(),
            format!("{:7.1}", self.seconds),
        ]
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "target": self.target,
            "executions": self.executions,
            "per_second": self.per_second,
            "coverage": self.coverage,
            "new_coverage": self.new_coverage(),
            "inputs": self.inputs,
            "crashes": self.crashes,
            "seconds": (self.seconds * 10.0).round() / 10.0,
        })
    }
}

/// Cells of the last row. Targets share code, so the sum of their coverage has no meaning.
pub(super) fn sum(reports: &[Report]) -> [String; HEAD.len()] {
    let sum = |number: fn(&Report) -> Option<u64>| -> String {
        reports.iter().filter_map(number).sum::<u64>().to_string()
    };
    [
        "all".to_owned(),
        sum(|it| it.executions),
        String::new(),
        String::new(),
        sum(Report::new_coverage),
        sum(|it| it.inputs),
        reports.iter().map(|it| it.crashes).sum::<usize>().to_string(),
        format!("{:7.1}", reports.iter().map(|it| it.seconds).sum::<f64>()),
    ]
}

/// Progress, from the log so far.
pub(super) fn progress(log: &str) -> String {
    match (executions(log), last_number(log, " cov:")) {
        (Some(executions), Some(coverage)) => {
            format!("{executions} executions, coverage {coverage}")
        }
        _ => "building".to_owned(),
    }
}

/// The number at the beginning of the last line such as `#512 pulse cov: 10`.
fn executions(log: &str) -> Option<u64> {
    let mut lines = log.lines().rev().filter_map(|line| line.strip_prefix('#'));
    lines.find_map(|line| line.split_whitespace().next()?.parse().ok())
}

/// The number after the last `label`.
fn last_number(log: &str, label: &str) -> Option<u64> {
    let (_, after) = log.rsplit_once(label)?;
    let digits = after.trim_start().split(|other: char| !other.is_ascii_digit());
    digits.into_iter().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "   Compiling talon\n#2 INITED cov: 10 ft: 11 corp: 1/2b\n\
        #9 DONE cov: 12 ft: 20 corp: 3/9b lim: 4\n";

    #[test]
    fn the_last_numbers_count() {
        let stats = "stat::number_of_executed_units: 9\nstat::average_exec_per_sec:     4\n";

        let report = Report::new("path", &format!("{LOG}{stats}"), 0, 61.25);

        assert_eq!(report.row(), ["path", "9", "4", "12", "2", "3", "0", "   61.2"]);
        assert_eq!(report.to_json()["new_coverage"], 2);
    }

    #[test]
    fn a_crash_before_any_number_is_still_a_crash() {
        assert_eq!(Report::new("path", "", 1, 0.0).row()[1..7], ["-", "-", "-", "-", "-", "1"]);
    }

    #[test]
    fn progress_is_read_from_the_log() {
        assert_eq!(progress("   Compiling talon\n"), "building");
        assert_eq!(progress(LOG), "9 executions, coverage 12");
    }
}
