//! Referrals.

use serde::{Deserialize, Serialize};
use talon_core::ReferralCode;
use talon_core::model::Referral;

use crate::store::Row;

/// A referral.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredReferral {
    pub(crate) referral: Referral,
}

impl Row for StoredReferral {
    type Key = ReferralCode;
    type Stored = Self;

    fn key(&self) -> &ReferralCode {
        &self.referral.code
    }
}
