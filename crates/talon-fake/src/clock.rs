//! The clock of a fake.

use std::time::Duration;

use talon_core::Timestamp;

use crate::Fake;
use crate::time::{Time, end_of_time, years_1_to_9999};

/// Clock of a [`Fake`], from [`Fake::clock`]; it stands still until told.
///
/// Validities, budgets of a period and expiries follow it. It may go back as well as forth.
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
/// talon.clock().set("2026-12-24T18:00:00Z".parse()?);
/// assert_eq!(talon.clock().now().to_string(), "2026-12-24T18:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Clock {
    fake: Fake,
}

impl Clock {
    pub(crate) fn of(fake: &Fake) -> Self {
        Self { fake: fake.clone() }
    }

    /// The instant it shows.
    pub fn now(&self) -> Timestamp {
        self.fake.state().now()
    }

    /// Stops it at this instant, earlier or later than the one it shows; at the nearest one within
    /// the years 1 to 9999, which are all that RFC 3339 can write.
    pub fn set(&self, now: Timestamp) {
        let (first, last) = years_1_to_9999();
        self.fake.change_time(|time| *time = Time::still(now.clamp(first, last)));
    }

    /// Moves it forth and stops it there; the end of the year 9999 is as far as it goes.
    pub fn advance(&self, by: Duration) {
        self.fake.change_time(|time| {
            let now = time.now();
            let end = || end_of_time().map_or(now, |end| end.max(now));
            *time = Time::still(now.checked_add(by).unwrap_or_else(end));
        });
    }

    /// Lets it run with the clock of the machine until it is [`set`](Self::set) or
    /// [`advance`](Self::advance)d, or the fake is reset.
    ///
    /// For a fake that people look at. A test that uses it does not print the same every run.
    pub fn follow_system(&self) {
        self.fake.change_time(|time| *time = time.following_system());
    }

    /// Whether it runs with the clock of the machine.
    pub fn follows_system(&self) -> bool {
        self.fake.state().time().follows_system()
    }
}
