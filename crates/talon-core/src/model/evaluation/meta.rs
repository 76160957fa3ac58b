//! Notes of an evaluation by the first version.

use std::collections::BTreeMap;

use crate::model::{CouponRejection, ReferralRejection, model};
use crate::{Attributes, CampaignId, CouponId, RawJson, ReferralId};

model! {
    /// What an evaluation came across beside its effects.
    ///
    /// Schema `Meta`.
    pub struct Meta {
        /// Attributes of the evaluated campaigns by their ids; campaigns without any are left out.
        pub campaigns: Option<BTreeMap<String, Attributes>>,
        /// Attributes of the coupons by their codes.
        pub coupons: Option<BTreeMap<String, Attributes>>,
        /// Why the coupon was rejected.
        pub coupon_rejection_reason: Option<CouponRejectionReason>,
        /// Why the referral was rejected.
        pub referral_rejection_reason: Option<ReferralRejectionReason>,
        /// Hints at misuse of the API; their shape is not published.
        pub warnings: Option<RawJson>,
    }
}

model! {
    /// Why a coupon was rejected, and whose.
    ///
    /// Schema `CouponRejectionReason`.
    pub struct CouponRejectionReason {
        /// Campaign that rejected it.
        pub campaign_id: CampaignId,
        /// Rejected coupon.
        pub coupon_id: CouponId,
        /// Why.
        pub reason: CouponRejection,
    }
}

model! {
    /// Why a referral was rejected, and whose.
    ///
    /// Schema `ReferralRejectionReason`.
    pub struct ReferralRejectionReason {
        /// Campaign that rejected it.
        pub campaign_id: CampaignId,
        /// Rejected referral.
        pub referral_id: ReferralId,
        /// Why.
        pub reason: ReferralRejection,
    }
}
