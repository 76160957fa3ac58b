//! What goes through all cases.

mod coverage;
mod harness;

pub use coverage::{missing, table};
pub use harness::run_suite;
