//! Coupons as codes.

use talon_core::effect::{AcceptCoupon, EffectKind, RejectCoupon};
use talon_core::model::{Coupon, CouponRejection, LimitAction, LimitEntity};
use talon_core::{CampaignId, CouponCode, CouponId, Timestamp};

use super::{Code, Reason, SessionCodes};
use crate::engine::evaluate::Evaluator;
use crate::engine::evaluate::failure::{RejectionCause, RuleOutcome};
use crate::engine::evaluate::limits::LimitOwner;
use crate::rules::{Facts, Rule};
use crate::state::{StoredCampaign, Transaction};

impl From<Reason> for CouponRejection {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::NotFound => Self::CouponNotFound,
            Reason::CampaignNotRunning => Self::CouponPartOfNotRunningCampaign,
            Reason::CampaignNotTriggered => Self::CouponPartOfNotTriggeredCampaign,
            Reason::NoRule => Self::CouponValidConditionMissing,
            Reason::Condition => Self::CouponRejectedByCondition,
            Reason::Effect => Self::EffectCouldNotBeApplied,
            Reason::LimitReached(LimitOwner::Campaign) => Self::CampaignLimitReached,
            Reason::LimitReached(LimitOwner::Code) => Self::CouponLimitReached,
            Reason::LimitReached(LimitOwner::Profile) => Self::ProfileLimitReached,
            Reason::NotStarted => Self::CouponStartDateInFuture,
            Reason::Expired => Self::CouponExpired,
        }
    }
}

impl Code for Coupon {
    type Value = CouponCode;
    type Id = CouponId;
    type Rejection = CouponRejection;

    const REDEMPTION: LimitAction = LimitAction::RedeemCoupon;

    fn find<'a>(tx: &'a Transaction<'_>, value: &CouponCode) -> Option<&'a Self> {
        tx.coupon(value).map(|stored| &stored.coupon)
    }

    fn codes<'e, 'a>(evaluator: &'e Evaluator<'a>) -> &'e SessionCodes<'a, Self> {
        &evaluator.coupons
    }

    fn codes_mut<'e, 'a>(evaluator: &'e mut Evaluator<'a>) -> &'e mut SessionCodes<'a, Self> {
        &mut evaluator.coupons
    }

    fn of_facts<'a>(facts: &Facts<'a>) -> Option<&'a Self> {
        facts.coupon
    }

    fn in_facts<'a>(&'a self, facts: &Facts<'a>) -> Facts<'a> {
        Facts { coupon: Some(self), referral: None, ..*facts }
    }

    fn of_outcome<'a>(outcome: &RuleOutcome<'a>) -> Option<&'a Self> {
        outcome.coupon
    }

    fn is_wanted_by(rule: &Rule) -> bool {
        rule.when.wants_coupon()
    }

    fn value(&self) -> &CouponCode {
        &self.value
    }

    fn id(&self) -> CouponId {
        self.id
    }

    fn campaign_id(&self) -> CampaignId {
        self.campaign_id
    }

    fn usage(&self) -> (i64, i64) {
        (self.usage_counter, self.usage_limit)
    }

    fn validity(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        (self.start_date, self.expiry_date)
    }

    fn check_first(&self, _: &Evaluator<'_>) -> Result<(), CouponRejection> {
        Ok(())
    }

    fn check_redeemer(
        &self,
        evaluator: &Evaluator<'_>,
        campaign: &StoredCampaign,
    ) -> Result<(), CouponRejection> {
        let profile = evaluator.profile_id();
        if profile.is_none() && limits_profiles(campaign) {
            return Err(CouponRejection::ProfileRequired);
        }
        if self.is_reservation_mandatory == Some(true) {
            let profile = profile.ok_or(CouponRejection::ProfileRequired)?;
            let stored = evaluator.tx.coupon(&self.value);
            if !stored.is_some_and(|stored| stored.reserved_by.contains(profile)) {
                return Err(CouponRejection::CouponReservationRequired);
            }
        }
        let recipient = self.recipient_integration_id.as_ref();
        if recipient.is_some() && recipient != profile {
            return Err(CouponRejection::CouponRecipientDoesNotMatch);
        }
        Ok(())
    }

    fn accepted(&self) -> EffectKind {
        AcceptCoupon::new(self.value.clone()).into()
    }

    fn rejected(
        value: CouponCode,
        reason: CouponRejection,
        cause: Option<RejectionCause>,
    ) -> EffectKind {
        RejectCoupon {
            condition_index: cause.and_then(RejectionCause::condition_index),
            effect_index: cause.and_then(RejectionCause::effect_index),
            details: cause.map(|cause| cause.to_string()),
            campaign_exclusion_reason: cause.and_then(RejectionCause::exclusion),
            ..RejectCoupon::new(value, reason)
        }
        .into()
    }
}

/// Whether a limit of the campaign counts by profile what a coupon may give.
fn limits_profiles(campaign: &StoredCampaign) -> bool {
    let mut limits = campaign.campaign.limits.iter();
    limits.any(|limit| {
        limit.action != LimitAction::RedeemReferral
            && limit.entities.contains(&LimitEntity::Profile)
    })
}
