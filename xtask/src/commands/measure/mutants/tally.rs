//! What cargo-mutants found.

use std::fmt;

use serde_json::{Value, json};

use crate::infra::failure::{Done, Failure};

/// How many changes tests notice, and which they do not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tally {
    caught: usize,
    /// Changes that do not compile.
    unviable: usize,
    /// Changes after which tests run on without end; noticed, but at a price.
    pub(super) timeouts: Vec<String>,
    pub(super) survivors: Vec<String>,
}

impl Tally {
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

    /// The whole, when `second` tried only what was not noticed in this one.
    pub(super) fn after_appeal(self, second: Self) -> Self {
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

    pub(super) fn conclude(&self) -> Result<Done, Failure> {
        if self.caught + self.timeouts.len() + self.survivors.len() == 0 {
            return Err(Failure::new("nothing was changed: no file has such a name"));
        }
        match self.survivors.len() {
            0 => Ok(Done::Passed),
            survivors => Err(Failure::new(format!(
                "no test notices {survivors} changes; write one, or explain them in \
                 .cargo/mutants.toml"
            ))),
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [timeouts, survivors] = [&self.timeouts, &self.survivors].map(Vec::len);
        let (caught, unviable) = (self.caught, self.unviable);
        writeln!(
            f,
            "{caught} noticed, {timeouts} hang, {survivors} survive, {unviable} do not compile"
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

    fn tally(outcomes: &[(&str, &str)]) -> Tally {
        let outcome = |(name, summary): &(&str, &str)| json!({"scenario": {"Mutant": {"name": name}}, "summary": summary});
        let baseline = json!({"scenario": "Baseline", "summary": "Success"});
        let all: Vec<Value> = [baseline].into_iter().chain(outcomes.iter().map(outcome)).collect();
        Tally::read(&json!({ "outcomes": all }))
    }

    #[test]
    fn what_survives_fails_and_is_named() {
        let tally = tally(&[("a", "CaughtMutant"), ("b", "MissedMutant"), ("c", "Unviable")]);

        let expected = "1 noticed, 0 hang, 1 survive, 1 do not compile\nsurvives: b\n";
        assert_eq!(tally.to_string(), expected);
        assert!(tally.conclude().is_err());
    }

    #[test]
    fn the_second_try_decides_about_survivors() {
        let first = tally(&[("a", "CaughtMutant"), ("b", "MissedMutant"), ("c", "Timeout")]);
        let second = tally(&[("b", "CaughtMutant"), ("c", "CaughtMutant")]);

        let both = first.after_appeal(second);

        assert_eq!(both.to_string(), "3 noticed, 0 hang, 0 survive, 0 do not compile\n");
        assert!(both.conclude().is_ok());
    }

    #[test]
    fn no_change_is_no_success() {
        assert!(tally(&[]).conclude().is_err());
    }
}
