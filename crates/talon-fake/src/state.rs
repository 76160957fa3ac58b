//! What a fake remembers, and the transactions that change it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use talon_core::model::{
    Campaign, CampaignState, Coupon, CustomerProfile, CustomerSessionV2, Referral,
};
use talon_core::{
    AccountId, Amount, ApplicationId, CampaignId, CouponCode, LoyaltyProgramId, ProfileId,
    ReferralCode, RulesetId, SessionId, Timestamp,
};

mod ids;
mod load;
mod transaction;

pub(crate) use ids::Ids;
pub(crate) use transaction::Transaction;

use crate::rules::Rule;
use crate::world::{AttributeType, LoyaltyProgram, Schema};
use talon_core::effect::Effect;

/// The account every fake belongs to.
pub(crate) const ACCOUNT: i64 = 1;

/// Everything a fake remembers.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) now: Timestamp,
    pub(crate) ids: Ids,
    pub(crate) application: ApplicationId,
    pub(crate) schema: Schema,
    pub(crate) event_types: Option<BTreeMap<String, BTreeMap<String, AttributeType>>>,
    pub(crate) programs: BTreeMap<LoyaltyProgramId, LoyaltyProgram>,
    /// In the order of their evaluation.
    pub(crate) campaigns: Vec<StoredCampaign>,
    pub(crate) counts: HashMap<CampaignId, CampaignCounts>,
    pub(crate) coupons: HashMap<CouponCode, StoredCoupon>,
    pub(crate) referrals: HashMap<ReferralCode, StoredReferral>,
    pub(crate) profiles: HashMap<ProfileId, StoredProfile>,
    pub(crate) sessions: HashMap<SessionId, StoredSession>,
}

/// A campaign with its rules; never changes.
#[derive(Debug)]
pub(crate) struct StoredCampaign {
    pub(crate) campaign: Campaign,
    pub(crate) ruleset_id: RulesetId,
    pub(crate) rules: Vec<Rule>,
}

/// What closed sessions have used up of a campaign.
#[derive(Clone, Debug, Default)]
pub(crate) struct CampaignCounts {
    pub(crate) coupon_redemptions: i64,
    pub(crate) referral_redemptions: i64,
    pub(crate) discount: Amount,
    pub(crate) discount_effects: i64,
    pub(crate) coupon_creations: i64,
    pub(crate) referral_creations: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct StoredCoupon {
    pub(crate) coupon: Coupon,
    pub(crate) reserved_by: BTreeSet<ProfileId>,
}

#[derive(Clone, Debug)]
pub(crate) struct StoredReferral {
    pub(crate) referral: Referral,
}

#[derive(Clone, Debug)]
pub(crate) struct StoredProfile {
    pub(crate) profile: CustomerProfile,
    pub(crate) first_session: Option<SessionId>,
    /// Points by program and subledger; the main ledger is the empty name.
    pub(crate) points: BTreeMap<(LoyaltyProgramId, String), Amount>,
    /// Coupons the profile holds reservations of.
    pub(crate) reserved: BTreeSet<CouponCode>,
    /// Referrals whose advocate the profile is.
    pub(crate) advocated: BTreeSet<ReferralCode>,
    /// Coupons redeemed, by code.
    pub(crate) redeemed: BTreeMap<CouponCode, i64>,
    /// Coupons and referrals redeemed, by campaign.
    pub(crate) coupon_redemptions: BTreeMap<CampaignId, i64>,
    pub(crate) referral_redemptions: BTreeMap<CampaignId, i64>,
}

#[derive(Clone, Debug)]
pub(crate) struct StoredSession {
    pub(crate) session: CustomerSessionV2,
    /// Total the shop computed itself; V1 alone.
    pub(crate) own_total: Option<Amount>,
    /// Effects that took force when the session was closed.
    pub(crate) settled: Vec<Effect>,
    /// Whether the session is closed and counted.
    pub(crate) is_booked: bool,
}

impl StoredCampaign {
    pub(crate) fn id(&self) -> CampaignId {
        self.campaign.id
    }

    /// Whether it is enabled and `now` is within its dates.
    pub(crate) fn runs_at(&self, now: Timestamp) -> bool {
        self.campaign.state == CampaignState::Enabled
            && self.campaign.start_time.is_none_or(|start| start <= now)
            && self.campaign.end_time.is_none_or(|end| now < end)
    }
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
            ..CustomerProfile::default()
        };
        Self {
            profile,
            first_session: None,
            points: BTreeMap::new(),
            reserved: BTreeSet::new(),
            advocated: BTreeSet::new(),
            redeemed: BTreeMap::new(),
            coupon_redemptions: BTreeMap::new(),
            referral_redemptions: BTreeMap::new(),
        }
    }
}
