//! The rows of a snapshot of the fake.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use talon_core::model::{
    Coupon, CustomerProfile, CustomerSessionV2, Giveaway, LoyaltyCardProfileRegistration, Referral,
};
use talon_core::{Amount, AudienceId, CampaignId, CouponCode, ProfileId, ReferralCode, SessionId};
use talon_fake::Snapshot;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredState {
    pub(super) counts: BTreeMap<CampaignId, Counts>,
    pub(super) budgets: BTreeMap<String, Budget>,
    pub(super) awarded: BTreeMap<i64, AwardedCodes>,
    pub(super) coupons: BTreeMap<CouponCode, StoredCoupon>,
    pub(super) referrals: BTreeMap<ReferralCode, StoredReferral>,
    pub(super) profiles: BTreeMap<ProfileId, StoredProfile>,
    pub(super) sessions: BTreeMap<SessionId, StoredSession>,
    pub(super) audiences: BTreeMap<AudienceId, StoredAudience>,
    pub(super) audience_members: BTreeMap<AudienceId, AudienceMembers>,
    /// By program and identifier, such as `3/card-1`.
    pub(super) loyalty_cards: BTreeMap<String, StoredCard>,
    /// By program and owner, such as `1/profile/anna`.
    pub(super) loyalty_accounts: BTreeMap<String, LoyaltyAccount>,
    pub(super) point_transactions: BTreeMap<String, PointTransaction>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Budget {
    pub(super) used: Amount,
}

/// Positions of awarded codes: all before the first that is left, and some behind it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AwardedCodes {
    first_left: usize,
    #[serde(default)]
    behind: BTreeSet<usize>,
}

impl AwardedCodes {
    pub(super) fn count(&self) -> usize {
        self.first_left + self.behind.len()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    pub(super) coupon_redemptions: i64,
    pub(super) referral_redemptions: i64,
    pub(super) discount: Amount,
    pub(super) discount_effects: i64,
    pub(super) coupon_creations: i64,
    pub(super) referral_creations: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredCoupon {
    pub(super) coupon: Coupon,
    pub(super) reserved_by: BTreeSet<ProfileId>,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoredReferral {
    pub(super) referral: Referral,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoredProfile {
    pub(super) profile: CustomerProfile,
    pub(super) reserved: BTreeSet<CouponCode>,
    pub(super) redeemed: BTreeMap<CouponCode, i64>,
    pub(super) giveaways: Vec<Giveaway>,
    #[serde(default)]
    pub(super) memberships: Vec<Membership>,
    #[serde(default)]
    pub(super) cards: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoredCard {
    pub(super) key: String,
    #[serde(default)]
    pub(super) profiles: Vec<LoyaltyCardProfileRegistration>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Membership {
    pub(super) audience: AudienceId,
    pub(super) generation: i64,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoredAudience {
    pub(super) generation: i64,
}

#[derive(Debug, Deserialize)]
pub(super) struct AudienceMembers {
    pub(super) profiles: Vec<ProfileId>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LoyaltyAccount {
    /// By the id of the subledger.
    pub(super) ledgers: BTreeMap<String, Ledger>,
    pub(super) log: Vec<LogEntry>,
}

#[derive(Debug, Deserialize)]
pub(super) struct LogEntry {
    pub(super) transaction: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ledger {
    pub(super) batches: Vec<Batch>,
    pub(super) spent: Amount,
    pub(super) negative: Amount,
}

#[derive(Debug, Deserialize)]
pub(super) struct Batch {
    pub(super) left: Amount,
}

#[derive(Debug, Deserialize)]
pub(super) struct PointTransaction {
    pub(super) account: String,
    pub(super) subledger: String,
    pub(super) kind: PointTransactionKind,
    pub(super) points: Amount,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum PointTransactionKind {
    Addition,
    Deduction,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoredSession {
    pub(super) session: CustomerSessionV2,
}

impl StoredState {
    pub(super) fn from_snapshot(snapshot: &Snapshot) -> Self {
        #[derive(Deserialize)]
        struct Whole {
            state: State,
        }
        #[derive(Deserialize)]
        struct State {
            tables: StoredState,
        }
        let json = serde_json::to_string(snapshot).expect("a generated world has no closures");
        let whole: Whole = serde_json::from_str(&json).expect("a snapshot has these members");
        whole.state.tables
    }
}
