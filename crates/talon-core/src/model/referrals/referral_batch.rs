//! Referral codes of many advocates in one request.

use crate::model::{Referral, model};
use crate::{Attributes, CampaignId, ProfileId, Timestamp};

model! {
    /// Referral codes to create, one for each advocate.
    ///
    /// Not in the API of June 2020. Schema `NewReferralsForMultipleAdvocates`.
    pub struct NewReferralBatch {
        /// When the codes become valid; at once when absent.
        pub start_date: Option<Timestamp>,
        /// When the codes stop being valid; never when absent.
        pub expiry_date: Option<Timestamp>,
        /// How often each may be redeemed, 0 to 999 999; 0 for no limit but the campaign's.
        pub usage_limit: Option<i64>,
        /// Campaign that makes the codes; it needs the feature referrals.
        pub campaign_id as campaign: CampaignId,
        /// Customers who refer others, 1 to 1000; one listed twice gets two codes.
        pub advocate_profile_integration_ids as advocates: Vec<ProfileId>,
        /// Custom attributes of each code.
        pub attributes: Option<Attributes>,
        /// Characters of the random places; A to Z and 0 to 9 when absent.
        pub valid_characters: Option<Vec<String>>,
        /// Form of the codes, 3 to 100 characters, `#` for a random place; the campaign's when absent.
        pub referral_pattern as pattern: Option<String>,
    }
    setters
}

impl NewReferralBatch {
    /// A code of `campaign` for each of `advocates`.
    pub fn new<A: Into<ProfileId>>(
        campaign: impl Into<CampaignId>,
        advocates: impl IntoIterator<Item = A>,
    ) -> Self {
        Self {
            campaign_id: campaign.into(),
            advocate_profile_integration_ids: advocates.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }
}

model! {
    /// Referral codes that were created.
    ///
    /// Not in the API of June 2020.
    pub struct ReferralList {
        /// How many there are.
        pub total_result_size: i64,
        /// The codes, in the order of the advocates.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<Referral>,
    }
}
