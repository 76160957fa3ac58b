//! What a test steers, as data: the record of calls and the faults to inject.
//!
//! Knows no [`Fake`](crate::Fake); the handles that tests hold are in `fake`.

pub(crate) mod calls;
mod differences;
mod duration;
pub(crate) mod faults;

pub(crate) use differences::differences;
pub(crate) use duration::{JsonDuration, milliseconds};
