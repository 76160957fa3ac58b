//! Timestamps.

#[cfg(feature = "proptest")]
mod arbitrary;
mod convert;
mod query;
mod text;

pub use convert::ConvertTimestampError;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use talon_json::protocol::{FlagSeed, ask_strict};

/// An instant with nanoseconds, written as RFC 3339 in UTC: `2020-06-10T09:05:27.993483Z`.
///
/// Parsing accepts any offset, also without a colon, and converts it to UTC. Formatting omits
/// trailing zeros of the fraction. The range is from the start of the year −9999 to the end of the
/// year 9999, which some services send for "never".
///
/// [`SystemTime`](std::time::SystemTime) converts both ways. The feature `jiff` adds the conversions
/// from and to `jiff::Timestamp`, the feature `chrono` those from and to `chrono::DateTime`.
///
/// ```
/// use talon_core::Timestamp;
///
/// let at: Timestamp = "2020-11-10T23:00:00+02:00".parse()?;
/// assert_eq!(at.to_string(), "2020-11-10T21:00:00Z");
/// # Ok::<(), talon_core::ParseTimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));

    /// The instant this many seconds after the Unix epoch, or `None` beyond the year 9999.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        Self::at(SignedDuration::from_secs(seconds))
    }

    /// The instant this many nanoseconds after the Unix epoch, or `None` beyond the year 9999.
    pub fn from_unix_nanos(nanos: i128) -> Option<Self> {
        let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok()?;
        let nanos = i32::try_from(nanos.rem_euclid(1_000_000_000)).ok()?;
        Self::at(SignedDuration::new(seconds, nanos))
    }

    /// Parses exact RFC 3339, as the service does in requests: with seconds, a `T`, and `Z` or an
    /// offset such as `+02:00`. Digits of the fraction after the ninth are ignored.
    ///
    /// [`FromStr`] accepts more variants, as they occur in replies.
    ///
    /// ```
    /// use talon_core::Timestamp;
    ///
    /// assert!(Timestamp::from_rfc3339("2020-11-10T23:00:00+02:00").is_ok());
    /// assert!(Timestamp::from_rfc3339("2020-11-10T23:00:00+0200").is_err());
    /// ```
    ///
    /// # Errors
    /// When the text has another form, or the date or time does not exist.
    pub fn from_rfc3339(text: &str) -> Result<Self, ParseTimestampError> {
        let read = text::read(text).or_else(|| text::read_with_offset(text));
        read.map(Self).ok_or_else(|| ParseTimestampError(text.parse::<jiff::Timestamp>().err()))
    }

    fn at(since_epoch: SignedDuration) -> Option<Self> {
        Self::UNIX_EPOCH.0.checked_add(since_epoch).ok().map(Self)
    }

    /// Nanoseconds since the Unix epoch.
    pub fn unix_nanos(self) -> i128 {
        self.0.duration_since(Self::UNIX_EPOCH.0).as_nanos()
    }

    /// This much later, or `None` beyond the year 9999.
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).ok().map(Self)
    }

    /// This much earlier, or `None` before the year −9999.
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(duration).ok().map(Self)
    }
}

/// Error of a text that is not an RFC 3339 timestamp.
#[derive(Clone, Debug)]
pub struct ParseTimestampError(Option<jiff::Error>);

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 timestamp such as 2020-06-10T09:05:27Z")
    }
}

impl std::error::Error for ParseTimestampError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.as_ref().map(|error| error as _)
    }
}

/// The Unix epoch, so that models with required timestamps have a default.
impl Default for Timestamp {
    fn default() -> Self {
        Self::UNIX_EPOCH
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(civil) = text::read(text) {
            return Ok(Self(civil));
        }
        match text.parse::<jiff::Timestamp>() {
            Ok(instant) => Ok(Self(Offset::UTC.to_datetime(instant))),
            Err(error) => parse_at_limits(text).map(Self).ok_or(ParseTimestampError(Some(error))),
        }
    }
}

/// Parses a timestamp within hours of the limits of the range, which the calendar of jiff covers and
/// its instants do not.
fn parse_at_limits(text: &str) -> Option<DateTime> {
    let pieces = Pieces::parse(text).ok()?;
    let local = pieces.date().to_datetime(pieces.time()?);
    let ahead = SignedDuration::from_secs(pieces.to_numeric_offset()?.seconds().into());
    local.checked_sub(ahead).ok()
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match text::write(self.0, &mut [0; text::MAX_LENGTH]) {
            Some(text) => f.write_str(text),
            None => write!(f, "{}Z", self.0),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match text::write(self.0, &mut [0; text::MAX_LENGTH]) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

/// A strict reader takes RFC 3339 to the letter, see [`Timestamp::from_rfc3339`].
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ask_strict(deserializer, TimestampSeed)
    }
}

struct TimestampSeed;

impl<'de> FlagSeed<'de> for TimestampSeed {
    type Value = Timestamp;

    #[inline]
    fn read_set<D: Deserializer<'de>>(self, deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_str(TimestampVisitor { is_strict: true })
    }

    #[inline]
    fn read_unset<D: Deserializer<'de>>(self, deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_str(TimestampVisitor { is_strict: false })
    }
}

struct TimestampVisitor {
    is_strict: bool,
}

impl Visitor<'_> for TimestampVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an RFC 3339 timestamp")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
        let read = if self.is_strict { Timestamp::from_rfc3339 } else { str::parse };
        read(text).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests;
