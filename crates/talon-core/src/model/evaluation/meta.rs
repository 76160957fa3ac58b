//! Notes of an evaluation by the first version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{CouponRejection, ReferralRejection};
use crate::{Attributes, CampaignId, CouponId, RawJson, ReferralId};

/// What an evaluation came across beside its effects.
///
/// Schema `Meta`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// Attributes of the evaluated campaigns by their ids; campaigns without any are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaigns: Option<BTreeMap<String, Attributes>>,
    /// Attributes of the coupons by their codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupons: Option<BTreeMap<String, Attributes>>,
    /// Why the coupon was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon_rejection_reason: Option<CouponRejectionReason>,
    /// Why the referral was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral_rejection_reason: Option<ReferralRejectionReason>,
    /// Hints at misuse of the API; their shape is not published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warnings: Option<RawJson>,
}

/// Why a coupon was rejected, and whose.
///
/// Schema `CouponRejectionReason`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CouponRejectionReason {
    /// Campaign that rejected it.
    pub campaign_id: CampaignId,
    /// Rejected coupon.
    pub coupon_id: CouponId,
    /// Why.
    pub reason: CouponRejection,
}

/// Why a referral was rejected, and whose.
///
/// Schema `ReferralRejectionReason`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferralRejectionReason {
    /// Campaign that rejected it.
    pub campaign_id: CampaignId,
    /// Rejected referral.
    pub referral_id: ReferralId,
    /// Why.
    pub reason: ReferralRejection,
}
