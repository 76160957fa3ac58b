//! The report: one file of HTML, whose bars are cells of tables, for light and dark screens.

use std::fmt::Write as _;

use super::compare::Change;
use super::results::{Measurement, Ratio, Results, number, reference};
use super::summary::{Summary, duration};
use super::targets;

mod bars;

use bars::{Bar, escape, section};

/// Name in rows, label in the report, and colour.
const IMPLEMENTATIONS: [(&str, &str, &str); 7] = [
    ("talon", "talon", "ours"),
    ("generated", "generated types, serde_json", "generated"),
    ("sonic-rs", "generated types, sonic-rs", "sonic"),
    ("simd-json", "generated types, simd-json", "simd"),
    ("Value", "serde_json::Value", "value"),
    ("IgnoredAny", "IgnoredAny", "ignored"),
    ("memcpy", "memcpy", "memcpy"),
];

const SIZES: [&str; 3] = ["small", "medium", "large"];

/// Smaller changes are noise; they are only in the table on the terminal.
const MIN_CHANGE: f64 = 0.005;

/// The whole report.
pub(super) fn html(summary: &Summary) -> String {
    let results = &summary.results;
    let unit = unit(results);
    let of_value = "1.0 is reading the same reply as serde_json::Value in the same run.";
    let mut body = String::new();
    body += &section("Targets", "What was measured, and the most it may be.", &targets(results));
    for (title, what) in [("Decoding", "decode"), ("Encoding", "encode")] {
        body += &section(title, &format!("{of_value} {unit}"), &codec(results, what));
    }
    body += &section("Cost of a byte", &format!("Decoding. {unit}"), &per_byte(results));
    let of_library = format!("1.0 is the HTTP library alone, in the same run. {unit}");
    body += &section("Calls and the served fake", &of_library, &calls(results));
    body += &section("Other replies", &format!("{of_value} {unit}"), &families(results));
    if let Some(compared) = &summary.compared {
        let caption = format!("Since {}, by more than half a percent.", escape(&compared.revision));
        body += &section("Changes", &caption, &changes(&compared.changes(results)));
    }
    body += &table(results);
    page(&body)
}

fn page(body: &str) -> String {
    let style = include_str!("report/style.css");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>talon: benchmarks</title>\n<style>\n{style}</style>\n<h1>talon: benchmarks</h1>\n\
         <p class=\"soft\">Times are comparable within one run alone, hence the ratios. Instructions \
         and allocations repeat from run to run.</p>\n{body}</html>\n"
    )
}

fn targets(results: &Results) -> Vec<Bar> {
    let bar = |result: &targets::TargetResult| Bar {
        label: result.target.work.to_owned(),
        value: result.measured,
        colour: if result.is_met() { "good" } else { "bad" },
        note: format!("at most {:.2}; {}", result.target.most, result.how),
    };
    targets::results_of(results).iter().map(bar).collect()
}

fn codec(results: &Results, what: &str) -> Vec<Bar> {
    let sizes = SIZES.iter().chain(&["payload"]);
    let rows = sizes.flat_map(|size| IMPLEMENTATIONS.iter().map(move |who| (size, who)));
    rows.filter_map(|(size, (who, label, colour))| {
        bar(results, &format!("{what}/{size}/{who}"), format!("{size}, {label}"), colour)
    })
    .collect()
}

/// Calls over HTTP and the served fake, with the libraries below them.
fn calls(results: &Results) -> Vec<Bar> {
    let bar = |row: &Measurement| {
        let is_ours = row.name.contains("talon");
        let is_compared = row.name.starts_with("call/") || row.name.starts_with("served/");
        let is_library = results.iter().any(|it| reference(&it.name).as_ref() == Some(&row.name));
        let is_shown = is_compared && (is_library || reference(&row.name).is_some());
        let colour = if is_ours { "ours" } else { "value" };
        is_shown.then(|| bar(results, &row.name, row.name.clone(), colour))?
    };
    results.iter().filter_map(bar).collect()
}

/// Decoding of payloads without a size in their name.
fn families(results: &Results) -> Vec<Bar> {
    let is_size = |which: &str| SIZES.contains(&which) || which == "payload";
    let bar = |row: &Measurement| {
        let which = row.name.strip_prefix("decode/")?.strip_suffix("/talon")?;
        (!is_size(which)).then(|| bar(results, &row.name, which.to_owned(), "ours"))?
    };
    results.iter().filter_map(bar).collect()
}

/// Ratio of a row to its reference; in time if that was measured.
fn bar(results: &Results, name: &str, label: String, colour: &'static str) -> Option<Bar> {
    let row = results.get(name)?;
    let ratio = match reference(name) {
        Some(of) => ratio(results, name, &of)?,
        None => Ratio { median: 1.0, least: 1.0, most: 1.0 },
    };
    let mut note = row.time().map_or_else(
        || format!("{} instructions", grouped(row.instructions.unwrap_or_default())),
        duration,
    );
    if ratio.most > ratio.least {
        write!(note, "; {:.3} to {:.3}", ratio.least, ratio.most)
            .expect("writing to a string cannot fail");
    }
    Some(Bar { label, value: ratio.median, colour, note })
}

/// In time if both were measured, otherwise in instructions.
fn ratio(results: &Results, row: &str, of: &str) -> Option<Ratio> {
    results.time_ratio(row, of).or_else(|| {
        let ratio = results.instruction_ratio(row, of)?;
        Some(Ratio { median: ratio, least: ratio, most: ratio })
    })
}

fn per_byte(results: &Results) -> Vec<Bar> {
    let rows = IMPLEMENTATIONS.iter().flat_map(|who| SIZES.iter().map(move |size| (who, size)));
    rows.filter_map(|((who, label, colour), size)| {
        let row = results.get(&format!("decode/{size}/{who}"))?;
        let cost = row.time().or_else(|| row.instructions.map(number))?;
        let bytes = number(row.bytes?);
        let note = format!("{:.1} KB", bytes / 1e3);
        Some(Bar { label: format!("{label}, {size}"), value: cost / bytes, colour, note })
    })
    .collect()
}

fn changes(changes: &[Change]) -> Vec<Bar> {
    let is_shown =
        |change: &&Change| change.factor().is_none_or(|it| (it - 1.0).abs() >= MIN_CHANGE);
    let bar = |change: &Change| {
        let (value, note) = match change.factor() {
            Some(factor) => (factor, format!("{:+.1} %", (factor - 1.0) * 100.0)),
            None if change.before.is_none() => (0.0, "new".to_owned()),
            None => (0.0, "gone".to_owned()),
        };
        let colour = if value > 1.0 { "bad" } else { "good" };
        Bar { label: format!("{}, {}", change.name, change.unit), value, colour, note }
    };
    changes.iter().filter(is_shown).map(bar).collect()
}

/// The unit of the ratios.
fn unit(results: &Results) -> &'static str {
    let is_timed = results.iter().any(|row| !row.times.is_empty());
    if is_timed { "In time (ns)." } else { "In instructions." }
}

/// All rows, as in the table on the terminal.
fn table(results: &Results) -> String {
    let mut rows = String::new();
    for row in results.iter() {
        let of = reference(&row.name).and_then(|of| ratio(results, &row.name, &of));
        let cells = [
            escape(&row.name),
            row.time().map(duration).unwrap_or_default(),
            row.throughput().map(|bytes| format!("{:.0}", bytes / 1e6)).unwrap_or_default(),
            of.map(|ratio| format!("{:.3}", ratio.median)).unwrap_or_default(),
            row.instructions.map(grouped).unwrap_or_default(),
            row.allocations.map(|it| grouped(it.count)).unwrap_or_default(),
            row.allocations.map(|it| grouped(it.bytes)).unwrap_or_default(),
            row.allocations.map(|it| grouped(it.most)).unwrap_or_default(),
        ];
        writeln!(rows, "<tr><td>{}</td></tr>", cells.join("</td><td>"))
            .expect("writing to a string cannot fail");
    }
    let head = ["row", "time", "MB/s", "ratio", "instructions", "allocations", "bytes", "at once"];
    let head = head.join("</th><th>");
    format!("<h2>Every row</h2>\n<table class=\"all\">\n<tr><th>{head}</th></tr>\n{rows}</table>\n")
}

/// A count with thin spaces between thousands.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_is_shown_and_nothing_is_fetched() {
        let mut results = Results::default();
        let ours = results.row("decode/medium/talon");
        (ours.times, ours.bytes) = (vec![4000.0], Some(8000));
        results.row("decode/medium/Value").times = vec![10_000.0];

        let html = html(&Summary { results, compared: None });

        for shown in ["medium, talon</td>", "0.400", "4.00 µs", "0.50 ", "at most 0.42"] {
            assert!(html.contains(shown.trim_end()), "{shown}: {html}");
        }
        assert!(!html.contains("http") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn peers_are_shown_next_to_ours() {
        let mut results = Results::default();
        for (name, time) in [
            ("decode/small/talon", 4.0),
            ("decode/small/sonic-rs", 6.0),
            ("decode/small/simd-json", 7.0),
            ("decode/small/Value", 10.0),
            ("call/talon-hyper/8", 9.0),
            ("call/hyper alone/8", 10.0),
            ("served/session/talon", 12.0),
            ("served/session/hyper", 8.0),
        ] {
            results.row(name).times = vec![time];
        }

        let html = html(&Summary { results, compared: None });

        let bars = [
            ("small, generated types, sonic-rs", "0.600"),
            ("small, generated types, simd-json", "0.700"),
            ("call/talon-hyper/8", "0.900"),
            ("served/session/talon", "1.500"),
        ];
        for (label, value) in bars {
            let row = html.lines().find(|row| row.contains(&format!("<td>{label}</td>")));
            assert!(row.is_some_and(|row| row.contains(value)), "{label}: {html}");
        }
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!([grouped(12), grouped(1234)], ["12", "1\u{2009}234"]);
    }
}
