//! Keys of several parts as text: the parts, joined by `/`.

use std::fmt;
use std::str::FromStr;

/// Text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ParseKeyError;

impl fmt::Display for ParseKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a key of this table")
    }
}

/// Writes the parts; a `/` within a part becomes `%2F`, and a `%` becomes `%25`.
pub(crate) fn write<'p>(
    f: &mut fmt::Formatter<'_>,
    parts: impl IntoIterator<Item = &'p str>,
) -> fmt::Result {
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            f.write_str("/")?;
        }
        f.write_str(&part.replace('%', "%25").replace('/', "%2F"))?;
    }
    Ok(())
}

/// The parts of a text that [`write`] wrote.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = String> {
    text.split('/').map(|part| part.replace("%2F", "/").replace("%25", "%"))
}

/// A part that is a number, as it is written: without a `+` or a zero in front.
pub(crate) fn number<T: FromStr + ToString>(part: Option<String>) -> Result<T, ParseKeyError> {
    let part = part.ok_or(ParseKeyError)?;
    let number: T = part.parse().map_err(|_| ParseKeyError)?;
    if number.to_string() == part { Ok(number) } else { Err(ParseKeyError) }
}

/// Implements serde for a key by its `Display` and `FromStr`, so that it can be the name of a member.
macro_rules! text_key {
    ($Key:ty) => {
        impl serde::Serialize for $Key {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Key {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
                text.parse().map_err(|error| {
                    serde::de::Error::custom(format_args!("\"{text}\" is {error}"))
                })
            }
        }
    };
}

pub(crate) use text_key;
