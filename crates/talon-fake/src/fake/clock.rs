//! Clock of a fake.

use std::fmt;
use std::time::Duration;

use talon_core::Timestamp;

use super::Fake;
use crate::time::{Time, end_of_time, years_1_to_9999};
use crate::world::instant;

/// Clock of a [`Fake`], from [`Fake::clock`]. It stands still until it is moved.
///
/// Validity dates, limits per period and expiry dates depend on it. It can be moved backward and
/// forward.
///
/// ```
/// use std::time::Duration;
/// use talon_fake::{Fake, World};
///
/// let talon = Fake::new(World::new().now("2026-03-01T09:00:00Z"))?;
///
/// talon.clock().advance(Duration::from_secs(60));
/// assert_eq!(talon.clock().now(), "2026-03-01T09:01:00Z".parse()?);
///
/// talon.clock().set("2026-12-24T18:00:00Z");
/// assert_eq!(talon.clock().now().to_string(), "2026-12-24T18:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Clock {
    fake: Fake,
}

impl Clock {
    pub(super) fn new(fake: &Fake) -> Self {
        Self { fake: fake.clone() }
    }

    /// Current instant.
    pub fn now(&self) -> Timestamp {
        self.fake.state().now()
    }

    /// Sets the clock to an instant, earlier or later than the current one, where it stands still.
    ///
    /// `now` is a [time](crate::world#times). One outside the years 1 to 9999, which RFC 3339 cannot
    /// write, is moved to the nearest one inside.
    #[track_caller]
    pub fn set(&self, now: impl TryInto<Timestamp, Error: fmt::Display>) {
        let (now, (first, last)) = (instant(now), years_1_to_9999());
        self.fake.change_time(|time| *time = Time::still(now.clamp(first, last)));
    }

    /// Moves the clock forward, at most to the end of the year 9999, where it stands still.
    pub fn advance(&self, by: Duration) {
        self.fake.change_time(|time| {
            let now = time.now();
            let end = || end_of_time().map_or(now, |end| end.max(now));
            *time = Time::still(now.checked_add(by).unwrap_or_else(end));
        });
    }

    /// Follows the clock of the machine until [`set`](Self::set), [`advance`](Self::advance) or a
    /// reset of the fake.
    ///
    /// For demonstrations and manual tests: what a test prints is no longer the same in each run.
    pub fn follow_system(&self) {
        self.fake.change_time(|time| *time = time.following_system());
    }

    /// Whether it follows the clock of the machine.
    pub fn follows_system(&self) -> bool {
        self.fake.state().time().follows_system()
    }
}
