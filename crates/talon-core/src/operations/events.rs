//! Events.

mod track_event;

pub use track_event::TrackEvent;
