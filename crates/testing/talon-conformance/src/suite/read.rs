//! Readers of replies.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{
    CouponRejection, CurrentSession, CustomerProfile, CustomerSessionV2, Event, IntegrationStateV2,
    ReferralRejection, ReopenedSession,
};
use talon_core::{Amount, Timestamp};

/// Parses an amount.
#[track_caller]
pub(crate) fn amount(text: &str) -> Amount {
    text.parse().expect("a decimal number")
}

/// Parses a timestamp.
#[track_caller]
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an RFC 3339 timestamp")
}

/// Requested members of a reply.
pub(crate) trait ReadState {
    fn session(&self) -> &CustomerSessionV2;
    fn profile(&self) -> &CustomerProfile;
}

impl ReadState for IntegrationStateV2 {
    fn session(&self) -> &CustomerSessionV2 {
        self.customer_session.as_ref().expect("asked for")
    }

    fn profile(&self) -> &CustomerProfile {
        self.customer_profile.as_ref().expect("asked for")
    }
}

/// Readers of effects.
pub(crate) trait ReadEffects {
    fn kinds(&self) -> Vec<&EffectKind>;

    /// The types of the effects, in order.
    fn types(&self) -> Vec<&str> {
        self.kinds().into_iter().map(EffectKind::effect_type).collect()
    }

    /// Names and values of the discounts of the session, in order.
    fn discounts(&self) -> Vec<(&str, Amount)> {
        let discounts = self.kinds().into_iter().filter_map(|kind| match kind {
            EffectKind::SetDiscount(discount) => Some((discount.name.as_str(), discount.value)),
            _ => None,
        });
        discounts.collect()
    }

    /// Codes of the accepted coupons, in order.
    fn accepted(&self) -> Vec<&str> {
        let accepted = self.kinds().into_iter().filter_map(|kind| match kind {
            EffectKind::AcceptCoupon(accepted) => Some(accepted.value.as_str()),
            _ => None,
        });
        accepted.collect()
    }

    /// Codes of the awarded giveaways, in order.
    fn awarded(&self) -> Vec<&str> {
        let awarded = self.kinds().into_iter().filter_map(|kind| match kind {
            EffectKind::AwardGiveaway(awarded) => Some(awarded.code.as_str()),
            _ => None,
        });
        awarded.collect()
    }

    /// The reason of the only rejected coupon.
    fn coupon_rejection(&self) -> CouponRejection {
        let rejected = self.kinds().into_iter().filter_map(|kind| match kind {
            EffectKind::RejectCoupon(rejected) => Some(rejected.rejection_reason.clone()),
            _ => None,
        });
        only(rejected)
    }

    /// The reason of the rejected referral.
    fn referral_rejection(&self) -> ReferralRejection {
        let rejected = self.kinds().into_iter().filter_map(|kind| match kind {
            EffectKind::RejectReferral(rejected) => Some(rejected.rejection_reason.clone()),
            _ => None,
        });
        only(rejected)
    }
}

impl ReadEffects for IntegrationStateV2 {
    fn kinds(&self) -> Vec<&EffectKind> {
        self.effects.iter().map(|effect: &Effect| &effect.kind).collect()
    }
}

impl ReadEffects for CurrentSession {
    fn kinds(&self) -> Vec<&EffectKind> {
        self.effects.iter().flatten().map(|effect: &Effect| &effect.kind).collect()
    }
}

impl ReadEffects for ReopenedSession {
    fn kinds(&self) -> Vec<&EffectKind> {
        self.effects.iter().map(|effect: &Effect| &effect.kind).collect()
    }
}

impl ReadEffects for Event {
    fn kinds(&self) -> Vec<&EffectKind> {
        let typed = self.effects.iter().map(|effect| effect.typed().expect("nested arrays"));
        typed.map(|effect| &effect.kind).collect()
    }
}

/// Readers of the notes of an event of the first version.
pub(crate) trait ReadEvent {
    fn coupon_reason(&self) -> CouponRejection;
    fn referral_reason(&self) -> ReferralRejection;
}

impl ReadEvent for Event {
    fn coupon_reason(&self) -> CouponRejection {
        let meta = self.meta.as_ref().expect("notes of the evaluation");
        meta.coupon_rejection_reason.clone().expect("a rejected coupon").reason
    }

    fn referral_reason(&self) -> ReferralRejection {
        let meta = self.meta.as_ref().expect("notes of the evaluation");
        meta.referral_rejection_reason.clone().expect("a rejected referral").reason
    }
}

fn only<T: std::fmt::Debug>(items: impl Iterator<Item = T>) -> T {
    let mut items: Vec<T> = items.collect();
    assert_eq!(items.len(), 1, "exactly one rejection: {items:?}");
    items.remove(0)
}
