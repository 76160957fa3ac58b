//! Members that the service may extend, or sends in more than one form.

#[cfg(feature = "proptest")]
mod arbitrary;
mod known_or_raw;
pub(crate) mod lenient;
mod mismatch;
pub(crate) mod open_enum;
pub(crate) mod raw_json;

pub use known_or_raw::KnownOrRaw;
pub(crate) use mismatch::mismatch;
pub use open_enum::Unrecognized;
pub(crate) use open_enum::open_enum;
pub use raw_json::RawJson;
