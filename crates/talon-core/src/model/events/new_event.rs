//! Events to record outside of sessions.

use crate::model::{ResponseContent, model};
use crate::{Attributes, CampaignId, EventIntegrationId, ProfileId, ReferralCode, SessionId};

model! {
    /// An event to record outside of any session.
    ///
    /// Not in the API of June 2020. Schema `IntegrationEventV2Request`.
    pub struct NewEventV2 {
        /// Customer who did it; required, though the specification does not say so.
        pub profile_id as profile: Option<ProfileId>,
        /// Store it happened in, 1 to 1000 characters.
        pub store_integration_id: Option<String>,
        /// Evaluate these campaigns and no others, even disabled ones; dry requests only.
        pub evaluable_campaign_ids: Option<Vec<CampaignId>>,
        /// Name of the event, declared beforehand; names of built-in events are reserved.
        #[serde(rename = "type")]
        pub event_type: String,
        /// Custom attributes, declared for this event.
        pub attributes: Option<Attributes>,
        /// What to return in addition to the effects.
        pub response_content: Option<Vec<ResponseContent>>,
        /// Loyalty card of the customer, at most one.
        pub loyalty_cards: Option<Vec<String>>,
    }
    setters
}

impl NewEventV2 {
    /// An event named `event_type` of `profile`, without attributes.
    pub fn new(event_type: impl Into<String>, profile: impl Into<ProfileId>) -> Self {
        Self { event_type: event_type.into(), profile_id: Some(profile.into()), ..Self::default() }
    }
}

model! {
    /// An event to record under an id of the shop.
    ///
    /// Not in the API of June 2020. Schema `IntegrationEventV3Request`.
    pub struct NewEventV3 {
        /// Customer who did it.
        pub profile_id as profile: ProfileId,
        /// Store it happened in, 1 to 1000 characters.
        pub store_integration_id: Option<String>,
        /// Evaluate these campaigns and no others, even disabled ones; dry requests only.
        pub evaluable_campaign_ids: Option<Vec<CampaignId>>,
        /// Name of the event, declared beforehand; names of built-in events are reserved.
        #[serde(rename = "type")]
        pub event_type: String,
        /// Custom attributes, declared for this event.
        pub attributes: Option<Attributes>,
        /// Id of the event, which no other event may have; at least 1 character.
        pub integration_id: EventIntegrationId,
        /// Closed session whose cart, attributes and codes the rules may read.
        pub connected_session_id as connected_session: Option<SessionId>,
        /// Referral code that rules may ask for. Newer than the published specification.
        pub referral_code: Option<ReferralCode>,
        /// Loyalty card of the customer, at most one.
        pub loyalty_cards: Option<Vec<String>>,
        /// What to return in addition to the effects.
        pub response_content: Option<Vec<ResponseContent>>,
    }
    setters
}

impl NewEventV3 {
    /// The event `id`, named `event_type`, of `profile`, without attributes.
    pub fn new(
        id: impl Into<EventIntegrationId>,
        event_type: impl Into<String>,
        profile: impl Into<ProfileId>,
    ) -> Self {
        Self {
            integration_id: id.into(),
            event_type: event_type.into(),
            profile_id: profile.into(),
            ..Self::default()
        }
    }
}
