//! What a fake remembers, and the transactions that change it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use talon_core::model::{
    Campaign, CampaignFrontendState, CampaignState, Coupon, CustomerProfile, CustomerSessionV2,
    Giveaway, Referral,
};
use talon_core::{
    AccountId, Amount, ApplicationId, AudienceId, CampaignId, CouponCode, LoyaltyProgramId,
    ProfileId, ReferralCode, RulesetId, SessionId, Timestamp,
};

mod budget;
mod ids;
mod load;
mod points;
mod transaction;
mod zone;

pub(crate) use budget::{BudgetKey, period_of};
pub(crate) use ids::Ids;
pub(crate) use points::{Batch, Points};
pub(crate) use transaction::Transaction;
pub(crate) use zone::Zone;

use crate::rules::Rule;
use crate::world::{
    AttributeType, Audience, CaseSensitivity, EvaluationMode, GiveawayPool, LoyaltyProgram, Schema,
};
use talon_core::effect::Effect;

/// The account every fake belongs to.
pub(crate) const ACCOUNT: i64 = 1;

/// Everything a fake remembers.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) now: Timestamp,
    pub(crate) ids: Ids,
    pub(crate) application: ApplicationId,
    pub(crate) zone: Zone,
    pub(crate) case: CaseSensitivity,
    pub(crate) evaluation_mode: EvaluationMode,
    pub(crate) schema: Schema,
    pub(crate) event_types: Option<BTreeMap<String, BTreeMap<String, AttributeType>>>,
    pub(crate) programs: BTreeMap<LoyaltyProgramId, LoyaltyProgram>,
    pub(crate) audiences: BTreeMap<AudienceId, Audience>,
    pub(crate) pools: BTreeMap<i64, GiveawayPool>,
    /// In the order of their evaluation.
    pub(crate) campaigns: Vec<StoredCampaign>,
    pub(crate) counts: HashMap<CampaignId, CampaignCounts>,
    pub(crate) budgets: HashMap<BudgetKey, Amount>,
    /// Giveaways awarded, by pool: how many of its codes are gone.
    pub(crate) awarded: HashMap<i64, usize>,
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
    pub(crate) partial_rewards: bool,
}

/// What closed sessions have used up of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CampaignCounts {
    pub(crate) coupon_redemptions: i64,
    pub(crate) referral_redemptions: i64,
    pub(crate) discount: Amount,
    pub(crate) discount_effects: i64,
    pub(crate) coupon_creations: i64,
    pub(crate) referral_creations: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredCoupon {
    pub(crate) coupon: Coupon,
    pub(crate) reserved_by: BTreeSet<ProfileId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredReferral {
    pub(crate) referral: Referral,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredProfile {
    pub(crate) profile: CustomerProfile,
    pub(crate) first_session: Option<SessionId>,
    pub(crate) points: Points,
    /// Coupons the profile holds reservations of.
    pub(crate) reserved: BTreeSet<CouponCode>,
    /// Referrals whose advocate the profile is.
    pub(crate) advocated: BTreeSet<ReferralCode>,
    /// Coupons redeemed, by code.
    pub(crate) redeemed: BTreeMap<CouponCode, i64>,
    pub(crate) giveaways: Vec<Giveaway>,
    /// Campaigns in which the profile redeemed a referral.
    pub(crate) referred_in: BTreeSet<CampaignId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredSession {
    pub(crate) session: CustomerSessionV2,
    /// Total the shop computed itself; V1 alone.
    pub(crate) own_total: Option<Amount>,
    /// Effects that took force when the session was closed.
    pub(crate) settled: Vec<Effect>,
    /// What that used up of the campaigns' limits.
    pub(crate) spent: Vec<(BudgetKey, Amount)>,
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

    /// Where it stands, as people are shown it.
    pub(crate) fn frontend_state_at(&self, now: Timestamp) -> CampaignFrontendState {
        match self.campaign.state {
            CampaignState::Archived => CampaignFrontendState::Archived,
            CampaignState::Enabled if self.runs_at(now) => CampaignFrontendState::Running,
            CampaignState::Enabled if self.campaign.start_time.is_some_and(|start| now < start) => {
                CampaignFrontendState::Scheduled
            }
            CampaignState::Enabled => CampaignFrontendState::Expired,
            _ => CampaignFrontendState::Disabled,
        }
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
            points: Points::default(),
            reserved: BTreeSet::new(),
            advocated: BTreeSet::new(),
            redeemed: BTreeMap::new(),
            giveaways: Vec::new(),
            referred_in: BTreeSet::new(),
        }
    }
}
