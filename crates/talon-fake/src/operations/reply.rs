//! Replies, from what the engine did.

pub(super) mod event;
