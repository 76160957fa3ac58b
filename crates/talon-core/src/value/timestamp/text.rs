//! Fast parsing and formatting of the usual form of RFC 3339.

use jiff::SignedDuration;
use jiff::civil::DateTime;

/// Length of `2020-06-10T09:05:27`.
const SECONDS_LENGTH: usize = 19;

/// Length with nanoseconds and a `Z`.
pub(super) const MAX_LENGTH: usize = 30;

/// Parses `2020-06-10T09:05:27Z` with an optional fraction, whose digits after the ninth are ignored.
///
/// `None` for any other form, and for a time that does not exist.
pub(super) fn read(text: &str) -> Option<DateTime> {
    let (civil, rest) = text.as_bytes().split_first_chunk::<SECONDS_LENGTH>()?;
    let marks = [civil[4], civil[7], civil[10], civil[13], civil[16]];
    if &marks != b"--T::" {
        return None;
    }
    let nanos = match rest {
        b"Z" => 0,
        [b'.', places @ .., b'Z'] => nanoseconds(places)?,
        _ => return None,
    };
    let year = i16::try_from(number(&civil[..4])?).ok()?;
    let two = |start| i8::try_from(number(&civil[start..start + 2])?).ok();
    DateTime::new(year, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?, nanos).ok()
}

/// Like [`read`], with an offset such as `+02:00` in place of the `Z`.
pub(super) fn read_with_offset(text: &str) -> Option<DateTime> {
    let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let [sign @ (b'+' | b'-'), h, hh, b':', m, mm] = *offset.as_bytes() else { return None };
    let (hours, minutes) = (number(&[h, hh])?, number(&[m, mm])?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let ahead = SignedDuration::from_mins(i64::from(hours * 60 + minutes));
    let local = read(&format!("{local}Z"))?;
    if sign == b'+' { local.checked_sub(ahead) } else { local.checked_add(ahead) }.ok()
}

fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |number, digit| {
        let digit = digit.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + i32::from(digit))
    })
}

fn nanoseconds(places: &[u8]) -> Option<i32> {
    let (places, beyond) = places.split_at_checked(9).unwrap_or((places, &[]));
    let missing = 9_u32.checked_sub(u32::try_from(places.len()).ok()?)?;
    let nanos = number(places)? * 10_i32.pow(missing);
    (!places.is_empty() && beyond.iter().all(u8::is_ascii_digit)).then_some(nanos)
}

/// Formats a time so that [`read`] can parse it, without trailing zeros; `None` before the year 0.
pub(super) fn write(at: DateTime, buffer: &mut [u8; MAX_LENGTH]) -> Option<&str> {
    let year = u32::try_from(at.year()).ok()?;
    buffer[..SECONDS_LENGTH].copy_from_slice(b"0000-00-00T00:00:00");
    put(&mut buffer[..4], year);
    for (start, number) in
        [(5, at.month()), (8, at.day()), (11, at.hour()), (14, at.minute()), (17, at.second())]
    {
        put(&mut buffer[start..start + 2], u32::from(number.unsigned_abs()));
    }
    let mut end = SECONDS_LENGTH;
    let nanos = at.subsec_nanosecond().unsigned_abs();
    if nanos != 0 {
        buffer[SECONDS_LENGTH] = b'.';
        put(&mut buffer[SECONDS_LENGTH + 1..MAX_LENGTH - 1], nanos);
        end = MAX_LENGTH - 1;
        while buffer[end - 1] == b'0' {
            end -= 1;
        }
    }
    buffer[end] = b'Z';
    str::from_utf8(&buffer[..=end]).ok()
}

/// Writes the digits of `number` to `places`, with leading zeros.
fn put(places: &mut [u8], mut number: u32) {
    for place in places.iter_mut().rev() {
        *place = b"0123456789"[(number % 10) as usize];
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the general parser makes of it.
    fn parsed(text: &str) -> Option<DateTime> {
        text.strip_suffix('Z')?.parse().ok()
    }

    fn any_time() -> impl Strategy<Value = DateTime> {
        let date = (-9999_i16..=9999, 1_i8..=12, 1_i8..=28);
        let nanos = prop_oneof![
            Just(0),
            0..1000_i32,
            0..1_000_000_000,
            (0..1000_i32).prop_map(|milli| milli * 1_000_000)
        ];
        let time = (0_i8..24, 0_i8..60, 0_i8..60, nanos);
        (date, time).prop_map(|((year, month, day), (hour, minute, second, nanos))| {
            DateTime::constant(year, month, day, hour, minute, second, nanos)
        })
    }

    #[test]
    fn other_forms_are_left_to_the_parser() {
        for text in [
            "",
            "Z",
            "2020-06-10T09:05:27",
            "2020-06-10T09:05:27.Z",
            "2020-06-10T09:05:27+00:00",
            "2020-06-10t09:05:27z",
            "2020-06-10 09:05:27Z",
            "2020-06-10T09:05:60Z",
            "2020-06-10T24:00:00Z",
            // The first sign after the digits, and the last before them.
            "2020-06-0:T09:05:27Z",
            "2020-06-1/T09:05:27Z",
            "2021-02-29T00:00:00Z",
            "2020-06-10T09:05:27.123456789xZ",
            "-02020-06-10T09:05:2Z",
            "2020-06-10T09:05:2\u{e9}Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_the_library_writes(at in any_time()) {
            let text = format!("{at}Z");

            let mut buffer = [0; MAX_LENGTH];
            let written = write(at, &mut buffer);
            prop_assert_eq!(written, (at.year() >= 0).then_some(text.as_str()));
            prop_assert_eq!(read(&text), written.map(|_| at));
        }

        #[test]
        fn what_is_read_is_what_the_library_reads(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,9})?[Zz]"
        ) {
            if let Some(at) = read(&text) {
                prop_assert_eq!(Some(at), parsed(&text));
                if at.year() < 9999 {
                    let instant: jiff::Timestamp = text.parse().unwrap();
                    prop_assert_eq!(at, jiff::tz::Offset::UTC.to_datetime(instant));
                }
            }
        }
    }
}
