//! The promotion engine: what a session, an event or a profile update causes.

pub(crate) mod booking;
pub(crate) mod evaluate;
pub(crate) mod grants;
pub(crate) mod ledger;
pub(crate) mod lifecycle;
pub(crate) mod merge;
