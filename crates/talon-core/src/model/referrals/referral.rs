//! Referral codes.

use crate::model::model;
use crate::{Attributes, CampaignId, ProfileId, ReferralCode, ReferralId, Timestamp};

model! {
    /// A referral code to create for an advocate.
    ///
    /// Schema `NewReferral`.
    pub struct NewReferral {
        /// Campaign of the code; it must have the feature `referrals`.
        pub campaign_id as campaign: CampaignId,
        /// Integration id of the advocate, at most 1000 characters.
        pub advocate_profile_integration_id as advocate: ProfileId,
        /// Integration id of the only customer who may redeem the code; absent or empty means any
        /// customer.
        pub friend_profile_integration_id as friend: Option<ProfileId>,
        /// Start of the code's validity; absent means immediately.
        pub start_date: Option<Timestamp>,
        /// End of the code's validity; absent means never.
        pub expiry_date: Option<Timestamp>,
        /// Maximum number of redemptions, 0 to 999 999; 0 means no limit other than the campaign's.
        /// Not in the API of June 2020.
        pub usage_limit: Option<i64>,
        /// Custom attributes. Not in the API of June 2020.
        pub attributes: Option<Attributes>,
    }
    setters
}

impl NewReferral {
    /// A code of `campaign` for `advocate`.
    pub fn new(campaign: impl Into<CampaignId>, advocate: impl Into<ProfileId>) -> Self {
        Self {
            campaign_id: campaign.into(),
            advocate_profile_integration_id: advocate.into(),
            ..Self::default()
        }
    }
}

model! {
    /// A referral code and its use.
    ///
    /// Schemas `Referral` and `InventoryReferral`.
    pub struct Referral {
        /// Id that the service assigned to the referral.
        pub id: ReferralId,
        /// Time of its creation.
        pub created: Timestamp,
        /// Campaign it belongs to.
        pub campaign_id: CampaignId,
        /// Integration id of the advocate.
        pub advocate_profile_integration_id: ProfileId,
        /// Integration id of the only customer who may redeem the code; absent or empty means any
        /// customer.
        pub friend_profile_integration_id: Option<ProfileId>,
        /// Start of the code's validity; absent means valid since its creation.
        pub start_date: Option<Timestamp>,
        /// End of the code's validity; absent means never.
        pub expiry_date: Option<Timestamp>,
        /// The code, at least 4 characters.
        pub code: ReferralCode,
        /// Redemptions so far, by closed sessions.
        pub usage_counter: i64,
        /// Maximum number of redemptions, 0 to 999 999; 0 means no limit other than the campaign's.
        pub usage_limit: i64,
        /// Custom attributes. Not in the API of June 2020.
        pub attributes: Option<Attributes>,
        /// Import that created it. Not in the API of June 2020.
        pub import_id: Option<i64>,
        /// Batch it was created in. Not in the API of June 2020.
        pub batch_id: Option<String>,
        /// Customers who redeemed it; in inventories and session replies. Not in the API of June
        /// 2020.
        pub referred_customers: Option<Vec<ProfileId>>,
    }
}
