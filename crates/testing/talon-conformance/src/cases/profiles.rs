//! Customer profiles and what belongs to them.

pub(crate) mod batches;
pub(crate) mod erasure;
pub(crate) mod first_version;
pub(crate) mod inventory;
pub(crate) mod response_content;
pub(crate) mod rules;
pub(crate) mod updates;
