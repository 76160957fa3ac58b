//! Lenient readers of members that the service sends in more than one form.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};

/// Reads `null` as the default; with `#[serde(default)]` an absent member too.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a member that is present, also when it is `null`: absence and `null` differ.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Reads a whole number that is typed `number`: `1` and `1.0`.
pub(crate) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Whole::deserialize(deserializer).map(|whole| whole.0)
}

/// Reads an optional whole number that is typed `number`: `1`, `1.0` and `null`.
pub(crate) fn optional_whole<'de, D>(deserializer: D) -> Result<Option<i64>, D::Error>
where
    D: Deserializer<'de>,
{
    Option::<Whole>::deserialize(deserializer).map(|whole| whole.map(|whole| whole.0))
}

/// Reads a list of whole numbers that are typed `number`.
pub(crate) fn wholes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<i64>, D::Error> {
    let wholes = Vec::<Whole>::deserialize(deserializer)?;
    Ok(wholes.into_iter().map(|whole| whole.0).collect())
}

/// Reads JSON text as a `T`, also text of another type: a number from `"7"` or `7.0`, a string from
/// any JSON. `None` for `null` and for what cannot be read at all.
pub(crate) fn from_any_type<T: DeserializeOwned>(json: &str) -> Option<T> {
    if json == "null" {
        return None;
    }
    serde_json::from_str(json).ok().or_else(|| {
        let unquoted = serde_json::from_str(json).map_or(Cow::Borrowed(json), Cow::<str>::Owned);
        let number = serde_json::from_str(&unquoted).ok().or_else(|| {
            let Whole(number) = serde_json::from_str(&unquoted).ok()?;
            serde_json::from_str(&number.to_string()).ok()
        });
        let text = IntoDeserializer::<serde_json::Error>::into_deserializer(json);
        number.or_else(|| T::deserialize(text).ok())
    })
}

/// A whole number in either form, `1` or `1.0`.
struct Whole(i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not as anything: with `arbitrary_precision`, serde_json would give `1.0` as an object.
        deserializer.deserialize_f64(WholeVisitor).map(Self)
    }
}

struct WholeVisitor;

impl Visitor<'_> for WholeVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        value.try_into().map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole and within range, checked here")]
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i64, E> {
        if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
            Ok(value as i64)
        } else {
            Err(E::invalid_value(de::Unexpected::Float(value), &self))
        }
    }
}
