//! Commands, by what a person wants of them.

pub(crate) mod check;
pub(crate) mod fuzz;
pub(crate) mod measure;
pub(crate) mod run;
