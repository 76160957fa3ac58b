//! Coupons.

use super::props;
use crate::effect::rejection::CouponRejection;
use crate::{CouponCode, ProfileId};

props! {
    /// Props of `acceptCoupon`: the coupon is valid. Schema `AcceptCouponEffectProps`.
    AcceptCoupon {
        /// The code, as stored by the service.
        value: CouponCode,
    }

    /// Props of `rejectCoupon`: the coupon is not valid. Schema `RejectCouponEffectProps`.
    RejectCoupon {
        /// The code, as in the request.
        value: CouponCode,
        /// Reason of the rejection.
        rejection_reason: CouponRejection,
        ;
        /// Position of the condition that failed. Not in the API of June 2020.
        condition_index: i64,
        /// Position of the effect that could not be applied. Not in the API of June 2020.
        effect_index: i64,
        /// Description of the reason. Not in the API of June 2020.
        details: String,
        /// Reason why the campaign was not evaluated. Not in the API of June 2020.
        campaign_exclusion_reason: String,
    }

    /// Props of `rollbackCoupon`: the coupon may be redeemed again. Schema
    /// `RollbackCouponEffectProps`.
    RollbackCoupon {
        /// The code.
        value: CouponCode,
    }

    /// Props of `couponCreated`. Schema `CouponCreatedEffectProps`.
    CouponCreated {
        /// The new code.
        value: CouponCode,
        /// Integration id of the recipient.
        profile_id: ProfileId,
    }

    /// Props of `reserveCoupon`. Schema `ReserveCouponEffectProps`.
    ReserveCoupon {
        /// The code.
        coupon_value: CouponCode,
        /// Integration id of the profile that it is reserved for.
        profile_integration_id: ProfileId,
        /// Whether that profile held no reservation before.
        is_new_reservation: bool,
    }
}

impl AcceptCoupon {
    /// `value` is valid.
    pub fn new(value: impl Into<CouponCode>) -> Self {
        Self { value: value.into() }
    }
}

impl RejectCoupon {
    /// `value` is not valid, for this reason.
    pub fn new(value: impl Into<CouponCode>, rejection_reason: CouponRejection) -> Self {
        Self { value: value.into(), rejection_reason, ..Self::default() }
    }
}
