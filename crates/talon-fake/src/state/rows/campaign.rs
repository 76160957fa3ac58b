//! What campaigns gave.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};
use talon_core::{Amount, CampaignId};

use crate::store::{MergeRow, Row};

/// What closed sessions used up of a campaign, for reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CampaignCounts {
    campaign: CampaignId,
    pub(crate) coupon_redemptions: i64,
    pub(crate) referral_redemptions: i64,
    pub(crate) discount: Amount,
    pub(crate) discount_effects: i64,
    pub(crate) coupon_creations: i64,
    pub(crate) referral_creations: i64,
}

impl AddAssign<&Self> for CampaignCounts {
    fn add_assign(&mut self, other: &Self) {
        // Counters of a snapshot may be at their maximum.
        let add = |count: &mut i64, more: i64| *count = count.saturating_add(more);
        add(&mut self.coupon_redemptions, other.coupon_redemptions);
        add(&mut self.referral_redemptions, other.referral_redemptions);
        self.discount += other.discount;
        add(&mut self.discount_effects, other.discount_effects);
        add(&mut self.coupon_creations, other.coupon_creations);
        add(&mut self.referral_creations, other.referral_creations);
    }
}

impl Row for CampaignCounts {
    type Key = CampaignId;
    type Stored = Self;

    fn key(&self) -> &CampaignId {
        &self.campaign
    }
}

impl MergeRow for CampaignCounts {
    type Delta = Self;

    fn empty(campaign: CampaignId) -> Self {
        Self { campaign, ..Self::default() }
    }

    fn is_empty(&self) -> bool {
        *self == Self::empty(self.campaign)
    }

    fn merge(&mut self, delta: &Self) {
        *self += delta;
    }
}
