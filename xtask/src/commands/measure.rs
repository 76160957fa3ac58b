//! Commands that measure: time, instructions, coverage, mutants, lines.

pub(crate) mod bench;
pub(crate) mod coverage;
pub(crate) mod loc;
pub(crate) mod mutants;
pub(crate) mod semver;
