//! Runners of all cases.

mod compare;
mod coverage;
mod harness;
mod own_ids;
mod remote;

pub use compare::{Difference, Report, compare};
pub use coverage::{missing, table};
pub use harness::run_suite;
pub use remote::{Access, remote};
