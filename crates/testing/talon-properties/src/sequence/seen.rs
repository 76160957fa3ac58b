//! What a snapshot says.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Giveaway, Referral};
use talon_core::{
    Amount, CampaignId, CouponCode, LoyaltyProgramId, ProfileId, ReferralCode, SessionId,
};
use talon_fake::Snapshot;

#[derive(Debug, Deserialize)]
pub(super) struct Seen {
    pub(super) counts: BTreeMap<CampaignId, Counts>,
    pub(super) budgets: BTreeMap<String, Amount>,
    pub(super) awarded: BTreeMap<i64, usize>,
    pub(super) coupons: BTreeMap<CouponCode, SeenCoupon>,
    pub(super) referrals: BTreeMap<ReferralCode, SeenReferral>,
    pub(super) profiles: BTreeMap<ProfileId, SeenProfile>,
    pub(super) sessions: BTreeMap<SessionId, SeenSession>,
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
    pub(super) points: Vec<Batch>,
    pub(super) reserved: BTreeSet<CouponCode>,
    pub(super) redeemed: BTreeMap<CouponCode, i64>,
    pub(super) giveaways: Vec<Giveaway>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Batch {
    pub(super) program: LoyaltyProgramId,
    pub(super) ledger: String,
    pub(super) left: Amount,
    pub(super) spent: Amount,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeenSession {
    pub(super) session: CustomerSessionV2,
}

impl Seen {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        #[derive(Deserialize)]
        struct Whole {
            changed: Seen,
        }
        let json = serde_json::to_string(snapshot).expect("a drawn world has no closures");
        let whole: Whole = serde_json::from_str(&json).expect("a snapshot has these members");
        whole.changed
    }
}
