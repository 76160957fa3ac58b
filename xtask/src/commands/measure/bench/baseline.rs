//! The recorded counts, and their comparison with new ones.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use super::results::{Measurement, Results, quotient};
use crate::infra::failure::Failure;
use crate::infra::shell::Shell;
use crate::infra::table::table;

const FILE: &str = "benches/baseline.json";
const RECORD: &str = "cargo xtask bench --counts --record";

/// Largest growth of a count that CI accepts: 5 %.
const MAX_GROWTH: f64 = 0.05;

/// Largest growth of a count in relation to [`REFERENCE`], if compiler, C library or valgrind are not
/// those of the record: 10 %, because another compiler changes both by a few percent.
const MAX_GROWTH_OF_OTHER_TOOLCHAIN: f64 = 0.10;

/// Row of code that is not ours, compiled by the same compiler.
const REFERENCE: &str = "decode/medium/Value";

/// The recorded counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Baseline {
    toolchain: String,
    rows: BTreeMap<String, Counts>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    instructions: u64,
    allocations: u64,
}

impl Baseline {
    pub(super) fn new(toolchain: String, results: &Results) -> Self {
        let counted =
            results.iter().filter_map(|row| Some((row.name.clone(), Counts::from_row(row)?)));
        Self { toolchain, rows: counted.collect() }
    }

    pub(super) fn write(&self, shell: &Shell) -> Result<(), Failure> {
        let rows = self.rows.iter().map(|(name, counts)| (name.clone(), counts.to_json()));
        let json = json!({
            "update": RECORD,
            "toolchain": self.toolchain,
            "rows": Value::Object(rows.collect()),
        });
        fs::write(shell.root().join(FILE), format!("{json:#}\n"))?;
        eprintln!("recorded {} rows in {FILE}", self.rows.len());
        Ok(())
    }

    pub(super) fn read(shell: &Shell) -> Result<Self, Failure> {
        let unusable = |reason: String| Failure::new(format!("{FILE}: {reason}; run: {RECORD}"));
        let text =
            fs::read(shell.root().join(FILE)).map_err(|error| unusable(error.to_string()))?;
        let json: Value =
            serde_json::from_slice(&text).map_err(|error| unusable(error.to_string()))?;
        Self::from_json(&json).ok_or_else(|| unusable("unexpected format".to_owned()))
    }

    fn from_json(json: &Value) -> Option<Self> {
        let rows = json["rows"].as_object()?.iter();
        let rows = rows.map(|(name, row)| Some((name.clone(), Counts::from_json(row)?)));
        Some(Self {
            toolchain: json["toolchain"].as_str()?.to_owned(),
            rows: rows.collect::<Option<_>>()?,
        })
    }

    /// Fails when `now` is worse than the record, or when the two have different rows.
    pub(super) fn compare(&self, now: &Self) -> Result<String, Failure> {
        let findings = self.findings(now);
        if findings.is_empty() {
            return Ok(self.improvements(now));
        }
        let rows: Vec<_> = findings.into_iter().map(|(name, what)| [name, what]).collect();
        Err(Failure::new(format!(
            "{} rows are not as recorded in {FILE}; if that is intended, run: {RECORD}\n{}{}",
            rows.len(),
            table(&rows),
            self.scale(now).note,
        )))
    }

    fn findings(&self, now: &Self) -> Vec<(String, String)> {
        let scale = self.scale(now);
        let mut findings = Vec::new();
        for (name, before) in &self.rows {
            match now.rows.get(name) {
                None => findings.push((name.clone(), "is recorded, but does not exist".to_owned())),
                Some(after) if is_ours(name) => {
                    let grown = before.growth(*after, &scale);
                    findings.extend(grown.map(|what| (name.clone(), what)));
                }
                Some(_) => {}
            }
        }
        let new = now.rows.keys().filter(|name| !self.rows.contains_key(*name));
        findings.extend(new.map(|name| (name.clone(), "is not recorded".to_owned())));
        findings
    }

    /// Rows that improved so much that the record would not detect a later regression.
    fn improvements(&self, now: &Self) -> String {
        let scale = self.scale(now);
        let improvements = self.rows.iter().filter_map(|(name, before)| {
            let after = now.rows.get(name).filter(|_| is_ours(name))?;
            let change = quotient(after.instructions, before.instructions) / scale.by - 1.0;
            (change < -scale.limit).then(|| format!("{name} {:+.1} %\n", change * 100.0))
        });
        let improvements: String = improvements.collect();
        if improvements.is_empty() {
            scale.note
        } else {
            format!("{improvements}improved; record it: {RECORD}\n")
        }
    }

    fn scale(&self, now: &Self) -> Scale {
        if self.toolchain == now.toolchain {
            return Scale { by: 1.0, limit: MAX_GROWTH, note: String::new() };
        }
        let by = match (self.rows.get(REFERENCE), now.rows.get(REFERENCE)) {
            (Some(before), Some(after)) => quotient(after.instructions, before.instructions),
            _ => 1.0,
        };
        let note = format!(
            "recorded with {}; this is {}: in relation to {REFERENCE}, which went to {by:.3}\n",
            self.toolchain, now.toolchain
        );
        Scale { by, limit: MAX_GROWTH_OF_OTHER_TOOLCHAIN, note }
    }
}

/// Factor and limit for the comparison of counts.
struct Scale {
    by: f64,
    limit: f64,
    note: String,
}

impl Counts {
    fn from_row(row: &Measurement) -> Option<Self> {
        Some(Self { instructions: row.instructions?, allocations: row.allocations?.count })
    }

    fn to_json(self) -> Value {
        json!({"instructions": self.instructions, "allocations": self.allocations})
    }

    fn from_json(json: &Value) -> Option<Self> {
        let number = |name: &str| json[name].as_u64();
        Some(Self { instructions: number("instructions")?, allocations: number("allocations")? })
    }

    /// Counts that grew too much.
    fn growth(self, now: Self, scale: &Scale) -> Option<String> {
        let instructions = quotient(now.instructions, self.instructions) / scale.by;
        let allocations = quotient(now.allocations, self.allocations.max(1));
        // Where there are few allocations, a single one more counts.
        let allocates = now.allocations > self.allocations && allocations > 1.0 + MAX_GROWTH;
        let mut grown = Vec::new();
        if instructions > 1.0 + scale.limit {
            let (from, to) = (self.instructions, now.instructions);
            grown.push(format!(
                "instructions {:+.1} %: {from} to {to}",
                (instructions - 1.0) * 100.0
            ));
        }
        if allocates {
            grown.push(format!("allocations {} to {}", self.allocations, now.allocations));
        }
        (!grown.is_empty()).then(|| grown.join("; "))
    }
}

/// Last parts of the names of rows that measure the code of others.
const PEERS: [&str; 6] = ["Value", "IgnoredAny", "memcpy", "generated", "sonic-rs", "simd-json"];

/// Whether the row measures our code.
fn is_ours(name: &str) -> bool {
    name.rsplit('/').next().is_none_or(|last| !PEERS.contains(&last))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "decode/medium/talon";

    fn baseline(toolchain: &str, ours: u64, reference: u64) -> Baseline {
        let counts = |instructions| Counts { instructions, allocations: 100 };
        let rows = [(OURS.to_owned(), counts(ours)), (REFERENCE.to_owned(), counts(reference))];
        Baseline { toolchain: toolchain.to_owned(), rows: rows.into() }
    }

    #[test]
    fn growth_beyond_five_percent_fails_and_says_how_much() {
        let recorded = baseline("1", 1000, 2000);

        assert!(recorded.compare(&baseline("1", 1050, 2000)).is_ok());
        let failure = recorded.compare(&baseline("1", 1051, 2000)).unwrap_err().to_string();

        assert!(failure.contains("instructions +5.1 %: 1000 to 1051"), "{failure}");
        assert!(failure.contains(RECORD), "{failure}");
    }

    #[test]
    fn what_others_cost_is_not_judged() {
        assert!(baseline("1", 1000, 2000).compare(&baseline("1", 1000, 4000)).is_ok());
    }

    #[test]
    fn with_another_compiler_the_ratio_to_the_reference_counts() {
        let recorded = baseline("1", 1000, 2000);

        assert!(recorded.compare(&baseline("2", 1300, 2600)).is_ok());
        assert!(recorded.compare(&baseline("2", 1110, 2000)).is_err());
        assert!(recorded.compare(&baseline("2", 1000, 1800)).is_err());
    }

    #[test]
    fn an_allocation_more_fails() {
        let recorded = baseline("1", 1000, 2000);
        let mut now = recorded.clone();
        now.rows.get_mut(OURS).unwrap().allocations = 106;

        let failure = recorded.compare(&now).unwrap_err().to_string();

        assert!(failure.contains("allocations 100 to 106"), "{failure}");
    }

    #[test]
    fn rows_that_come_and_go_are_recorded_on_purpose() {
        let recorded = baseline("1", 1000, 2000);
        let mut now = recorded.clone();
        now.rows.remove(OURS);
        now.rows.insert("decode/medium/better".to_owned(), Counts::default());

        let failure = recorded.compare(&now).unwrap_err().to_string();

        assert!(failure.contains("is recorded, but does not exist"), "{failure}");
        assert!(failure.contains("decode/medium/better  is not recorded"), "{failure}");
    }

    #[test]
    fn a_gain_is_worth_recording() {
        let note = baseline("1", 1000, 2000).compare(&baseline("1", 800, 2000)).unwrap();

        assert!(note.starts_with("decode/medium/talon -20.0 %\n"), "{note}");
    }

    #[test]
    fn what_is_written_can_be_read() {
        let recorded = baseline("1", 1000, 2000);
        let rows = recorded.rows.iter().map(|(name, row)| (name.clone(), row.to_json()));
        let json = json!({"toolchain": "1", "rows": Value::Object(rows.collect())});

        assert_eq!(Baseline::from_json(&json), Some(recorded));
    }
}
