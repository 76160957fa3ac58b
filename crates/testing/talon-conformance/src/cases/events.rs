//! Events that shops record.

pub(crate) mod immediate_effects;
pub(crate) mod recording;
