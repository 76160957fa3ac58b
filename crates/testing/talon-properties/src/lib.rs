#![doc = include_str!("../README.md")]

mod script;
mod seeds;
mod text;

pub mod decode_reply;
pub mod dispatch;
pub mod json;
pub mod models;
pub mod path;
pub mod retry_after;
pub mod sequence;
pub mod signature;
pub mod uri;
pub mod world;

pub use seeds::{Seed, seeds};

/// A property: panics when it does not hold for `data`.
pub type Check = fn(data: &[u8]);

/// All fuzz targets by name.
pub const TARGETS: &[(&str, Check)] = &[
    ("decode_reply", decode_reply::check),
    ("dispatch", dispatch::check),
    ("json", json::check),
    ("models", models::check),
    ("path", path::check),
    ("retry_after", retry_after::check),
    ("sequence", sequence::check),
    ("signature", signature::check),
    ("uri", uri::check),
    ("world", world::check),
];
