//! Merging an update into a stored session.

use std::collections::BTreeSet;

use talon_core::model::{AdditionalCost, CustomerSessionV2, NewCustomerSessionV2, SessionState};
use talon_core::{Amount, ApiError, Problem, ReferralCode, SessionId};

use super::catalogs;
use super::outcome::EvaluationOptions;
use crate::state::{StoredSession, Transaction};

/// An update of a session, as both versions of the API mean it.
#[derive(Debug)]
pub(crate) struct Update<'a> {
    pub(crate) id: &'a SessionId,
    pub(crate) session: &'a NewCustomerSessionV2,
    /// Pointer to the session within the request's body; empty in V1.
    pub(crate) prefix: &'static str,
    /// Total that the shop computed; V1 only.
    pub(crate) own_total: Option<Amount>,
    /// Takes only what was sent, not what is stored: dry runs of V2.
    pub(crate) ignores_stored: bool,
    pub(crate) options: EvaluationOptions<'a>,
}

impl Update<'_> {
    fn is_v1(&self) -> bool {
        self.prefix.is_empty()
    }
}

/// An open session with nothing in it; empty values stand in replies.
pub(super) fn new_session(tx: &mut Transaction<'_>, id: &SessionId) -> StoredSession {
    let session = CustomerSessionV2 {
        id: Some(tx.ids().number()),
        integration_id: id.clone(),
        created: tx.now,
        application_id: tx.state.application,
        coupon_codes: Some(Vec::new()),
        referral_code: Some(ReferralCode::default()),
        state: SessionState::Open,
        additional_costs: Some(std::collections::BTreeMap::new()),
        identifiers: Some(Vec::new()),
        update_count: Some(0),
        cart_item_additional_cost_total: Some(Amount::ZERO),
        updated: Some(tx.now),
        ..CustomerSessionV2::default()
    };
    StoredSession {
        session,
        before: None,
        own_total: None,
        provisional_effects: None,
        bookings: Vec::new(),
        awarded: Vec::new(),
        reevaluated_on_return: Vec::new(),
        latest_return: None,
    }
}

/// Members left out keep their value; lists are replaced; attributes are merged by name.
pub(super) fn apply(
    tx: &Transaction<'_>,
    stored: &mut StoredSession,
    update: &Update<'_>,
) -> Result<(), ApiError> {
    let (session, sent) = (&mut stored.session, update.session);
    if let Some(profile) = sent.profile_id.as_ref().filter(|profile| !profile.is_empty()) {
        if !session.profile_id.is_empty() && session.profile_id != *profile {
            let pointer = format!("{}/profileId", update.prefix);
            let details = "the session belongs to another profile";
            return Err(ApiError::invalid(Problem::at(pointer, "Invalid", details)));
        }
        session.profile_id = profile.clone();
    }
    if let Some(codes) = &sent.coupon_codes {
        let codes: Vec<_> = distinct(codes).into_iter().filter(|code| !code.is_empty()).collect();
        session.coupon_codes = Some(codes);
    }
    if let Some(items) = &sent.cart_items {
        session.cart_items.clone_from(items);
        catalogs::complete(tx, &mut session.cart_items, update.prefix)?;
        for (item, position) in session.cart_items.iter_mut().zip(0i64..) {
            item.position = Some(position.into());
            // Replies of 2020 require both.
            item.name.get_or_insert_default();
            item.price.get_or_insert(Amount::ZERO);
            item.returned_quantity = None;
            item.remaining_quantity = None;
        }
    }
    if let Some(attributes) = &sent.attributes {
        session.attributes.merge(attributes);
    }
    replace(&mut session.referral_code, sent.referral_code.as_ref());
    replace(&mut session.additional_costs, sent.additional_costs.as_ref());
    replace(&mut session.identifiers, sent.identifiers.as_ref());
    replace(&mut session.loyalty_cards, sent.loyalty_cards.as_ref());
    replace(&mut session.store_integration_id, sent.store_integration_id.as_ref());
    replace(&mut session.evaluable_campaign_ids, sent.evaluable_campaign_ids.as_ref());
    let allocations = sent.experiment_variant_allocations.as_ref();
    replace(&mut session.experiment_variant_allocations, allocations);
    // V1 keeps a total of the shop's own until another is sent; V2 has none, and its items their sum.
    if update.own_total.is_some() || (!update.is_v1() && sent.cart_items.is_some()) {
        stored.own_total = update.own_total;
    }
    total(&mut stored.session);
    Ok(())
}

fn replace<T: Clone>(stored: &mut Option<T>, sent: Option<&T>) {
    if let Some(sent) = sent {
        *stored = Some(sent.clone());
    }
}

/// Totals before discounts.
pub(super) fn total(session: &mut CustomerSessionV2) {
    let items = &session.cart_items;
    let price = |cost: &AdditionalCost| cost.price;
    let of_items = items.iter().flat_map(|item| {
        let each = item.additional_costs.iter().flatten();
        each.map(|(_, cost)| price(cost) * item.quantity)
    });
    let item_costs: Amount = of_items.sum();
    let costs = session.additional_costs.iter().flatten();
    session.cart_item_total =
        items.iter().map(|item| item.price.unwrap_or_default() * item.quantity).sum();
    session.additional_cost_total = costs.map(|(_, cost)| price(cost)).sum();
    session.cart_item_additional_cost_total = Some(item_costs);
    session.total = session.cart_item_total + session.additional_cost_total + item_costs;
}

/// Every code once, in the order given.
fn distinct<T: Clone + Ord>(codes: &[T]) -> Vec<T> {
    let mut seen = BTreeSet::new();
    codes.iter().filter(|code| seen.insert(*code)).cloned().collect()
}
