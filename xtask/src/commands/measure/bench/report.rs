//! The report: one file of HTML with its pictures, for light and dark screens.

use std::fmt::Write as _;

use super::results::{Ratio, Results, number, reference};
use super::summary::{Summary, duration};
use super::targets;

mod bars;
mod changes;
mod curves;

use bars::Bar;

/// Who does the work, as rows name them; how a picture does; and its colour.
const WHO: [(&str, &str, &str); 5] = [
    ("talon", "talon", "ours"),
    ("generated", "generated types", "generated"),
    ("Value", "serde_json::Value", "value"),
    ("IgnoredAny", "IgnoredAny", "ignored"),
    ("memcpy", "memcpy", "memcpy"),
];

const SIZES: [&str; 3] = ["small", "medium", "large"];

/// The whole report.
pub(super) fn html(summary: &Summary) -> String {
    let results = &summary.results;
    let mut body = String::new();
    body += &section(
        "Targets",
        "Each bar is what was measured, the mark across it the most it may be. Shorter is better.",
        &targets_picture(results),
    );
    for (what, caption) in [
        (
            "decode",
            "A reply to a session update, read. 1.0 is reading it as serde_json::Value in the same run.",
        ),
        ("encode", "The same reply, written. 1.0 is still reading it as serde_json::Value."),
    ] {
        let title = if what == "decode" { "Decoding" } else { "Encoding" };
        body += &section(title, &format!("{caption} {}", unit(results)), &codec(results, what));
    }
    body += &section(
        "From one kilobyte to a megabyte",
        &format!(
            "What one byte of a reply costs to decode; the scale of sizes is logarithmic. {}",
            unit(results)
        ),
        &curves::per_byte(results),
    );
    body += &section(
        "Other replies",
        &format!(
            "Decoding the reply of each other operation, and a world file, of Value. {}",
            unit(results)
        ),
        &families(results),
    );
    if let Some(compared) = &summary.compared {
        let caption =
            format!("Since {}. Left is cheaper, right is dearer.", escape(&compared.revision));
        body += &section("Changes", &caption, &changes::picture(&compared.changes(results)));
    }
    body += &table(results);
    page(&body)
}

fn page(body: &str) -> String {
    let style = include_str!("report/style.css");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>talon: benchmarks</title>\n<style>\n{style}</style>\n\
         <h1>talon, measured</h1>\n\
         <p class=\"soft\">Times are comparable within one run alone, hence the ratios; the thin line \
         across a bar spans the runs. Instructions and allocations repeat from run to run.</p>\n\
         {body}</html>\n"
    )
}

/// A picture with its title, unless there is nothing to show.
fn section(title: &str, caption: &str, svg: &str) -> String {
    if svg.is_empty() {
        return String::new();
    }
    format!("<figure>\n<h2>{title}</h2>\n<figcaption>{caption}</figcaption>\n{svg}</figure>\n")
}

fn targets_picture(results: &Results) -> String {
    let bars: Vec<Bar> = targets::outcomes(results)
        .iter()
        .map(|outcome| Bar {
            label: outcome.target.work.to_owned(),
            value: outcome.measured,
            spread: None,
            mark: Some(outcome.target.most),
            colour: if outcome.is_met() { "good" } else { "bad" },
            note: outcome.how.clone(),
        })
        .collect();
    bars::picture(&[(String::new(), bars)])
}

fn codec(results: &Results, what: &str) -> String {
    let sizes = SIZES.iter().chain(&["payload"]);
    let groups = sizes.filter_map(|size| {
        let bars: Vec<Bar> = WHO
            .iter()
            .filter_map(|(who, label, colour)| {
                bar(results, &format!("{what}/{size}/{who}"), label, colour)
            })
            .collect();
        let bytes = results.get(&format!("{what}/{size}/talon")).and_then(|row| row.bytes);
        let title = bytes
            .map_or_else(|| (*size).to_owned(), |bytes| format!("{size}, {}", kilobytes(bytes)));
        (!bars.is_empty()).then_some((title, bars))
    });
    bars::picture(&groups.collect::<Vec<_>>())
}

fn families(results: &Results) -> String {
    let is_family = |name: &str| {
        !SIZES.iter().chain(&["payload"]).any(|size| name.contains(&format!("/{size}/")))
    };
    let ours = results
        .iter()
        .filter(|row| row.name.starts_with("decode/") && row.name.ends_with("/talon"));
    let bars: Vec<Bar> = ours
        .filter(|row| is_family(&row.name))
        .filter_map(|row| bar(results, &row.name, row.name.split('/').nth(1)?, "ours"))
        .collect();
    bars::picture(&[(String::new(), bars)])
}

/// A row's ratio to its reference, in time where that was taken.
fn bar(results: &Results, name: &str, label: &str, colour: &'static str) -> Option<Bar> {
    let row = results.get(name)?;
    let ratio = match reference(name) {
        Some(of) => ratio(results, name, &of)?,
        None => Ratio { median: 1.0, least: 1.0, most: 1.0 },
    };
    let cost = row.time().map(duration);
    let cost =
        cost.or_else(|| row.instructions.map(|count| format!("{} instructions", grouped(count))));
    Some(Bar {
        label: label.to_owned(),
        value: ratio.median,
        spread: (ratio.most > ratio.least).then_some((ratio.least, ratio.most)),
        mark: targets::of_ratio(name),
        colour,
        note: cost.unwrap_or_default(),
    })
}

/// In time where both were timed, else in instructions.
fn ratio(results: &Results, row: &str, of: &str) -> Option<Ratio> {
    results.time_ratio(row, of).or_else(|| {
        let ratio = results.instruction_ratio(row, of)?;
        Some(Ratio { median: ratio, least: ratio, most: ratio })
    })
}

/// What a ratio is one of.
fn unit(results: &Results) -> &'static str {
    let timed = results.iter().any(|row| !row.times.is_empty());
    if timed { "In time." } else { "In instructions." }
}

fn kilobytes(bytes: u64) -> String {
    format!("{:.1} KB", number(bytes) / 1e3)
}

/// Every row, the summary's table.
fn table(results: &Results) -> String {
    let mut rows = String::new();
    for row in results.iter() {
        let of = reference(&row.name).and_then(|of| ratio(results, &row.name, &of));
        let class = if row.name.ends_with("/talon") { " class=\"ours-row\"" } else { "" };
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
        let cells = cells.join("</td><td>");
        writeln!(rows, "<tr{class}><td>{cells}</td></tr>").expect("text takes all");
    }
    let head =
        ["row", "time", "MB/s", "of Value", "instructions", "allocations", "bytes", "at once"];
    let head = head.join("</th><th>");
    format!(
        "<section class=\"table\">\n<h2>Every row</h2>\n<div class=\"scroll\"><table>\n\
         <tr><th>{head}</th></tr>\n{rows}</table></div>\n</section>\n"
    )
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

/// Text as HTML and SVG take it.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_is_shown_and_nothing_is_fetched() {
        let mut results = Results::default();
        for (name, time) in [("decode/medium/talon", 4000.0), ("decode/medium/Value", 10_000.0)] {
            let row = results.row(name);
            (row.times, row.bytes) = (vec![time], Some(11_000));
        }

        let html = html(&Summary { results, compared: None });

        assert!(html.contains("0.40"), "{html}");
        assert!(html.contains("4.00 µs"), "{html}");
        assert!(!html.contains("http"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!([grouped(12), grouped(1234)], ["12", "1\u{2009}234"]);
    }

    #[test]
    fn names_cannot_break_the_page() {
        assert_eq!(escape("<b a=\"&\">"), "&lt;b a=&quot;&amp;&quot;&gt;");
    }
}
