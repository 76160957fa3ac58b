//! Checks of a session and its cart.

use std::collections::BTreeMap;

use talon_core::Amount;
use talon_core::model::{
    CartItem, ExperimentVariantAllocation, NewCustomerSessionV2, SessionState,
};

use super::{MAX_ID, Problems, escape};
use crate::world::{AttributeType, Experiment, identifier_problem};

const MAX_CODE: usize = 100;
const MAX_ITEMS: usize = 1000;
const MAX_QUANTITY: i64 = 10_000;
const MAX_IDENTIFIERS: usize = 5;
const MAX_CARDS: usize = 1;

impl Problems {
    /// Checks the members of a session that need no other knowledge.
    pub(crate) fn session(
        &mut self,
        prefix: &str,
        session: &NewCustomerSessionV2,
        item_attributes: Option<&BTreeMap<String, AttributeType>>,
    ) {
        self.state(prefix, session.state.as_ref());
        let profile = session.profile_id.as_ref().map_or("", |id| id.as_str());
        self.length(|| format!("{prefix}/profileId"), profile, MAX_ID);
        // The first version has one of each, with other names.
        let is_v1 = prefix.is_empty();
        for (index, code) in session.coupon_codes.iter().flatten().enumerate() {
            let v2 = || format!("{prefix}/couponCodes/{index}");
            let pointer = || if is_v1 { "/coupon".to_owned() } else { v2() };
            self.length(pointer, code.as_str(), MAX_CODE);
        }
        let referral = session.referral_code.as_ref().map_or("", |code| code.as_str());
        let member = if is_v1 { "referral" } else { "referralCode" };
        self.length(|| format!("{prefix}/{member}"), referral, MAX_CODE);
        if session.identifiers.as_ref().is_some_and(|list| list.len() > MAX_IDENTIFIERS) {
            let details = format!("at most {MAX_IDENTIFIERS} identifiers");
            self.add(format!("{prefix}/identifiers"), "maxItems", details);
        }
        if let Some(cards) = &session.loyalty_cards {
            self.loyalty_cards(&format!("{prefix}/loyaltyCards"), cards);
        }
        for (name, cost) in session.additional_costs.iter().flatten() {
            let pointer = || format!("{prefix}/additionalCosts/{}/price", escape(name));
            self.amount(pointer, Some(cost.price));
        }
        if let Some(items) = &session.cart_items {
            let pointer = format!("{prefix}/cartItems");
            self.items(&pointer, items, item_attributes);
            self.items_of_2020(&pointer, items, is_v1);
        }
    }

    /// Checks the experiments and variants of a session against those that are declared.
    pub(crate) fn experiments(
        &mut self,
        pointer: &str,
        allocations: &[ExperimentVariantAllocation],
        declared: Option<&[Experiment]>,
    ) {
        let Some(declared) = declared else { return };
        for (index, allocation) in allocations.iter().enumerate() {
            let (id, variant) = (allocation.experiment_id, allocation.variant_id);
            match declared.iter().find(|experiment| experiment.id == id) {
                None => {
                    let details = format!("There is no experiment {id}.");
                    self.add(format!("{pointer}/{index}/experimentID"), "Unknown", details);
                }
                Some(experiment) if experiment.variants.iter().all(|it| it.id != variant) => {
                    let details = format!("The experiment {id} has no variant {variant}.");
                    self.add(format!("{pointer}/{index}/variantID"), "Unknown", details);
                }
                Some(_) => {}
            }
        }
    }

    /// Checks the loyalty cards that a session or an event names.
    pub(crate) fn loyalty_cards(&mut self, pointer: &str, cards: &[String]) {
        if cards.len() > MAX_CARDS {
            self.add(pointer, "maxItems", format!("at most {MAX_CARDS} loyalty card"));
        }
        for (index, card) in cards.iter().enumerate() {
            self.card_identifier(&format!("{pointer}/{index}"), card);
        }
    }

    pub(crate) fn card_identifier(&mut self, pointer: &str, identifier: &str) {
        if let Some((title, details)) = identifier_problem(identifier) {
            self.add(pointer, title, details);
        }
    }

    fn items(
        &mut self,
        pointer: &str,
        items: &[CartItem],
        declared: Option<&BTreeMap<String, AttributeType>>,
    ) {
        if items.len() > MAX_ITEMS {
            self.add(pointer, "maxItems", format!("at most {MAX_ITEMS} cart items"));
        }
        let quantity = items.iter().fold(0i64, |sum, item| sum.saturating_add(item.quantity));
        if quantity > MAX_QUANTITY {
            let details = format!("the quantities may add up to {MAX_QUANTITY} at most");
            self.add(pointer, "maximum", details);
        }
        for (index, item) in items.iter().enumerate() {
            // Written only where something is wrong: a thousand items are checked at once.
            let at = |member: &str| format!("{pointer}/{index}/{member}");
            if item.sku.is_empty() {
                self.add(at("sku"), "minLength", "sku must not be empty");
            }
            if item.quantity < 1 {
                self.add(at("quantity"), "minimum", "quantity must be 1 or more");
            }
            self.amount(|| at("price"), item.price);
            for (name, cost) in item.additional_costs.iter().flatten() {
                let pointer = || at(&format!("additionalCosts/{}/price", escape(name)));
                self.amount(pointer, Some(cost.price));
            }
            self.attributes(|| at("attributes"), "CartItem", declared, item.attributes.as_ref());
        }
    }

    /// Members that today's schema no longer limits: names in V1, and payments with points.
    fn items_of_2020(&mut self, pointer: &str, items: &[CartItem], is_v1: bool) {
        for (index, item) in items.iter().enumerate() {
            if is_v1 && item.name.as_deref() == Some("") {
                let pointer = format!("{pointer}/{index}/name");
                self.add(pointer, "minLength", "name must not be empty");
            }
            if item.adjustment.as_ref().is_some_and(|adjustment| adjustment.point_payment < 1) {
                let pointer = format!("{pointer}/{index}/adjustment/pointPayment");
                self.add(pointer, "minimum", "pointPayment must be 1 or more");
            }
            let remaining = item.adjustment.as_ref().and_then(|it| it.remaining_price);
            if remaining.is_some_and(Amount::is_negative) {
                let pointer = format!("{pointer}/{index}/adjustment/remainingPrice");
                self.add(pointer, "minimum", "remainingPrice must be 0 or more");
            }
        }
    }

    fn state(&mut self, prefix: &str, state: Option<&SessionState>) {
        use SessionState::{Cancelled, Closed, Open};
        let states = [Open, Closed, Cancelled];
        if state.is_some_and(|state| !states.contains(state)) {
            self.one_of(format!("{prefix}/state"), "state", &states);
        }
    }
}
