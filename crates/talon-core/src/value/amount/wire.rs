//! Amounts as JSON numbers.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use talon_json::RawText;
use talon_json::protocol::{DIGITS, RAW_VALUE, raw_text};

use super::{Amount, double, number};

/// A double holds every number of fifteen digits.
const FIFTEEN_DIGITS: u64 = 10_u64.pow(15);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((mantissa, scale)) = self.small_parts() else {
            return serialize_digits(&self.to_string(), serializer);
        };
        if scale == 0 {
            return serializer.serialize_i64(mantissa);
        }
        match double::quotient(mantissa, scale) {
            Some(value) if mantissa.unsigned_abs() < FIFTEEN_DIGITS => {
                serializer.serialize_f64(value)
            }
            _ => serialize_digits(digits(mantissa, scale, &mut [0; MAX_LENGTH]), serializer),
        }
    }
}

/// Writes the digits of a number that is no double.
fn serialize_digits<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    RawText::from(digits).serialize(serializer)
}

/// Length of a sign, a zero, a point and 28 places, rounded up.
const MAX_LENGTH: usize = 32;

/// `mantissa / 10^scale` in full.
fn digits(mantissa: i64, scale: u32, buffer: &mut [u8; MAX_LENGTH]) -> &str {
    let mut start = MAX_LENGTH;
    let mut put = |byte| {
        start -= 1;
        buffer[start] = byte;
    };
    let (mut rest, mut places) = (mantissa.unsigned_abs(), scale);
    while rest != 0 || places != 0 {
        put(b"0123456789"[(rest % 10) as usize]);
        rest /= 10;
        if places == 1 {
            put(b'.');
            if rest == 0 {
                put(b'0');
            }
        }
        places = places.saturating_sub(1);
    }
    if mantissa < 0 {
        put(b'-');
    }
    str::from_utf8(&buffer[start..]).unwrap_or_default()
}

/// Asks for the digits, first by [`DIGITS`], then by [`RAW_VALUE`], which serde_json knows; a reader
/// that knows neither gives a number.
impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(DIGITS, DigitsVisitor)
    }
}

struct DigitsVisitor;

impl<'de> Visitor<'de> for DigitsVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        AmountVisitor.expecting(f)
    }

    fn visit_str<E: de::Error>(self, digits: &str) -> Result<Amount, E> {
        let unexpected = || E::invalid_type(Unexpected::Str(digits), &self);
        number::parse(digits).map(Amount).ok_or_else(unexpected)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Amount, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, AmountVisitor)
    }
}

struct AmountVisitor;

impl<'de> Visitor<'de> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Amount, A::Error> {
        let text = raw_text(map, &self)?;
        number::parse(&text).map(Amount).ok_or_else(|| no_amount(&text, &self))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Amount, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Amount, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Amount, E> {
        Ok(Amount(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Amount, E> {
        Amount::from_f64(value)
            .ok_or_else(|| E::custom(format_args!("number {value:e} is beyond 28 digits")))
    }
}

/// The error for JSON that is no [`Amount`].
#[cold]
fn no_amount<E: de::Error>(text: &str, expected: &AmountVisitor) -> E {
    let unexpected = match serde_json::from_str(text) {
        Ok(Value::Null) => Unexpected::Unit,
        Ok(Value::Bool(value)) => Unexpected::Bool(value),
        Ok(Value::String(value)) => return E::invalid_type(Unexpected::Str(&value), expected),
        Ok(Value::Array(_)) => Unexpected::Seq,
        Ok(Value::Object(_)) => Unexpected::Map,
        Ok(Value::Number(_)) | Err(_) => {
            return E::custom(format_args!("number {text} is beyond 28 digits"));
        }
    };
    E::invalid_type(unexpected, expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::de::value::{Error, StrDeserializer};
    use serde_json::json;

    #[test]
    fn short_numbers_are_written_as_doubles_and_long_ones_in_full() {
        let written = |text: &str| serde_json::to_string(&text.parse::<Amount>().unwrap()).unwrap();

        assert_eq!(written("0.0000001"), "1e-7");
        assert_eq!(written("9007199254740.991"), "9007199254740.991");
        assert_eq!(written("-99.99"), "-99.99");
    }

    #[test]
    fn a_reader_without_digits_gives_a_number() {
        for (value, amount) in [(json!(7), "7"), (json!(-3), "-3"), (json!(1.5), "1.5")] {
            assert_eq!(serde_json::from_value::<Amount>(value).unwrap().to_string(), amount);
        }
        let digits = |text| Amount::deserialize(StrDeserializer::<Error>::new(text));
        assert_eq!(digits("1.50").unwrap().to_string(), "1.5");
        let said = digits("x").unwrap_err().to_string();
        assert_eq!(said, "invalid type: string \"x\", expected a number");
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_library(mantissa in any::<i64>(), scale in 1_u32..=28) {
            let (mantissa, scale) = match Amount::new(mantissa, scale).small_parts() {
                Some((mantissa, scale)) if scale > 0 => (mantissa, scale),
                _ => return Ok(()),
            };

            let text = Amount::new(mantissa, scale).to_string();
            let mut buffer = [0; MAX_LENGTH];
            prop_assert_eq!(digits(mantissa, scale, &mut buffer), text);
        }

        #[test]
        fn small_parts_are_parts(mantissa in any::<i64>(), zeros in 0_u32..=6, scale in 0_u32..=22) {
            let amount = Amount::new(mantissa / 10_i64.pow(zeros) * 10_i64.pow(zeros), scale);

            let parts = amount.small_parts().map(|(mantissa, scale)| (mantissa.into(), scale));
            prop_assert_eq!(parts, Some(amount.parts()));
        }
    }
}
