//! Measurements, by row.

/// Measurement of one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Measurement {
    /// Name, such as `decode/medium/talon`.
    pub(super) name: String,
    /// Bytes of JSON that one call reads or writes.
    pub(super) bytes: Option<u64>,
    /// Instructions of one call.
    pub(super) instructions: Option<u64>,
    pub(super) allocations: Option<Allocations>,
    /// Median of each run, in nanoseconds.
    pub(super) times: Vec<f64>,
}

/// Allocations of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Allocations {
    pub(super) count: u64,
    /// Bytes of all of them.
    pub(super) bytes: u64,
    /// The most bytes held at once.
    pub(super) most: u64,
    /// Bytes that the result holds.
    pub(super) held: Option<u64>,
}

/// A ratio that was measured several times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratio {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

/// Rows in the order of the report.
#[derive(Clone, Debug, Default)]
pub(super) struct Results(Vec<Measurement>);

impl Results {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Measurement> {
        self.0.iter()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Measurement> {
        self.0.iter().find(|row| row.name == name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The row of this name, added if it does not exist.
    pub(super) fn row(&mut self, name: &str) -> &mut Measurement {
        let place = self.0.iter().position(|row| row.name == name).unwrap_or_else(|| {
            self.0.push(Measurement { name: name.to_owned(), ..Measurement::default() });
            self.0.len() - 1
        });
        &mut self.0[place]
    }

    /// Adds the figures of `other` that are missing here.
    pub(super) fn merge(&mut self, other: Self) {
        for theirs in other.0 {
            let ours = self.row(&theirs.name);
            ours.bytes = ours.bytes.or(theirs.bytes);
            ours.instructions = ours.instructions.or(theirs.instructions);
            ours.allocations = ours.allocations.or(theirs.allocations);
            if ours.times.is_empty() {
                ours.times = theirs.times;
            }
        }
    }

    /// Time of a row in that of another, run by run.
    pub(super) fn time_ratio(&self, row: &str, reference: &str) -> Option<Ratio> {
        let (row, reference) = (self.get(row)?, self.get(reference)?);
        Ratio::from_values(row.times.iter().zip(&reference.times).map(|(time, of)| time / of))
    }

    /// Instructions of a row in those of another.
    pub(super) fn instruction_ratio(&self, row: &str, reference: &str) -> Option<f64> {
        Some(quotient(self.get(row)?.instructions?, self.get(reference)?.instructions?))
    }
}

impl Measurement {
    /// Median of the runs, in nanoseconds.
    pub(super) fn time(&self) -> Option<f64> {
        Ratio::from_values(self.times.iter().copied()).map(|times| times.median)
    }

    /// Bytes of JSON a second.
    pub(super) fn throughput(&self) -> Option<f64> {
        Some(number(self.bytes?) / self.time()? * 1e9)
    }
}

impl Ratio {
    /// Median and extremes; `None` without values.
    pub(super) fn from_values(values: impl Iterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        Some(Self { median: values[values.len() / 2], least, most })
    }
}

/// The row to compare with: of the codec, decoding the same payload as `Value`; of a call or a server,
/// the HTTP library alone.
pub(super) fn reference(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split('/').collect();
    let reference = match parts[..] {
        ["decode" | "encode", which, _] => format!("decode/{which}/Value"),
        ["call", "talon-hyper", at_once] => format!("call/hyper alone/{at_once}"),
        ["call", "talon-reqwest", at_once] => format!("call/reqwest alone/{at_once}"),
        ["served", request, "talon"] => format!("served/{request}/hyper"),
        _ => return None,
    };
    (name != reference).then_some(reference)
}

pub(super) fn quotient(of: u64, by: u64) -> f64 {
    number(of) / number(by)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(rows: &[(&str, &[f64])]) -> Results {
        let mut results = Results::default();
        for (name, times) in rows {
            results.row(name).times = times.to_vec();
        }
        results
    }

    #[test]
    fn ratios_are_taken_within_each_run() {
        let results = timed(&[("a", &[1.0, 4.0, 3.0]), ("b", &[2.0, 4.0, 4.0])]);

        let ratio = results.time_ratio("a", "b").unwrap();

        assert_eq!(ratio, Ratio { median: 0.75, least: 0.5, most: 1.0 });
    }

    #[test]
    fn reading_and_writing_are_compared_with_reading_as_value() {
        let expected = Some("decode/medium/Value".to_owned());

        assert_eq!(reference("encode/medium/talon"), expected);
        assert_eq!(reference("decode/medium/IgnoredAny"), expected);
        assert_eq!(reference("decode/medium/Value"), None);
        assert_eq!(reference("call/trait/dyn"), None);
    }

    #[test]
    fn calls_and_servers_are_compared_with_the_library_alone() {
        for (name, expected) in [
            ("call/talon-hyper/8", Some("call/hyper alone/8")),
            ("call/talon-reqwest/64", Some("call/reqwest alone/64")),
            ("served/session/talon", Some("served/session/hyper")),
            ("served/session/hyper", None),
            ("call/hyper alone/8", None),
        ] {
            assert_eq!(reference(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn what_two_measurements_know_is_joined() {
        let mut counted = Results::default();
        counted.row("a").instructions = Some(5);
        counted.merge(timed(&[("a", &[1.0]), ("b", &[2.0])]));

        let names: Vec<_> = counted.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!((counted.row("a").instructions, counted.row("a").time()), (Some(5), Some(1.0)));
    }
}
