//! Metadata of an evaluation of V1.

use std::collections::BTreeMap;

use crate::model::{CouponRejection, ReferralRejection, model};
use crate::{Attributes, CampaignId, CouponId, RawJson, ReferralId};

model! {
    /// Metadata of an evaluation.
    ///
    /// Schema `Meta`.
    pub struct Meta {
        /// Attributes of the evaluated campaigns by their ids; campaigns without any are left out.
        pub campaigns: Option<BTreeMap<String, Attributes>>,
        /// Attributes of the coupons by their codes.
        pub coupons: Option<BTreeMap<String, Attributes>>,
        /// Reason why the coupon was rejected.
        pub coupon_rejection_reason: Option<CouponRejectionReason>,
        /// Reason why the referral was rejected.
        pub referral_rejection_reason: Option<ReferralRejectionReason>,
        /// Warnings about the use of the API; their schema is not published.
        pub warnings: Option<RawJson>,
    }
}

model! {
    /// Reason why a coupon was rejected, with coupon and campaign.
    ///
    /// Schema `CouponRejectionReason`.
    pub struct CouponRejectionReason {
        /// Campaign that rejected it.
        pub campaign_id: CampaignId,
        /// Rejected coupon.
        pub coupon_id: CouponId,
        /// Reason of the rejection.
        pub reason: CouponRejection,
    }
}

model! {
    /// Reason why a referral was rejected, with referral and campaign.
    ///
    /// Schema `ReferralRejectionReason`.
    pub struct ReferralRejectionReason {
        /// Campaign that rejected it.
        pub campaign_id: CampaignId,
        /// Rejected referral.
        pub referral_id: ReferralId,
        /// Reason of the rejection.
        pub reason: ReferralRejection,
    }
}
