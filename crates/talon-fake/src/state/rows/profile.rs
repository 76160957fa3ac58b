//! Profiles.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use talon_core::model::{CustomerProfile, Giveaway};
use talon_core::{
    AccountId, CampaignId, CouponCode, EventId, ProfileId, ReferralCode, SessionId, Timestamp,
};

use super::Membership;
use crate::state::ACCOUNT;
use crate::store::{EncodableRow, EncodedRow, Row};

/// A profile and what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredProfile {
    pub(crate) profile: CustomerProfile,
    pub(crate) first_session: Option<SessionId>,
    /// The head of the list of its sessions; each names the one before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) latest_session: Option<SessionId>,
    /// The head of the list of its events; each names the one before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) latest_event: Option<EventId>,
    /// Coupons of which the profile holds reservations.
    pub(crate) reserved: BTreeSet<CouponCode>,
    /// Referrals whose advocate the profile is.
    pub(crate) advocated: BTreeSet<ReferralCode>,
    /// How often the profile redeemed each coupon.
    pub(crate) redeemed: BTreeMap<CouponCode, i64>,
    pub(crate) giveaways: Vec<Giveaway>,
    /// Campaigns in which the profile redeemed a referral.
    pub(crate) referred_in: BTreeSet<CampaignId>,
    /// Memberships in audiences by their ids, some of which may have ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) memberships: Vec<Membership>,
    /// Whether only an audience knows it: requests for it find no profile.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_hidden: bool,
}

impl StoredProfile {
    /// An empty profile.
    pub(crate) fn new(id: ProfileId, number: i64, now: Timestamp) -> Self {
        let profile = CustomerProfile {
            id: Some(number),
            integration_id: id,
            created: now,
            account_id: AccountId::from(ACCOUNT),
            last_activity: now,
            audience_memberships: Some(Vec::new()),
            ..CustomerProfile::default()
        };
        Self {
            profile,
            first_session: None,
            latest_session: None,
            latest_event: None,
            reserved: BTreeSet::new(),
            advocated: BTreeSet::new(),
            redeemed: BTreeMap::new(),
            giveaways: Vec::new(),
            referred_in: BTreeSet::new(),
            memberships: Vec::new(),
            is_hidden: false,
        }
    }
}

impl Row for StoredProfile {
    type Key = ProfileId;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &ProfileId {
        &self.profile.integration_id
    }
}

/// From how many codes and giveaways on a profile is long.
const LONG: usize = 20;

impl EncodableRow for StoredProfile {
    fn is_long(&self) -> bool {
        let codes = self.redeemed.len() + self.reserved.len() + self.advocated.len();
        codes + self.giveaways.len() > LONG
    }
}
