//! Results of cargo-mutants.

use std::fmt;

use serde_json::{Value, json};

use crate::infra::failure::{Failure, Status};

/// How many changes the tests detect, and which they do not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Report {
    caught: usize,
    /// Changes that do not compile.
    unviable: usize,
    /// Changes after which the tests do not end; detected, but slowly.
    pub(super) timeouts: Vec<String>,
    pub(super) survivors: Vec<String>,
}

impl Report {
    /// Reads `outcomes.json`.
    pub(super) fn read(outcomes: &Value) -> Self {
        let outcomes = outcomes["outcomes"].as_array().map_or(&[][..], Vec::as_slice);
        let names = |summary: &str| -> Vec<String> {
            let found = outcomes.iter().filter(|it| it["summary"] == summary);
            let names = found.filter_map(|it| it["scenario"]["Mutant"]["name"].as_str());
            names.map(ToOwned::to_owned).collect()
        };
        Self {
            caught: names("CaughtMutant").len(),
            unviable: names("Unviable").len(),
            timeouts: names("Timeout"),
            survivors: names("MissedMutant"),
        }
    }

    /// The total, where `second` tested only the survivors of this run.
    pub(super) fn with_second_run(self, second: Self) -> Self {
        Self {
            caught: self.caught + second.caught,
            unviable: self.unviable + second.unviable,
            ..second
        }
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "caught": self.caught,
            "unviable": self.unviable,
            "timeouts": self.timeouts,
            "survivors": self.survivors,
        })
    }

    pub(super) fn conclude(&self) -> Result<Status, Failure> {
        if self.caught + self.timeouts.len() + self.survivors.len() == 0 {
            return Err(Failure::new("no change was tested: no file matches"));
        }
        match self.survivors.len() {
            0 => Ok(Status::Passed),
            survivors => Err(Failure::new(format!(
                "no test detects {survivors} changes; add tests, or explain them in \
                 .cargo/mutants.toml"
            ))),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [timeouts, survivors] = [&self.timeouts, &self.survivors].map(Vec::len);
        let (caught, unviable) = (self.caught, self.unviable);
        writeln!(
            f,
            "{caught} detected, {timeouts} hang, {survivors} survive, {unviable} do not compile"
        )?;
        for name in &self.timeouts {
            writeln!(f, "hangs: {name}")?;
        }
        for name in &self.survivors {
            writeln!(f, "survives: {name}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(outcomes: &[(&str, &str)]) -> Report {
        let outcome = |(name, summary): &(&str, &str)| json!({"scenario": {"Mutant": {"name": name}}, "summary": summary});
        let baseline = json!({"scenario": "Baseline", "summary": "Success"});
        let all: Vec<Value> = [baseline].into_iter().chain(outcomes.iter().map(outcome)).collect();
        Report::read(&json!({ "outcomes": all }))
    }

    #[test]
    fn survivors_fail_and_are_named() {
        let report = report(&[("a", "CaughtMutant"), ("b", "MissedMutant"), ("c", "Unviable")]);

        let expected = "1 detected, 0 hang, 1 survive, 1 do not compile\nsurvives: b\n";
        assert_eq!(report.to_string(), expected);
        assert!(report.conclude().is_err());
    }

    #[test]
    fn the_second_run_decides_about_survivors() {
        let first = report(&[("a", "CaughtMutant"), ("b", "MissedMutant"), ("c", "Timeout")]);
        let second = report(&[("b", "CaughtMutant"), ("c", "CaughtMutant")]);

        let both = first.with_second_run(second);

        assert_eq!(both.to_string(), "3 detected, 0 hang, 0 survive, 0 do not compile\n");
        assert!(both.conclude().is_ok());
    }

    #[test]
    fn a_run_without_changes_fails() {
        assert!(report(&[]).conclude().is_err());
    }
}
