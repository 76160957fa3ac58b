//! Events that shops record.

pub(crate) mod connected_sessions;
pub(crate) mod immediate_effects;
pub(crate) mod recording;
pub(crate) mod second_version;
pub(crate) mod second_version_effects;
pub(crate) mod third_version;
pub(crate) mod third_version_rules;
