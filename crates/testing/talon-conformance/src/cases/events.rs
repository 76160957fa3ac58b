//! Events that shops record.

pub(crate) mod connected_sessions;
pub(crate) mod immediate_effects;
pub(crate) mod reads;
pub(crate) mod recording;
pub(crate) mod second_version;
pub(crate) mod second_version_effects;
pub(crate) mod second_version_refusals;
pub(crate) mod third_version;
pub(crate) mod third_version_refusals;
pub(crate) mod third_version_rules;
