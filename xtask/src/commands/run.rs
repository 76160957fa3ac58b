//! Commands that run programs of this workspace.

pub(crate) mod image;
pub(crate) mod load;
pub(crate) mod sdks;
pub(crate) mod serde_json_features;
pub(crate) mod soak;
pub(crate) mod test;
