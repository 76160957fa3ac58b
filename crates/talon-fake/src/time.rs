//! The time of a fake, and the range that it is within.

use std::time::{SystemTime, UNIX_EPOCH};

use talon_core::Timestamp;

/// The time of a fake: an instant, and whether it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    /// The instant that it showed when it was last changed.
    last: Timestamp,
    pace: Pace,
}

/// How the time moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// It stands still until it is changed.
    Still,
    /// It runs with the clock of the machine.
    System,
}

impl Time {
    /// A time that stands still.
    pub(crate) fn still(now: Timestamp) -> Self {
        Self { last: now, pace: Pace::Still }
    }

    /// The time of a clock that showed `last`, or that runs with the clock of the machine.
    pub(crate) fn resumed(last: Timestamp, follows_system: bool) -> Self {
        Self { last, pace: if follows_system { Pace::System } else { Pace::Still } }
    }

    /// The same time, from now on that of the machine.
    pub(crate) fn following_system(self) -> Self {
        Self { pace: Pace::System, ..self }
    }

    pub(crate) fn follows_system(self) -> bool {
        self.pace == Pace::System
    }

    /// The instant that the clock shows.
    pub(crate) fn now(self) -> Timestamp {
        match self.pace {
            Pace::Still => self.last,
            Pace::System => system_time().unwrap_or(self.last),
        }
    }
}

/// The instants that a clock may show.
pub(crate) fn years_1_to_9999() -> (Timestamp, Timestamp) {
    let at = |text: &str| text.parse().expect("an RFC 3339 timestamp");
    (at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59.999999999Z"))
}

/// Whether a clock may show this instant.
pub(crate) fn can_be_shown(now: Timestamp) -> bool {
    let (first, last) = years_1_to_9999();
    (first..=last).contains(&now)
}

/// Late on the last day that a timestamp can name.
pub(crate) fn end_of_time() -> Option<Timestamp> {
    Timestamp::from_unix_seconds(253_402_207_200)
}

/// The only place that reads the clock of the machine.
#[expect(clippy::disallowed_methods, reason = "opted into, for a fake that people look at")]
fn system_time() -> Option<Timestamp> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Timestamp::UNIX_EPOCH.checked_add(since)
}
