//! JSON as operations read and write it: what [`serde_json`] makes of it, in less time.
//!
//! Requests and replies go through [`from_slice`] and [`to_vec`]. Use them to store replies, or to
//! read what arrives by another way than a call. The codec itself is the crate `talon-json`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
pub use talon_json::{Values, deserialize_value};

use crate::{Error, ErrorKind};

/// Reads a value.
///
/// A lone surrogate, such as the escape `\ud83d` alone, is read as U+FFFD, as the service reads it.
/// Read a [`Value`] with [`value_from_slice`].
///
/// ```
/// use talon_core::json;
/// use talon_core::model::CartItem;
///
/// let item: CartItem = json::from_slice(br#"{"sku": "MUG", "quantity": 2, "price": 19.99}"#)?;
/// assert_eq!(item, CartItem::new("MUG", 2).price("19.99".parse::<talon_core::Amount>().unwrap()));
///
/// let error = json::from_slice::<CartItem>(br#"{"sku": "MUG", "quantity": "two"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "cannot be read: quantity does not fit");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// [`Decode`](ErrorKind::Decode), with the place, when it is no JSON or does not fit `T`.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> crate::Result<T> {
    talon_json::from_slice(json).map_err(decode_error)
}

/// Reads any JSON, as attributes and payloads are read: no name in it is special, see
/// [`deserialize_value`].
///
/// ```
/// use talon_core::json;
///
/// let value = json::value_from_slice(br#"{"$serde_json::private::RawValue": "[1]"}"#)?;
/// assert_eq!(value["$serde_json::private::RawValue"], "[1]");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// [`Decode`](ErrorKind::Decode), with the place, when it is no JSON.
pub fn value_from_slice(json: &[u8]) -> crate::Result<Value> {
    talon_json::value_from_slice(json).map_err(decode_error)
}

/// Writes a value, without white space.
///
/// ```
/// use talon_core::json;
/// use talon_core::model::CartItem;
///
/// let json = json::to_vec(&CartItem::new("MUG", 2).price(8))?;
/// assert_eq!(json, br#"{"sku":"MUG","quantity":2,"price":8}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// [`Encode`](ErrorKind::Encode) when it has no JSON form, such as a map whose keys are no strings.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> crate::Result<Vec<u8>> {
    talon_json::to_vec(value).map_err(|error| {
        Error::builder(ErrorKind::Encode, "cannot be written as JSON").source(error).build()
    })
}

fn decode_error(error: talon_json::DecodeError) -> Error {
    let message = format!("cannot be read: {error}");
    Error::builder(ErrorKind::Decode, message).source(error.into_cause()).build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_has_no_form_is_an_error() {
        let odd = BTreeMap::from([((1, 2), 3)]);

        let error = to_vec(&odd).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Encode);
        assert_eq!(error.to_string(), "cannot be written as JSON");
    }
}
