//! Replies of V1.

use std::collections::BTreeMap;

use talon_core::Amount;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{CustomerSession, Event, IntegrationState};

use super::loyalty;
use crate::engine::outcome::Outcome;
use crate::state::Transaction;

/// The V1 reply, with the event that the request raised.
pub(in crate::operations) fn state(
    tx: &Transaction<'_>,
    outcome: &Outcome,
    event: Event,
) -> IntegrationState {
    let code = outcome.session.coupon_codes.iter().flatten().next();
    IntegrationState {
        session: session(outcome),
        event,
        loyalty: outcome.profile_id().map(|_| loyalty(tx, outcome)),
        coupon: code.and_then(|code| tx.coupon_reply(code)),
        profile: outcome.profile(tx),
    }
}

fn session(outcome: &Outcome) -> CustomerSession {
    let session = &outcome.session;
    CustomerSession {
        integration_id: session.integration_id.clone(),
        created: session.created,
        application_id: session.application_id,
        profile_id: session.profile_id.clone(),
        coupon: session.coupon_codes.iter().flatten().next().cloned().unwrap_or_default(),
        referral: session.referral_code.clone().unwrap_or_default(),
        state: session.state.clone(),
        cart_items: session.cart_items.clone(),
        identifiers: session.identifiers.clone(),
        total: outcome.own_total.unwrap_or(session.total),
        attributes: session.attributes.clone(),
        first_session: session.first_session,
        discounts: discounts(outcome.effects()),
    }
}

/// The discounts of an evaluation by their labels. The units of an item share a label and add up;
/// of two discounts with one label the later replaces the earlier.
fn discounts(effects: &[Effect]) -> BTreeMap<String, Amount> {
    let mut discounts = BTreeMap::new();
    let mut last = None;
    for effect in effects {
        let (name, value, position) = match &effect.kind {
            EffectKind::SetDiscount(discount) => (&discount.name, discount.value, None),
            EffectKind::SetDiscountPerItem(discount) => {
                (&discount.name, discount.value, Some(discount.position))
            }
            _ => continue,
        };
        let source = (effect.campaign_id, effect.rule_index, name, position);
        let is_next_unit = position.is_some() && last == Some(source);
        let sum: &mut Amount = discounts.entry(name.clone()).or_default();
        *sum = if is_next_unit { *sum + value } else { value };
        last = Some(source);
    }
    discounts
}
