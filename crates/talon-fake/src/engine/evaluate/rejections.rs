//! What becomes of a code: accepted once, or rejected with a reason.

use talon_core::effect::{AcceptCoupon, AcceptReferral, RejectCoupon, RejectReferral};
use talon_core::model::{Coupon, CouponRejection, LimitAction, Referral, ReferralRejection};
use talon_core::{CouponCode, CouponId, ReferralCode, ReferralId};

use super::{Evaluator, FailureCause, LimitScope, RejectedCode, RuleRef};

/// The reason as effects tell it: both generations have it, for one that only V1's meta has.
pub(crate) trait EffectReason {
    fn of_effect(self) -> Self;
}

impl EffectReason for CouponRejection {
    fn of_effect(self) -> Self {
        match self {
            Self::CouponValidConditionMissing => Self::CouponRejectedByCondition,
            other => other,
        }
    }
}

impl EffectReason for ReferralRejection {
    fn of_effect(self) -> Self {
        match self {
            Self::ReferralValidConditionMissing => Self::ReferralRejectedByCondition,
            other => other,
        }
    }
}

impl Evaluator<'_> {
    pub(super) fn accept_coupon(
        &mut self,
        scope: &LimitScope<'_>,
        origin: &RuleRef<'_>,
        coupon: &Coupon,
    ) {
        if !self.found.accepted_coupons.contains(&coupon.value) {
            self.usage.redeem(scope, &LimitAction::RedeemCoupon);
            self.found.accepted_coupons.push(coupon.value.clone());
            self.found.effects.push(origin.effect(AcceptCoupon::new(coupon.value.clone())));
        }
    }

    pub(super) fn accept_referral(
        &mut self,
        scope: &LimitScope<'_>,
        origin: &RuleRef<'_>,
        referral: &Referral,
    ) {
        if self.found.accepted_referral.is_none() {
            self.usage.redeem(scope, &LimitAction::RedeemReferral);
            self.found.accepted_referral = Some(referral.code.clone());
            let value = referral.code.clone();
            self.found.effects.push(origin.effect(AcceptReferral { value }));
        }
    }

    pub(super) fn reject_coupon(
        &mut self,
        origin: &RuleRef<'_>,
        value: CouponCode,
        id: CouponId,
        reason: CouponRejection,
        cause: Option<FailureCause>,
    ) {
        let rejected = RejectedCode { campaign_id: origin.campaign_id, id, reason: reason.clone() };
        self.found.rejected_coupon.get_or_insert(rejected);
        self.found.rejections.push(origin.effect(RejectCoupon {
            condition_index: cause.and_then(FailureCause::condition_index),
            effect_index: cause.and_then(FailureCause::effect_index),
            details: cause.map(|cause| cause.to_string()),
            campaign_exclusion_reason: cause.and_then(FailureCause::exclusion),
            ..RejectCoupon::new(value, reason.of_effect())
        }));
    }

    pub(super) fn reject_referral(
        &mut self,
        origin: &RuleRef<'_>,
        value: ReferralCode,
        id: ReferralId,
        rejection_reason: ReferralRejection,
        cause: Option<FailureCause>,
    ) {
        let (campaign_id, reason) = (origin.campaign_id, rejection_reason.clone());
        self.found.rejected_referral = Some(RejectedCode { campaign_id, id, reason });
        self.found.rejections.push(origin.effect(RejectReferral {
            value,
            rejection_reason: rejection_reason.of_effect(),
            condition_index: cause.and_then(FailureCause::condition_index),
            effect_index: cause.and_then(FailureCause::effect_index),
            details: cause.map(|cause| cause.to_string()),
            campaign_exclusion_reason: cause.and_then(FailureCause::exclusion),
        }));
    }
}
