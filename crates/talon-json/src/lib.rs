#![doc = include_str!("../README.md")]

mod by_text;
mod context;
mod cursor;
mod decode;
mod error;
mod fallback;
pub mod protocol;
mod raw_text;
mod reader;
mod scan;
mod surrogates;
#[cfg(test)]
mod test_values;
#[cfg(test)]
mod tests;
mod trail;
mod value;
mod writer;

pub use by_text::{ByText, deserialize_by_text};
pub use context::strict;
pub use decode::{Options, from_slice, from_slice_compact, speculate, value_from_slice};
pub use error::DecodeError;
pub use raw_text::RawText;
use serde::Serialize;
pub use value::{Values, deserialize_value};

/// Writes a value without white space: the bytes that serde_json writes, in less time.
///
/// # Errors
/// When it has no JSON form, such as a map whose keys are no strings.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    writer::write(value)
}
