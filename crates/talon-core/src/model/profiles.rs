//! Customer profiles.

mod inventory;
mod profile;
mod profile_batch;

pub use inventory::*;
pub use profile::*;
pub use profile_batch::*;
