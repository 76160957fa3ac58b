//! The table of results.

use super::compare::{Change, Comparison};
use super::results::{Measurement, Results, reference};
use super::targets::{self, TargetResult};
use crate::infra::table::table;

/// Results of a run.
pub(super) struct Summary {
    pub(super) results: Results,
    pub(super) compared: Option<Comparison>,
}

/// Columns of [`Summary::table`].
const HEAD: [&str; 8] =
    ["row", "time", "MB/s", "ratio", "instructions", "ratio", "allocations", "ratio to"];

impl Summary {
    /// Rows with their ratios, targets, and changes.
    pub(super) fn table(&self) -> String {
        let rows = self.results.iter().map(|row| self.row(row));
        let mut text = aligned([HEAD.map(str::to_owned)].into_iter().chain(rows).collect());
        let results_of = targets::results_of(&self.results);
        if !results_of.is_empty() {
            let head = ["target", "at most", "measured", "", ""].map(str::to_owned);
            text += "\n";
            text += &aligned([head].into_iter().chain(results_of.iter().map(result)).collect());
        }
        if let Some(compared) = &self.compared {
            text += "\nchanged since ";
            text += &compared.revision;
            text += "\n";
            let head = ["row", "of what", "before", "after", "change"].map(str::to_owned);
            let changes = compared.changes(&self.results);
            text += &aligned([head].into_iter().chain(changes.iter().map(change)).collect());
        }
        text
    }

    fn row(&self, row: &Measurement) -> [String; 8] {
        let reference = reference(&row.name);
        let reference = reference.as_deref();
        let timed = reference.and_then(|of| self.results.time_ratio(&row.name, of));
        let timed = timed.map(|it| format!("{:.3} ({:.3}–{:.3})", it.median, it.least, it.most));
        let counted = reference.and_then(|of| self.results.instruction_ratio(&row.name, of));
        let throughput = row.throughput().map(|bytes| format!("{:.0}", bytes / 1e6));
        [
            row.name.clone(),
            row.time().map(duration).unwrap_or_default(),
            throughput.unwrap_or_default(),
            timed.unwrap_or_default(),
            row.instructions.map(|count| count.to_string()).unwrap_or_default(),
            counted.map(|ratio| format!("{ratio:.3}")).unwrap_or_default(),
            row.allocations.map(|it| it.count.to_string()).unwrap_or_default(),
            reference.unwrap_or_default().to_owned(),
        ]
    }
}

fn result(result: &TargetResult) -> [String; 5] {
    let word = if result.is_met() { "met" } else { "MISSED" };
    [
        result.target.work.to_owned(),
        format!("{:.2}", result.target.most),
        format!("{:.3}", result.measured),
        word.to_owned(),
        result.how.clone(),
    ]
}

fn change(change: &Change) -> [String; 5] {
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.0}"));
    let what = match (change.factor(), change.before) {
        (Some(factor), _) => format!("{:+.1} %", (factor - 1.0) * 100.0),
        (None, None) => "new".to_owned(),
        (None, Some(_)) => "gone".to_owned(),
    };
    let (before, after) = (number(change.before), number(change.after));
    [change.name.clone(), change.unit.to_owned(), before, after, what]
}

/// Nanoseconds, in a readable unit.
pub(super) fn duration(nanoseconds: f64) -> String {
    match nanoseconds {
        short if short < 1e3 => format!("{short:.1} ns"),
        middle if middle < 1e6 => format!("{:.2} µs", middle / 1e3),
        long => format!("{:.2} ms", long / 1e6),
    }
}

/// A table with numbers aligned to the right.
fn aligned<const N: usize>(mut rows: Vec<[String; N]>) -> String {
    for column in 1..N {
        let width = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        for row in &mut rows {
            row[column] = format!("{:>width$}", row[column]);
        }
    }
    table(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_stand_beside_the_figures() {
        let mut results = Results::default();
        let ours = results.row("decode/medium/talon");
        (ours.times, ours.bytes, ours.instructions) = (vec![4000.0], Some(8000), Some(50));
        let value = results.row("decode/medium/Value");
        (value.times, value.instructions) = (vec![10_000.0], Some(100));

        let text = Summary { results, compared: None }.table();

        let row = text.lines().nth(1).unwrap();
        let cells: Vec<_> = row.split_whitespace().collect();
        let expected = [
            "decode/medium/talon",
            "4.00",
            "µs",
            "2000",
            "0.400",
            "(0.400–0.400)",
            "50",
            "0.500",
            "decode/medium/Value",
        ];
        assert_eq!(cells, expected);
        assert!(text.contains("met"), "{text}");
    }
}
