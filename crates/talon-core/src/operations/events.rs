//! Events.

mod get_event_v3;
mod track_event;
mod track_event_v2;
mod track_event_v3;

pub use get_event_v3::GetEventV3;
pub use track_event::TrackEvent;
pub use track_event_v2::TrackEventV2;
pub use track_event_v3::TrackEventV3;
