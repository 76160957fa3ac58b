//! How members travel that the service may extend, or sends in more than one shape.

pub(crate) mod lenient;
pub(crate) mod open_enum;
pub(crate) mod raw_json;
mod tolerant;

pub use open_enum::Unrecognized;
pub(crate) use open_enum::open_enum;
pub use raw_json::RawJson;
pub use tolerant::Tolerant;
