//! Tests of the public API.

mod names;
