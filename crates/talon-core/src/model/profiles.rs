//! Customer profiles.

mod inventory;
mod profile;

pub use inventory::*;
pub use profile::*;
