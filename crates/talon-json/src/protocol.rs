//! How a value asks its reader for more than serde's data model has.
//!
//! Serde lets a value pass a name to its reader, in
//! [`deserialize_newtype_struct`](Deserializer::deserialize_newtype_struct). A reader that does not
//! know the name calls `visit_newtype_struct` with itself, and the value reads on as it would
//! without the question. serde_json hands out raw text in this way. The readers of this crate know
//! these names:
//!
//! | name | question | answer |
//! |---|---|---|
//! | [`DIGITS`] | the text of a number | `visit_borrowed_str` |
//! | [`VALUE`] | any value, with all digits of its numbers | as to `deserialize_any`, but a number that is no short integer comes as its text, by `visit_borrowed_bytes` |
//! | [`RAW_VALUE`] | the text of any value | `visit_map` with one member, which [`raw_text`] reads; serde_json answers alike |
//!
//! A value may also ask whether its reader is strict ([`ask_strict`]) or speculative
//! ([`ask_speculative`]).
//!
//! A value that asks therefore reads from every deserializer: from ours with what it asked for,
//! from others as well as they can.
//!
//! ```
//! use serde::de::{Deserialize, Deserializer, Error, Visitor};
//! use talon_json::protocol::DIGITS;
//!
//! /// A number with all its digits.
//! #[derive(Debug, PartialEq)]
//! struct Digits(String);
//!
//! impl<'de> Deserialize<'de> for Digits {
//!     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//!         deserializer.deserialize_newtype_struct(DIGITS, DigitsVisitor)
//!     }
//! }
//!
//! struct DigitsVisitor;
//!
//! impl<'de> Visitor<'de> for DigitsVisitor {
//!     type Value = Digits;
//!
//!     fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
//!         f.write_str("a number")
//!     }
//!
//!     /// The answer.
//!     fn visit_str<E: Error>(self, digits: &str) -> Result<Digits, E> {
//!         Ok(Digits(digits.to_owned()))
//!     }
//!
//!     /// The reader does not know the name.
//!     fn visit_newtype_struct<D: Deserializer<'de>>(self, reader: D) -> Result<Digits, D::Error> {
//!         f64::deserialize(reader).map(|number| Digits(number.to_string()))
//!     }
//! }
//!
//! let text = "0.30000000000000000000004";
//! assert_eq!(talon_json::from_slice::<Digits>(text.as_bytes())?, Digits(text.to_owned()));
//! assert_eq!(serde_json::from_str::<Digits>(text).unwrap(), Digits("0.3".to_owned()));
//! # Ok::<(), talon_json::DecodeError>(())
//! ```
//!
//! Where serde keeps a value in memory before it reads it, as `#[serde(flatten)]` and
//! `#[serde(untagged)]` do, no reader of ours is left to ask: the value reads as from any other
//! reader.
//!
//! Writing needs one name alone, that of serde_json: what is serialized as
//! [`serde_json::value::RawValue`] is written as it stands, by this crate and by serde_json.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess as _, Visitor,
};

/// Asks for the text of the number that is next.
pub const DIGITS: &str = "$talon::json::Digits";

/// Asks for any value, in which numbers that are no short integers are their text.
pub const VALUE: &str = "$talon::json::Value";

/// Asks for the text of the value that is next; the name that serde_json gives its
/// [`RawValue`](serde_json::value::RawValue).
pub const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// What the names begin with by which types of serde_json know each other.
pub(crate) const PRIVATE: &str = "$serde_json::private::";

/// Name of the member in which serde_json with the feature `arbitrary_precision` hands on numbers.
pub(crate) const NUMBER: &str = "$serde_json::private::Number";

/// Asks whether the reader is of this crate.
pub(crate) const DIRECT: &str = "$talon::json::Direct";
pub(crate) const SPECULATIVE: &str = "$talon::json::Speculative";
pub(crate) const STRICT: &str = "$talon::json::Strict";

/// Reads the answer to [`RAW_VALUE`] in a visitor of your own, which expects `expected`.
///
/// # Errors
/// When the map is no answer but an object.
pub fn raw_text<'de, A: MapAccess<'de>>(
    mut map: A,
    expected: &dyn Expected,
) -> Result<Cow<'de, str>, A::Error> {
    match map.next_key::<Text<'_>>()? {
        Some(Text(name)) if name.starts_with(PRIVATE) => map.next_value().map(|Text(text)| text),
        _ => Err(A::Error::invalid_type(Unexpected::Map, expected)),
    }
}

/// A string, borrowed where the input allows; as the key of a map too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// Reads by `seed`, which is told whether the reader is strict, see
/// [`Options::strict`](crate::Options::strict): a value then refuses what it would otherwise read
/// leniently.
///
/// # Errors
/// Those of `seed`.
#[inline]
pub fn ask_strict<'de, D: Deserializer<'de>, S: FlagSeed<'de>>(
    deserializer: D,
    seed: S,
) -> Result<S::Value, D::Error> {
    deserializer.deserialize_newtype_struct(STRICT, SomeVisitor(seed))
}

/// Reads by `seed`, which is told whether the reader is speculative: an error then costs nothing but
/// time, since the JSON is read from the start by a reader that is not.
///
/// Serde cannot go back. A value that may have to, such as one whose type is told by another
/// member, keeps raw text until it knows enough; from a speculative reader it reads at once what is
/// likely, and fails when it is not so.
///
/// # Errors
/// Those of `seed`.
#[inline]
pub fn ask_speculative<'de, D: Deserializer<'de>, S: FlagSeed<'de>>(
    deserializer: D,
    seed: S,
) -> Result<S::Value, D::Error> {
    deserializer.deserialize_newtype_struct(SPECULATIVE, SpeculativeVisitor(seed))
}

/// Reads a value in a way that depends on a property of the reader.
///
/// Two methods and no argument, so that code for one kind of readers is not compiled for all.
///
/// ```
/// use serde::de::{Deserialize, Deserializer};
/// use talon_json::Options;
/// use talon_json::protocol::{FlagSeed, ask_strict};
///
/// /// A code, in upper case; a strict reader does not take another.
/// #[derive(Debug)]
/// struct Code(String);
///
/// impl<'de> Deserialize<'de> for Code {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         ask_strict(deserializer, CodeSeed)
///     }
/// }
///
/// struct CodeSeed;
///
/// impl<'de> FlagSeed<'de> for CodeSeed {
///     type Value = Code;
///
///     fn read_set<D: Deserializer<'de>>(self, reader: D) -> Result<Code, D::Error> {
///         let code = String::deserialize(reader)?;
///         if code != code.to_uppercase() {
///             return Err(serde::de::Error::custom("a code has no lower case"));
///         }
///         Ok(Code(code))
///     }
///
///     fn read_unset<D: Deserializer<'de>>(self, reader: D) -> Result<Code, D::Error> {
///         String::deserialize(reader).map(|code| Code(code.to_uppercase()))
///     }
/// }
///
/// assert_eq!(talon_json::from_slice::<Code>(b"\"spring\"")?.0, "SPRING");
/// assert!(Options::new().strict().from_slice::<Code>(b"\"spring\"").is_err());
/// # Ok::<(), talon_json::DecodeError>(())
/// ```
pub trait FlagSeed<'de> {
    /// What is read.
    type Value;

    /// Reads the value from a reader with the property.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_set<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error>;

    /// Reads the value from any other reader.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_unset<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error>;
}

/// A reader with the property answers by `visit_some`.
pub(crate) struct SomeVisitor<S>(pub(crate) S);

/// A speculative reader answers by `visit_enum`, as the content of a variant. It is not the answer
/// of strict readers, for which the code for speculative ones would otherwise be compiled.
struct SpeculativeVisitor<S>(S);

/// Readers that pass over the name, and over newtypes with it.
macro_rules! unset {
    ($( $method:ident($type:ty) )+) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }

        #[inline]
        fn visit_newtype_struct<D: Deserializer<'de>>(
            self,
            deserializer: D,
        ) -> Result<S::Value, D::Error> {
            self.0.read_unset(deserializer)
        }

        $(
            fn $method<E: Error>(self, value: $type) -> Result<S::Value, E> {
                self.0.read_unset(IntoDeserializer::<E>::into_deserializer(value))
            }
        )+

        fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
            self.0.read_unset(().into_deserializer())
        }

        fn visit_none<E: Error>(self) -> Result<S::Value, E> {
            self.visit_unit()
        }

        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<S::Value, A::Error> {
            self.0.read_unset(SeqAccessDeserializer::new(seq))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<S::Value, A::Error> {
            self.0.read_unset(MapAccessDeserializer::new(map))
        }
    };
}

impl<'de, S: FlagSeed<'de>> Visitor<'de> for SomeVisitor<S> {
    type Value = S::Value;

    unset! {
        visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64)
        visit_str(&str) visit_string(String) visit_bytes(&[u8])
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.read_set(deserializer)
    }
}

impl<'de, S: FlagSeed<'de>> Visitor<'de> for SpeculativeVisitor<S> {
    type Value = S::Value;

    unset! {
        visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64)
        visit_str(&str) visit_string(String) visit_bytes(&[u8])
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.read_unset(deserializer)
    }

    #[inline]
    fn visit_enum<A: EnumAccess<'de>>(self, reader: A) -> Result<S::Value, A::Error> {
        let ((), reader) = reader.variant()?;
        reader.newtype_variant_seed(Set(self.0))
    }
}

/// A seed for a reader with the property.
struct Set<S>(S);

impl<'de, S: FlagSeed<'de>> DeserializeSeed<'de> for Set<S> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.read_set(deserializer)
    }
}
