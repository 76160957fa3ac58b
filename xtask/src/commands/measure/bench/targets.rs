//! Performance targets, and whether they are met.

use super::results::{Results, number, quotient};

/// An upper limit for a ratio.
pub(super) struct Target {
    pub(super) work: &'static str,
    pub(super) most: f64,
    measure: Measure,
}

enum Measure {
    /// Time of a row divided by that of another; instructions where no time was measured.
    Ratio(&'static str, &'static str),
    /// Allocations of a row divided by those of another.
    Allocations(&'static str, &'static str),
    /// Bytes that the result of a row holds, divided by those of another.
    Held(&'static str, &'static str),
    /// Time per byte of a row divided by that of another.
    PerByte(&'static str, &'static str),
}

/// Measured value of a target.
pub(super) struct TargetResult {
    pub(super) target: &'static Target,
    pub(super) measured: f64,
    /// Unit, and range where the value was measured several times.
    pub(super) how: String,
}

const VALUE: &str = "decode/medium/Value";

pub(super) const TARGETS: &[Target] = &[
    Target {
        work: "decode small, of Value",
        most: 0.50,
        measure: Measure::Ratio("decode/small/talon", "decode/small/Value"),
    },
    Target {
        work: "decode medium, of Value",
        most: 0.42,
        measure: Measure::Ratio("decode/medium/talon", VALUE),
    },
    Target {
        work: "decode medium by serde_json, of Value",
        most: 0.65,
        measure: Measure::Ratio("decode/medium/talon by serde_json", VALUE),
    },
    Target {
        work: "decode large, of Value",
        most: 0.50,
        measure: Measure::Ratio("decode/large/talon", "decode/large/Value"),
    },
    Target {
        work: "decode large, for each byte, of medium",
        most: 1.10,
        measure: Measure::PerByte("decode/large/talon", "decode/medium/talon"),
    },
    Target {
        work: "encode medium, of decoding it as Value",
        most: 0.25,
        measure: Measure::Ratio("encode/medium/talon", VALUE),
    },
    Target {
        work: "encode small, of sonic-rs on generated types",
        most: 1.00,
        measure: Measure::Ratio("encode/small/talon", "encode/small/sonic-rs"),
    },
    Target {
        work: "encode medium, of sonic-rs on generated types",
        most: 1.00,
        measure: Measure::Ratio("encode/medium/talon", "encode/medium/sonic-rs"),
    },
    Target {
        work: "encode large, of sonic-rs on generated types",
        most: 1.00,
        measure: Measure::Ratio("encode/large/talon", "encode/large/sonic-rs"),
    },
    Target {
        work: "session update served, of hyper alone",
        // 0.65 of its requests per second.
        most: 1.54,
        measure: Measure::Ratio("served/session/talon", "served/session/hyper"),
    },
    Target {
        work: "allocations to decode medium, of generated types",
        most: 0.60,
        measure: Measure::Allocations("decode/medium/talon", "decode/medium/generated"),
    },
    Target {
        work: "memory of the decoded medium reply, of generated types",
        most: 1.00,
        measure: Measure::Held("decode/medium/talon", "decode/medium/generated"),
    },
];

/// Targets that were measured.
pub(super) fn results_of(results: &Results) -> Vec<TargetResult> {
    TARGETS.iter().filter_map(|target| target.result(results)).collect()
}

impl Target {
    fn result(&'static self, results: &Results) -> Option<TargetResult> {
        let (measured, how) = self.measure.of(results)?;
        Some(TargetResult { target: self, measured, how })
    }
}

impl TargetResult {
    pub(super) fn is_met(&self) -> bool {
        self.measured <= self.target.most
    }
}

impl Measure {
    fn of(&self, results: &Results) -> Option<(f64, String)> {
        match *self {
            Self::Ratio(row, reference) => {
                let timed = results.time_ratio(row, reference).map(|ratio| {
                    (ratio.median, format!("time, {:.2} to {:.2}", ratio.least, ratio.most))
                });
                let counted = || Some((results.instruction_ratio(row, reference)?, instructions()));
                timed.or_else(counted)
            }
            Self::Allocations(row, reference) => {
                let (row, reference) =
                    (results.get(row)?.allocations?, results.get(reference)?.allocations?);
                let how = format!("{} of {}", row.count, reference.count);
                Some((quotient(row.count, reference.count), how))
            }
            Self::Held(row, reference) => {
                let held = |row| results.get(row)?.allocations?.held;
                let (held, of) = (held(row)?, held(reference)?);
                Some((quotient(held, of), format!("{held} of {of} bytes")))
            }
            Self::PerByte(row, reference) => {
                let sizes =
                    number(results.get(reference)?.bytes?) / number(results.get(row)?.bytes?);
                let timed = results.time_ratio(row, reference).map(|ratio| {
                    let (least, most) = (ratio.least * sizes, ratio.most * sizes);
                    (ratio.median * sizes, format!("time, {least:.2} to {most:.2}"))
                });
                let counted =
                    || Some((results.instruction_ratio(row, reference)? * sizes, instructions()));
                timed.or_else(counted)
            }
        }
    }
}

fn instructions() -> String {
    "instructions".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(ours: f64, value: f64) -> Results {
        let mut results = Results::default();
        results.row("decode/medium/talon").times = vec![ours];
        results.row(VALUE).times = vec![value];
        results
    }

    #[test]
    fn a_target_is_met_or_missed() {
        for (ours, is_met) in [(20.0, true), (21.0, true), (21.1, false)] {
            let results_of = results_of(&results(ours, 50.0));

            assert_eq!(results_of.len(), 1);
            assert_eq!(results_of[0].is_met(), is_met, "{ours}");
        }
    }

    #[test]
    fn instructions_stand_in_for_time() {
        let mut results = Results::default();
        results.row("decode/medium/talon").instructions = Some(30);
        results.row(VALUE).instructions = Some(100);

        let results_of = results_of(&results);

        assert_eq!(results_of[0].how, "instructions");
        assert!((results_of[0].measured - 0.3).abs() < 1e-9);
    }
}
