//! The tables of a world.

use super::rows::{
    AwardedCodes, Budget, CampaignCounts, StoredCoupon, StoredProfile, StoredReferral,
    StoredSession,
};
use crate::store::tables;

tables! {
    /// What closed sessions gave of each campaign.
    counts: MergeTable<CampaignCounts>,
    /// How much of each limit is used up.
    budgets: Table<Budget>,
    /// How many codes of each pool of giveaways are awarded.
    awarded: Table<AwardedCodes>,
    coupons: Table<StoredCoupon>,
    referrals: Table<StoredReferral>,
    profiles: Table<StoredProfile>,
    sessions: Table<StoredSession>,
}
