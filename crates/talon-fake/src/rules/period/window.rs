//! Which of the periods that follow each other an instant is in.

use talon_core::Timestamp;

use super::{NANOS, Period};
use crate::zone::Zone;

impl Period {
    /// The period that contains `now`, of those that follow each other from `first` on; `None` before
    /// the first.
    pub(crate) fn window(
        &self,
        first: Timestamp,
        now: Timestamp,
        zone: &Zone,
    ) -> Option<(Timestamp, Option<Timestamp>)> {
        if now < first {
            return None;
        }
        let boundary = |number| self.boundary(first, number, zone);
        let has_ended =
            |number| number == 0 || boundary(number).is_some_and(|boundary| boundary <= now);
        // The estimate is off by as many periods as calendar and mean lengths differ by: one for a
        // period of a month, many for a part of one. The steps grow, so that there are few.
        let mut ended = self.estimate(first, now);
        let mut step = 1;
        while !has_ended(ended) {
            ended = (ended - step).max(0);
            step *= 2;
        }
        let mut running = ended + 1;
        step = 1;
        while has_ended(running) {
            ended = running;
            running += step;
            step *= 2;
        }
        while running - ended > 1 {
            let middle = ended + (running - ended) / 2;
            if has_ended(middle) {
                ended = middle;
            } else {
                running = middle;
            }
        }
        Some((boundary(ended)?, boundary(running)))
    }

    /// About how many periods lie between two instants.
    fn estimate(&self, first: Timestamp, now: Timestamp) -> i128 {
        let (mantissa, scale) = self.count.parts();
        let length = mantissa * self.unit.seconds() * NANOS / 10i128.pow(scale);
        (now.unix_nanos() - first.unix_nanos()) / length.max(1)
    }
}
