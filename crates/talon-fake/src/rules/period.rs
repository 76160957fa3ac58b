//! Periods of achievements, of points and of tiers.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Span, ZonedDateTime};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use talon_core::{Amount, Timestamp};

use crate::time::end_of_time;
use crate::zone::Zone;

mod window;

/// The length of a period, such as `5D` or `1M_U`: of a customer in an achievement, of the validity of
/// points, or of a tier.
///
/// A positive number with at most nine decimals, and a unit: `s` seconds, `m` minutes, `h` hours,
/// `D` days, `W` weeks, `M` months, `Y` years. With `_D` a number of whole days ends at the start of
/// its last day. With `_U` a number of whole days, weeks, months or years ends with the last second of
/// the day, week, month or year. Days and longer units follow the calendar of a time zone: that of the
/// application, or of the loyalty program.
///
/// ```
/// use talon_fake::rules::Period;
///
/// let quarter: Period = "3M_U".parse()?;
/// assert_eq!(quarter.to_string(), "3M_U");
/// assert!("3M_D".parse::<Period>().is_err());
/// # Ok::<(), talon_fake::rules::ParsePeriodError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    count: Amount,
    unit: Unit,
    rounding: Option<Rounding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rounding {
    /// To the start of the day.
    Down,
    /// To the last second of the unit.
    Up,
}

/// Text that is no [`Period`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsePeriodError;

const NANOS: i128 = 1_000_000_000;
/// The most decimals of a count: fractions of a unit are counted in nanoseconds.
const MAX_SCALE: u32 = 9;

impl Unit {
    const ALL: [(char, Self); 7] = [
        ('s', Self::Second),
        ('m', Self::Minute),
        ('h', Self::Hour),
        ('D', Self::Day),
        ('W', Self::Week),
        ('M', Self::Month),
        ('Y', Self::Year),
    ];

    fn letter(self) -> char {
        Self::ALL.iter().find(|(_, unit)| *unit == self).map_or('s', |(letter, _)| *letter)
    }

    /// Its length in seconds; the mean one of months and years.
    fn seconds(self) -> i128 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Week => 604_800,
            Self::Month => 2_629_746,
            Self::Year => 31_556_952,
        }
    }

    fn span(self, count: i64) -> Option<Span> {
        let span = Span::new();
        let span = match self {
            Self::Second => span.try_seconds(count),
            Self::Minute => span.try_minutes(count),
            Self::Hour => span.try_hours(count),
            Self::Day => span.try_days(count),
            Self::Week => span.try_weeks(count),
            Self::Month => span.try_months(count),
            Self::Year => span.try_years(count),
        };
        span.ok()
    }
}

/// A day.
impl Default for Period {
    fn default() -> Self {
        Self::days(1)
    }
}

impl Period {
    /// This many days, at least one.
    pub fn days(days: u32) -> Self {
        Self { count: days.max(1).into(), unit: Unit::Day, rounding: None }
    }

    /// As [`end`](Self::end), late in the year 9999 when no timestamp is that late.
    pub(crate) fn end_or_last(&self, start: Timestamp, zone: &Zone) -> Timestamp {
        let last = || end_of_time().map_or(start, |end| end.max(start));
        self.end(start, zone).unwrap_or_else(last)
    }

    /// The end of the period that begins at `start`; `None` when no timestamp is that late.
    pub(crate) fn end(&self, start: Timestamp, zone: &Zone) -> Option<Timestamp> {
        self.boundary(start, 1, zone)
    }

    /// Whether it is a number of whole days, or of units that are longer.
    pub(crate) fn is_of_whole_days(&self) -> bool {
        let (mantissa, scale) = self.count.parts();
        let is_shorter = matches!(self.unit, Unit::Second | Unit::Minute | Unit::Hour);
        !is_shorter && mantissa % 10i128.pow(scale) == 0
    }

    /// The end of the period with this number, counted from 1; 0 stands for the first start.
    fn boundary(&self, first: Timestamp, number: i128, zone: &Zone) -> Option<Timestamp> {
        if number == 0 {
            return Some(first);
        }
        let (mantissa, scale) = self.count.parts();
        let (mantissa, one) = (mantissa.checked_mul(number)?, 10i128.pow(scale));
        let span = self.unit.span(i64::try_from(mantissa / one).ok()?)?;
        let nanos = mantissa % one * self.unit.seconds() * NANOS / one;
        let nanos = SignedDuration::from_nanos(i64::try_from(nanos).ok()?);
        let end = zone.zoned(first).checked_add(span).ok()?.checked_add(nanos).ok()?;
        Zone::instant(&self.rounded(end)?)
    }

    fn rounded(&self, end: ZonedDateTime) -> Option<ZonedDateTime> {
        match self.rounding {
            None => Some(end),
            Some(Rounding::Down) => end.start_of_day().ok(),
            Some(Rounding::Up) => {
                let date = end.date();
                let last = match self.unit {
                    Unit::Week => {
                        let left = 7 - date.weekday().to_monday_one_offset();
                        date.checked_add(Span::new().days(left)).ok()?
                    }
                    Unit::Month => date.last_of_month(),
                    Unit::Year => date.last_of_year(),
                    _ => date,
                };
                let next = last.tomorrow().ok()?.to_zoned_datetime(end.time_zone().clone()).ok()?;
                next.checked_sub(Span::new().seconds(1)).ok()
            }
        }
    }
}

impl FromStr for Period {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<Self, ParsePeriodError> {
        let (length, rounding) = match text.split_once('_') {
            None => (text, None),
            Some((length, "D")) => (length, Some(Rounding::Down)),
            Some((length, "U")) => (length, Some(Rounding::Up)),
            Some(_) => return Err(ParsePeriodError),
        };
        let letter = length.chars().next_back().ok_or(ParsePeriodError)?;
        let (_, unit) =
            Unit::ALL.into_iter().find(|(it, _)| *it == letter).ok_or(ParsePeriodError)?;
        let digits = &length[..length.len() - 1];
        let is_number = digits.chars().all(|it| it.is_ascii_digit() || it == '.');
        let count: Amount = digits.parse().map_err(|_| ParsePeriodError)?;
        let is_whole = !digits.contains('.');
        let fits = match rounding {
            None => true,
            Some(Rounding::Down) => is_whole && unit == Unit::Day,
            Some(Rounding::Up) => {
                is_whole && !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
            }
        };
        let (mantissa, scale) = count.parts();
        let is_counted = mantissa > 0 && mantissa < NANOS * NANOS && scale <= MAX_SCALE;
        if is_number && fits && is_counted {
            Ok(Self { count, unit, rounding })
        } else {
            Err(ParsePeriodError)
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.letter())?;
        f.write_str(match self.rounding {
            None => "",
            Some(Rounding::Down) => "_D",
            Some(Rounding::Up) => "_U",
        })
    }
}

impl fmt::Display for ParsePeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a period such as 5D, 1.5h, 30D_D or 1M_U")
    }
}

impl std::error::Error for ParsePeriodError {}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| D::Error::custom(format_args!("\"{text}\" is {error}")))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^([0-9]+(\.[0-9]{1,9})?[smhDWMY]|[0-9]+D_D|[0-9]+[DWMY]_U)$",
        })
    }
}

#[cfg(test)]
mod tests;
