//! Time zones of applications and loyalty programs.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use talon_core::Timestamp;

/// A time zone by its IANA name; its rules come with the crate, not from the machine.
#[derive(Clone, Debug)]
pub(crate) struct Zone(TimeZone);

impl Zone {
    pub(crate) fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    pub(crate) fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// An instant with its local time.
    pub(crate) fn zoned(&self, at: Timestamp) -> jiff::ZonedDateTime {
        let at = jiff::Timestamp::from_nanosecond(at.unix_nanos());
        at.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned_datetime(self.0.clone())
    }

    /// The instant of a local time; `None` when no timestamp is that early or late.
    pub(crate) fn instant(at: &jiff::ZonedDateTime) -> Option<Timestamp> {
        Timestamp::from_unix_nanos(at.timestamp().as_nanosecond())
    }

    /// The local time at an instant.
    pub(crate) fn local(&self, at: Timestamp) -> jiff::civil::DateTime {
        self.zoned(at).datetime()
    }

    pub(crate) fn date(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::utc()
    }
}
