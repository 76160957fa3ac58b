//! What a snapshot says.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Giveaway, Referral};
use talon_core::{
    Amount, CampaignId, CouponCode, LoyaltyProgramId, ProfileId, ReferralCode, SessionId,
};
use talon_fake::Snapshot;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Seen {
    pub(super) counts: BTreeMap<CampaignId, Counts>,
    pub(super) budgets: BTreeMap<String, SeenBudget>,
    pub(super) awarded: BTreeMap<i64, SeenAwarded>,
    pub(super) coupons: BTreeMap<CouponCode, SeenCoupon>,
    pub(super) referrals: BTreeMap<ReferralCode, SeenReferral>,
    pub(super) profiles: BTreeMap<ProfileId, SeenProfile>,
    pub(super) sessions: BTreeMap<SessionId, SeenSession>,
    pub(super) loyalty_accounts: BTreeMap<String, SeenAccount>,
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
pub(super) struct SeenCoupon {
    pub(super) coupon: Coupon,
    pub(super) reserved_by: BTreeSet<ProfileId>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenReferral {
    pub(super) referral: Referral,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenProfile {
    pub(super) profile: CustomerProfile,
    pub(super) reserved: BTreeSet<CouponCode>,
    pub(super) redeemed: BTreeMap<CouponCode, i64>,
    pub(super) giveaways: Vec<Giveaway>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenBudget {
    pub(super) used: Amount,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenAwarded {
    pub(super) count: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenAccount {
    pub(super) ledgers: BTreeMap<String, SeenLedger>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenLedger {
    pub(super) batches: Vec<Batch>,
    pub(super) spent: Amount,
}

#[derive(Debug, Deserialize)]
pub(super) struct Batch {
    pub(super) left: Amount,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenSession {
    pub(super) session: CustomerSessionV2,
}

impl Seen {
    /// Ledgers of a profile, by program and name.
    pub(super) fn ledgers(
        &self,
        id: &ProfileId,
    ) -> impl Iterator<Item = ((LoyaltyProgramId, &str), &SeenLedger)> {
        let mine = self.loyalty_accounts.iter().filter_map(move |(key, account)| {
            // Ids of the alphabet stand in keys as they are.
            let (program, owner) = key.split_once("/profile/")?;
            let program: i64 = program.parse().expect("the id of a program");
            (owner == id.as_str()).then(|| (program.into(), account))
        });
        mine.flat_map(|(program, account)| {
            account.ledgers.iter().map(move |(name, ledger)| ((program, name.as_str()), ledger))
        })
    }

    pub(super) fn of(snapshot: &Snapshot) -> Self {
        #[derive(Deserialize)]
        struct Whole {
            state: State,
        }
        #[derive(Deserialize)]
        struct State {
            tables: Seen,
        }
        let json = serde_json::to_string(snapshot).expect("a drawn world has no closures");
        let whole: Whole = serde_json::from_str(&json).expect("a snapshot has these members");
        whole.state.tables
    }
}
