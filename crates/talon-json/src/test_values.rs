//! Types for the tests, of each sort that a reader treats in its own way.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::{Serialize, Serializer, ser};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::protocol::{DIGITS, FlagSeed, RAW_VALUE, ask_speculative, ask_strict, raw_text};

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Request {
    pub(crate) customer_session: Session,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    profile_id: Option<String>,
    cart_items: Option<Vec<Item>>,
    additional_costs: Option<BTreeMap<String, Cost>>,
    pub(crate) codes: Option<Vec<Code>>,
    unit: Option<Unit>,
    #[serde(default, deserialize_with = "crate::deserialize_value")]
    attributes: Option<Value>,
}

#[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
pub(crate) struct Item {
    sku: String,
    quantity: i64,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Cost {
    price: Digits,
}

/// An enumeration is left to serde_json.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
enum Unit {
    Gram,
    Kilogram,
}

/// Raw JSON.
#[derive(Debug, Serialize, serde::Deserialize)]
pub(crate) struct Raw(Box<RawValue>);

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

/// A number with all its digits.
#[derive(Debug, PartialEq)]
pub(crate) struct Digits(String);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(DIGITS, DigitsVisitor)
    }
}

struct DigitsVisitor;

impl<'de> Visitor<'de> for DigitsVisitor {
    type Value = Digits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_str<E>(self, digits: &str) -> Result<Digits, E> {
        Ok(Digits(digits.to_owned()))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Digits, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Digits, A::Error> {
        let text = raw_text(map, &self)?;
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if is_number { self.visit_str(&text) } else { Err(A::Error::custom("no number")) }
    }
}

/// A code, in upper case; strictly it has no lower case.
#[derive(Debug, PartialEq)]
pub(crate) struct Code(pub(crate) String);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ask_strict(deserializer, CodeSeed)
    }
}

struct CodeSeed;

impl<'de> FlagSeed<'de> for CodeSeed {
    type Value = Code;

    fn read_set<D: Deserializer<'de>>(self, deserializer: D) -> Result<Code, D::Error> {
        let code = String::deserialize(deserializer)?;
        if code.contains(char::is_lowercase) {
            return Err(D::Error::custom("a code has no lower case"));
        }
        Ok(Code(code))
    }

    fn read_unset<D: Deserializer<'de>>(self, deserializer: D) -> Result<Code, D::Error> {
        String::deserialize(deserializer).map(|code| Code(code.to_uppercase()))
    }
}

/// Whether the reader was speculative.
#[derive(Debug, PartialEq)]
pub(crate) struct IsSpeculative(pub(crate) bool);

impl<'de> Deserialize<'de> for IsSpeculative {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ask_speculative(deserializer, IsSpeculativeSeed)
    }
}

struct IsSpeculativeSeed;

impl<'de> FlagSeed<'de> for IsSpeculativeSeed {
    type Value = IsSpeculative;

    fn read_set<D: Deserializer<'de>>(self, deserializer: D) -> Result<IsSpeculative, D::Error> {
        Value::deserialize(deserializer).map(|_| IsSpeculative(true))
    }

    fn read_unset<D: Deserializer<'de>>(self, deserializer: D) -> Result<IsSpeculative, D::Error> {
        Value::deserialize(deserializer).map(|_| IsSpeculative(false))
    }
}
