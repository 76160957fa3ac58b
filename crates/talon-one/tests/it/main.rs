//! Tests of the public API.

mod names;
mod readme;
