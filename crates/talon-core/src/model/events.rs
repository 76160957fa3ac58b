//! Events.

mod event;
mod new_event;

pub use event::*;
pub use new_event::*;
