//! What has changed: bars to the left for cheaper, to the right for dearer.

use std::fmt::Write as _;

use super::bars::{line, text};
use crate::commands::measure::bench::compare::Change;

const WIDTH: f64 = 920.0;
const ZERO: f64 = 560.0;
const REACH: f64 = 200.0;
const ROW: f64 = 24.0;

/// What changes less is noise of addresses, and only in the table.
const SHOWN: f64 = 0.005;

/// Longest bars are this change, or the largest there is.
const LEAST_REACH: f64 = 0.10;

pub(super) fn picture(changes: &[Change]) -> String {
    let is_shown = |change: &&Change| change.factor().is_none_or(|it| (it - 1.0).abs() >= SHOWN);
    let shown: Vec<_> = changes.iter().filter(is_shown).collect();
    if shown.is_empty() {
        return "<p>Nothing by more than half a percent.</p>\n".to_owned();
    }
    let largest = shown.iter().filter_map(|change| change.factor());
    let largest = largest.map(|it| (it - 1.0).abs()).fold(LEAST_REACH, f64::max);
    let mut bars = String::new();
    let mut y = 8.0;
    for change in shown {
        draw(&mut bars, change, y, largest);
        y += ROW;
    }
    line(&mut bars, "axis", (ZERO, 0.0), (ZERO, y));
    format!("<svg viewBox=\"0 0 {WIDTH} {y}\" role=\"img\">\n{bars}</svg>\n")
}

fn draw(into: &mut String, change: &Change, y: f64, largest: f64) {
    let label = format!("{}, {}", change.name, change.unit);
    text(into, ZERO - REACH - 60.0, y + 12.0, "end", &label);
    let Some(factor) = change.factor() else {
        let word = if change.before.is_none() { "new" } else { "gone" };
        return text(into, ZERO + 8.0, y + 12.0, "soft", word);
    };
    let share = factor - 1.0;
    let width = (share.abs() / largest * REACH).max(1.0);
    let (x, colour) = if share > 0.0 { (ZERO, "bad") } else { (ZERO - width, "good") };
    writeln!(
        into,
        "<rect class=\"{colour}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"15\" rx=\"2\"/>"
    )
    .expect("text takes all");
    let (at, class) =
        if share > 0.0 { (x + width + 8.0, "strong") } else { (x - 8.0, "strong end") };
    text(into, at, y + 12.0, class, &format!("{:+.1} %", share * 100.0));
}
