//! Horizontal bars, in groups, on one scale.

use std::fmt::Write as _;

use super::escape;

/// One bar.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: f64,
    /// Least and most of several runs.
    pub(super) spread: Option<(f64, f64)>,
    /// The most it may be.
    pub(super) mark: Option<f64>,
    /// Class of the style sheet.
    pub(super) colour: &'static str,
    /// After the value.
    pub(super) note: String,
}

const WIDTH: f64 = 920.0;
/// Of a letter, about.
const LETTER: f64 = 7.3;
/// For the value and the note behind a bar.
const RIGHT: f64 = 270.0;
const ROW: f64 = 28.0;
const HEIGHT: f64 = 16.0;
const TITLE: f64 = 34.0;
const FOOT: f64 = 26.0;

/// Groups with their titles; nothing when there is no bar.
pub(super) fn picture(groups: &[(String, Vec<Bar>)]) -> String {
    let bars = || groups.iter().flat_map(|(_, bars)| bars);
    let ends = bars().flat_map(|bar| [Some(bar.value), bar.mark, bar.spread.map(|it| it.1)]);
    let Some(longest) = ends.flatten().max_by(f64::total_cmp) else { return String::new() };
    let label = bars().map(|bar| bar.label.chars().count()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "labels are short")]
    let scale = Scale::of(longest, label as f64 * LETTER + 16.0);
    let mut marks = String::new();
    let mut y = 4.0;
    for (title, bars) in groups {
        if !title.is_empty() {
            text(&mut marks, 0.0, y + 20.0, "strong", title);
            y += TITLE;
        }
        for bar in bars {
            draw(&mut marks, bar, y, &scale);
            y += ROW;
        }
    }
    let axis = scale.axis(y);
    let height = y + FOOT;
    format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n{axis}{marks}</svg>\n")
}

/// From values to places.
struct Scale {
    /// Where bars begin.
    left: f64,
    end: f64,
    step: f64,
}

impl Scale {
    fn of(longest: f64, left: f64) -> Self {
        let steps = [0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 50.0];
        let step = steps.into_iter().find(|step| longest / step <= 6.0).unwrap_or(longest / 5.0);
        Self { left, end: (longest / step).ceil() * step, step }
    }

    fn x(&self, value: f64) -> f64 {
        self.left + value / self.end * (WIDTH - RIGHT - self.left)
    }

    fn axis(&self, bottom: f64) -> String {
        let mut axis = String::new();
        let mut at = 0.0;
        while at <= self.end + self.step / 2.0 {
            let x = self.x(at);
            line(&mut axis, "axis", (x, 0.0), (x, bottom));
            let label = format!("{at:.2}");
            text(&mut axis, x, bottom + 18.0, "soft middle", &label);
            at += self.step;
        }
        axis
    }
}

fn draw(into: &mut String, bar: &Bar, y: f64, scale: &Scale) {
    let (end, middle) = (scale.x(bar.value), y + HEIGHT / 2.0 + 4.0);
    text(into, scale.left - 12.0, middle + 1.0, "end", &bar.label);
    let width = (end - scale.left).max(1.5);
    writeln!(
        into,
        "<rect class=\"{}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{HEIGHT}\" rx=\"2\"/>",
        bar.colour,
        scale.left,
        y + 4.0
    )
    .expect("text takes all");
    let mut last = end;
    if let Some((least, most)) = bar.spread {
        let across = y + 4.0 + HEIGHT / 2.0;
        let (from, to) = (scale.x(least), scale.x(most));
        line(into, "spread", (from, across), (to, across));
        for end in [from, to] {
            line(into, "spread", (end, across - 4.0), (end, across + 4.0));
        }
        last = last.max(to);
    }
    if let Some(mark) = bar.mark {
        let x = scale.x(mark);
        line(into, "halo", (x, y), (x, y + HEIGHT + 8.0));
        line(into, "mark", (x, y), (x, y + HEIGHT + 8.0));
        last = last.max(x);
    }
    let limit = bar.mark.map(|mark| format!("at most {mark:.2}; ")).unwrap_or_default();
    let note = format!("{limit}{}", bar.note);
    writeln!(
        into,
        "<text x=\"{:.1}\" y=\"{:.1}\"><tspan class=\"strong\">{:.3}</tspan><tspan class=\"soft\" dx=\"8\">{}</tspan></text>",
        last + 10.0,
        middle + 1.0,
        bar.value,
        escape(&note)
    )
    .expect("text takes all");
}

/// A line from one place to another.
pub(super) fn line(into: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    writeln!(
        into,
        "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
        from.0, from.1, to.0, to.1
    )
    .expect("text takes all");
}

/// A text at a place.
pub(super) fn text(into: &mut String, x: f64, y: f64, class: &str, text: &str) {
    let text = escape(text);
    writeln!(into, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>")
        .expect("text takes all");
}
