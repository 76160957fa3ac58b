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

use crate::prelude::*;

/// An event of the second version.
pub(crate) fn reviewed() -> NewEventV2 {
    NewEventV2::new("reviewed", "anna")
}

/// A world that declares the type of [`reviewed`].
pub(crate) fn with_reviews() -> Seed {
    Seed::new().event_type("reviewed", &[("Stars", AttributeType::Number)])
}

/// An event of the third version.
pub(crate) fn delivered() -> NewEventV3 {
    NewEventV3::new("pe_12345", "delivered", "anna")
}

/// A world that declares the type of [`delivered`].
pub(crate) fn with_deliveries() -> Seed {
    Seed::new().event_type("delivered", &[("Parcels", AttributeType::Number)])
}

/// Whether the event [`delivered`] is stored.
pub(crate) async fn is_known(world: &World) -> bool {
    match world.api.get_event_v3(GetEventV3::new("pe_12345")).await {
        Ok(_) => true,
        Err(error) => {
            assert!(error.is_not_found(), "{error}");
            false
        }
    }
}
