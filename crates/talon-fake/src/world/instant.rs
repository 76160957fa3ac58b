//! Times that builders take.

use std::fmt;

use talon_core::Timestamp;

/// The time that a builder was given: a text in RFC 3339, a [`Timestamp`], or what converts into one.
///
/// # Panics
/// When the text is not a time, at the place of the builder.
#[track_caller]
pub(crate) fn instant(at: impl TryInto<Timestamp, Error: fmt::Display>) -> Timestamp {
    at.try_into().unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_time_is_said_as_text_or_as_a_value() {
        let at: Timestamp = "1970-01-02T00:00:00Z".parse().unwrap();

        assert_eq!(instant("1970-01-02T00:00:00Z"), at);
        assert_eq!(instant(at), at);
        assert_eq!(instant(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400)), at);
    }

    #[test]
    #[should_panic = "not an RFC 3339 timestamp such as 2020-06-10T09:05:27Z"]
    fn a_text_that_is_not_a_time_panics() {
        instant("tomorrow");
    }
}
