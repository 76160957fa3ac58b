//! Conversions from and to the times of other libraries.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::{ParseTimestampError, Timestamp};

/// Error of a time that the other type does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertTimestampError {
    expected: &'static str,
}

impl ConvertTimestampError {
    /// A [`Timestamp`] cannot hold it.
    fn beyond_timestamp() -> Self {
        Self { expected: "the years -9999 to 9999" }
    }
}

impl fmt::Display for ConvertTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a time in {}", self.expected)
    }
}

impl std::error::Error for ConvertTimestampError {}

/// As [`FromStr`](std::str::FromStr).
impl TryFrom<&str> for Timestamp {
    type Error = ParseTimestampError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// RFC 3339 in UTC, as an attribute of type `time` has it.
impl From<Timestamp> for serde_json::Value {
    fn from(at: Timestamp) -> Self {
        at.to_string().into()
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = ConvertTimestampError;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let at = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self::UNIX_EPOCH.checked_add(after),
            Err(before) => Self::UNIX_EPOCH.checked_sub(before.duration()),
        };
        at.ok_or_else(ConvertTimestampError::beyond_timestamp)
    }
}

/// An error where the system does not represent the year, as Windows before 1601.
impl TryFrom<Timestamp> for SystemTime {
    type Error = ConvertTimestampError;

    fn try_from(at: Timestamp) -> Result<Self, Self::Error> {
        let nanos = at.unix_nanos();
        let magnitude = nanos.unsigned_abs();
        let seconds = u64::try_from(magnitude / 1_000_000_000).ok();
        let rest = u32::try_from(magnitude % 1_000_000_000).ok();
        let time = seconds.zip(rest).map(|(seconds, rest)| Duration::new(seconds, rest));
        let time = time.and_then(|it| match nanos {
            0.. => Self::UNIX_EPOCH.checked_add(it),
            _ => Self::UNIX_EPOCH.checked_sub(it),
        });
        time.ok_or(ConvertTimestampError { expected: "the range of this system" })
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(at: jiff::Timestamp) -> Self {
        Self(jiff::tz::Offset::UTC.to_datetime(at))
    }
}

/// An error in the last hours of the year 9999 and the first of the year −9999, which jiff leaves to
/// time zones.
#[cfg(feature = "jiff")]
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = ConvertTimestampError;

    fn try_from(at: Timestamp) -> Result<Self, Self::Error> {
        let expected = "the range of jiff::Timestamp";
        jiff::tz::Offset::UTC.to_timestamp(at.0).map_err(|_| ConvertTimestampError { expected })
    }
}

#[cfg(feature = "chrono")]
impl<Zone: chrono::TimeZone> TryFrom<chrono::DateTime<Zone>> for Timestamp {
    type Error = ConvertTimestampError;

    fn try_from(at: chrono::DateTime<Zone>) -> Result<Self, Self::Error> {
        // A leap second has more than a second of nanoseconds, and is the next second here.
        let nanos = i128::from(at.timestamp()) * 1_000_000_000;
        let nanos = nanos + i128::from(at.timestamp_subsec_nanos());
        Self::from_unix_nanos(nanos).ok_or_else(ConvertTimestampError::beyond_timestamp)
    }
}

#[cfg(feature = "chrono")]
impl From<Timestamp> for chrono::DateTime<chrono::Utc> {
    fn from(at: Timestamp) -> Self {
        let nanos = at.unix_nanos();
        let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok();
        let rest = u32::try_from(nanos.rem_euclid(1_000_000_000)).ok();
        let at = seconds.zip(rest).and_then(|(seconds, rest)| Self::from_timestamp(seconds, rest));
        at.expect("chrono has the years -9999 to 9999")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "-009999-01-01T00:00:00Z";
    const LAST: &str = "9999-12-31T23:59:59.999999999Z";

    fn instants() -> [Timestamp; 6] {
        let texts = [
            FIRST,
            "1969-12-31T23:59:59.999999999Z",
            "1970-01-01T00:00:00Z",
            "2026-03-01T09:00:00.5Z",
            "2016-12-31T23:59:59Z",
            LAST,
        ];
        texts.map(|text| text.parse().unwrap())
    }

    #[cfg(unix)]
    #[test]
    fn the_time_of_the_system_comes_back() {
        for at in instants() {
            assert_eq!(SystemTime::try_from(at).and_then(Timestamp::try_from), Ok(at));
        }
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40);
        let error = Timestamp::try_from(far).unwrap_err();
        assert_eq!(error.to_string(), "not a time in the years -9999 to 9999");
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn the_time_of_jiff_comes_back() {
        for at in instants() {
            match jiff::Timestamp::try_from(at) {
                Ok(instant) => {
                    assert_eq!(Timestamp::from(instant), at);
                    assert_eq!(instant.as_nanosecond(), at.unix_nanos());
                }
                Err(_) => assert!([FIRST, LAST].contains(&&*at.to_string()), "{at}"),
            }
        }
        for end in [jiff::Timestamp::MIN, jiff::Timestamp::MAX] {
            assert_eq!(jiff::Timestamp::try_from(Timestamp::from(end)), Ok(end));
        }
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn the_time_of_chrono_comes_back() {
        use chrono::{DateTime, FixedOffset, Utc};

        for at in instants() {
            assert_eq!(Timestamp::try_from(DateTime::<Utc>::from(at)), Ok(at));
        }
        let text = "2026-03-01T11:00:00+02:00";
        let there: DateTime<FixedOffset> = text.parse().unwrap();
        assert_eq!(Timestamp::try_from(there), Ok(text.parse().unwrap()));
        assert!(Timestamp::try_from(DateTime::<Utc>::MAX_UTC).is_err());

        let leap: DateTime<Utc> = "2016-12-31T23:59:60.5Z".parse().unwrap();
        assert_eq!(Timestamp::try_from(leap).unwrap().to_string(), "2017-01-01T00:00:00.5Z");
    }
}
