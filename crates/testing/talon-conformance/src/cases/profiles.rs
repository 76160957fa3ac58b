//! Customer profiles and what belongs to them.

pub(crate) mod erasure;
pub(crate) mod first_version;
pub(crate) mod inventory;
pub(crate) mod updates;
