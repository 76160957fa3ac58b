//! Cost of a byte by the size of the payload.

use std::fmt::Write as _;

use super::bars::{line, text};
use super::{SIZES, WHO, kilobytes};
use crate::commands::measure::bench::results::{Measured, Results, number};

const WIDTH: f64 = 920.0;
const HEIGHT: f64 = 340.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 760.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 296.0;
const STEPS: u32 = 4;

/// A curve for each who decodes every size; nothing when nobody does.
pub(super) fn per_byte(results: &Results) -> String {
    let timed = results.iter().any(|row| !row.times.is_empty());
    let curves: Vec<_> = WHO.iter().filter_map(|who| Curve::of(results, who, timed)).collect();
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let costs = points().map(|point| point.1);
    let Some(most) = costs.max_by(f64::total_cmp) else { return String::new() };
    let sizes: Vec<f64> = curves[0].points.iter().map(|point| point.0).collect();
    let plot = Plot { sizes: (sizes[0], sizes[sizes.len() - 1]), most: rounded_up(most) };
    let unit = if timed { "ns for each byte" } else { "instructions for each byte" };
    let drawn: String =
        plot.labels(&curves).into_iter().map(|(curve, y)| plot.draw(curve, y)).collect();
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n{}{drawn}</svg>\n",
        plot.axes(&sizes, unit)
    )
}

/// To two digits, upwards.
fn rounded_up(cost: f64) -> f64 {
    let digit = 10_f64.powf(cost.log10().floor() - 1.0) * f64::from(STEPS);
    (cost / digit).ceil() * digit
}

struct Curve {
    label: &'static str,
    colour: &'static str,
    /// Bytes, and what each costs.
    points: Vec<(f64, f64)>,
}

impl Curve {
    fn of(
        results: &Results,
        who: &(&str, &'static str, &'static str),
        timed: bool,
    ) -> Option<Self> {
        let (who, label, colour) = *who;
        let cost = |row: &Measured| if timed { row.time() } else { row.instructions.map(number) };
        let point = |size: &&str| {
            let row = results.get(&format!("decode/{size}/{who}"))?;
            let bytes = number(row.bytes?);
            Some((bytes, cost(row)? / bytes))
        };
        let points: Vec<_> = SIZES.iter().filter_map(point).collect();
        (points.len() == SIZES.len()).then_some(Self { label, colour, points })
    }

    fn end(&self) -> (f64, f64) {
        self.points[self.points.len() - 1]
    }
}

/// Sizes are on a logarithmic scale, costs are not.
struct Plot {
    sizes: (f64, f64),
    /// The most a byte costs, rounded up.
    most: f64,
}

impl Plot {
    fn x(&self, size: f64) -> f64 {
        let (least, most) = self.sizes;
        LEFT + (size / least).ln() / (most / least).ln() * (RIGHT - LEFT)
    }

    fn y(&self, cost: f64) -> f64 {
        BOTTOM - cost / self.most * (BOTTOM - TOP)
    }

    fn axes(&self, sizes: &[f64], unit: &str) -> String {
        let mut axes = String::new();
        for step in 0..=STEPS {
            let cost = self.most * f64::from(step) / f64::from(STEPS);
            let y = self.y(cost);
            line(&mut axes, "axis", (LEFT, y), (RIGHT, y));
            text(&mut axes, LEFT - 10.0, y + 4.0, "soft end", &format!("{cost:.1}"));
        }
        for size in sizes {
            let x = self.x(*size);
            line(&mut axes, "axis", (x, TOP), (x, BOTTOM));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes")]
            let label = kilobytes(*size as u64);
            text(&mut axes, x, BOTTOM + 20.0, "soft middle", &label);
        }
        text(&mut axes, LEFT, HEIGHT - 4.0, "soft", unit);
        axes
    }

    /// Heights of the labels, no two closer than a line.
    fn labels<'a>(&self, curves: &'a [Curve]) -> Vec<(&'a Curve, f64)> {
        let mut labels: Vec<_> =
            curves.iter().map(|curve| (curve, self.y(curve.end().1))).collect();
        labels.sort_by(|a, b| a.1.total_cmp(&b.1));
        for index in 1..labels.len() {
            labels[index].1 = labels[index].1.max(labels[index - 1].1 + 17.0);
        }
        labels
    }

    fn draw(&self, curve: &Curve, label_y: f64) -> String {
        let mut drawn = String::new();
        let mut path = String::new();
        for (size, cost) in &curve.points {
            let (x, y) = (self.x(*size), self.y(*cost));
            write!(path, "{x:.1},{y:.1} ").expect("text takes all");
            writeln!(
                drawn,
                "<circle class=\"{}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>",
                curve.colour
            )
            .expect("text takes all");
        }
        writeln!(
            drawn,
            "<polyline class=\"curve\" style=\"stroke: var(--{})\" points=\"{}\"/>",
            curve.colour,
            path.trim_end()
        )
        .expect("text takes all");
        let label = format!("{} {:.2}", curve.label, curve.end().1);
        text(&mut drawn, RIGHT + 12.0, label_y + 4.0, "", &label);
        drawn
    }
}
