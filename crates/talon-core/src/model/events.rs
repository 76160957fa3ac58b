//! Events of a session.

mod event;

pub use event::*;
