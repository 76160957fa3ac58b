//! What libFuzzer says at the end of a run.

/// Numbers of one target.
pub(super) struct Report {
    pub(super) target: String,
    executions: Option<u64>,
    per_second: Option<u64>,
    coverage: Option<u64>,
    pub(super) crashes: usize,
}

impl Report {
    /// Reads libFuzzer's log.
    pub(super) fn of(target: &str, log: &str, crashes: usize) -> Self {
        Self {
            target: target.to_owned(),
            executions: last_number(log, "stat::number_of_executed_units:"),
            per_second: last_number(log, "stat::average_exec_per_sec:"),
            coverage: last_number(log, " cov:"),
            crashes,
        }
    }

    /// Cells of the table; what the log does not say is a dash.
    pub(super) fn row(&self) -> [String; 5] {
        let cell = |number: Option<u64>| number.map_or("-".to_owned(), |it| it.to_string());
        [
            self.target.clone(),
            cell(self.executions),
            cell(self.per_second),
            cell(self.coverage),
            self.crashes.to_string(),
        ]
    }
}

/// The number after the last `label`.
fn last_number(log: &str, label: &str) -> Option<u64> {
    let (_, after) = log.rsplit_once(label)?;
    after.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_numbers_count() {
        let log = "#2 INITED cov: 10 ft: 11\n#9 DONE cov: 12 ft: 20 corp: 3/9b\n\
                   stat::number_of_executed_units: 9\nstat::average_exec_per_sec:     4\n";

        let report = Report::of("path", log, 0);

        assert_eq!(report.row(), ["path", "9", "4", "12", "0"]);
    }

    #[test]
    fn a_crash_before_any_number_is_still_a_crash() {
        assert_eq!(Report::of("path", "", 1).row(), ["path", "-", "-", "-", "1"]);
    }
}
