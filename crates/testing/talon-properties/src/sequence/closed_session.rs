//! The effects of one close, event or profile update.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, ReferralCode, Timestamp};

/// A session at the time it was closed, and the effects that are booked.
#[derive(Clone, Debug)]
pub(super) struct ClosedSession {
    pub(super) session: CustomerSessionV2,
    /// What the customer paid.
    pub(super) sales: Amount,
    pub(super) booked: Vec<BookedEffect>,
    /// The rollback effects of its cancellation.
    pub(super) rollbacks: Vec<Effect>,
}

/// An effect, with what the usage of limits depends on.
#[derive(Clone, Debug)]
pub(super) struct BookedEffect {
    pub(super) effect: Effect,
    pub(super) at: Timestamp,
    /// The referral that the campaign accepted in the same evaluation.
    pub(super) referral: Option<ReferralCode>,
}

impl ClosedSession {
    pub(super) fn new(session: CustomerSessionV2, effects: &[Effect], at: Timestamp) -> Self {
        let booked = booked_effects(effects, at);
        Self { session, sales: Amount::ZERO, booked, rollbacks: Vec::new() }
    }

    pub(super) fn effects(&self) -> impl Iterator<Item = &Effect> + Clone {
        self.booked.iter().map(|booked| &booked.effect)
    }

    /// The number of effects that match.
    pub(super) fn count(&self, is: impl Fn(&EffectKind) -> bool) -> i64 {
        let effects = self.effects().filter(|effect| is(&effect.kind));
        i64::try_from(effects.count()).expect("they are few")
    }
}

/// The effects of one evaluation.
pub(super) fn booked_effects(effects: &[Effect], at: Timestamp) -> Vec<BookedEffect> {
    let accepted = |campaign| {
        let mut mine = effects.iter().filter(|effect| effect.campaign_id == campaign);
        mine.find_map(|effect| match &effect.kind {
            EffectKind::AcceptReferral(accepted) => Some(accepted.value.clone()),
            _ => None,
        })
    };
    let booked = effects.iter().map(|effect| BookedEffect {
        effect: effect.clone(),
        at,
        referral: accepted(effect.campaign_id),
    });
    booked.collect()
}

/// The amount of a discount; zero for other effects.
pub(super) fn discount_value(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::SetDiscount(discount) => discount.value,
        EffectKind::SetDiscountPerItem(discount) => discount.value,
        EffectKind::SetDiscountPerAdditionalCost(discount) => discount.value,
        EffectKind::SetDiscountPerAdditionalCostPerItem(discount) => discount.value,
        _ => Amount::ZERO,
    }
}
