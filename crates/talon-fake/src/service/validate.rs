//! What the service refuses, in its own words where they are published.

use std::collections::{BTreeMap, BTreeSet};

use http::StatusCode;
use talon_core::model::{CartItem, NewCustomerSessionV2, ResponseContent, SessionState};
use talon_core::{Amount, ApiError, Attributes, Problem};

use crate::nesting::{self, MAX_LEVELS};
use crate::world::AttributeType;

/// Largest magnitude of an amount.
const LARGEST: i64 = 1_000_000_000_000_000;
pub(super) const MAX_ID: usize = 1000;
const MAX_CODE: usize = 100;
const MAX_ITEMS: usize = 1000;
const MAX_QUANTITY: i64 = 10_000;
const MAX_IDENTIFIERS: usize = 5;
const MAX_CARDS: usize = 1;
pub(super) const MAX_RESERVATIONS: usize = 1000;

/// Collects everything that is wrong with a request, each with a pointer into its body.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn add(
        &mut self,
        pointer: impl Into<String>,
        title: &str,
        details: impl Into<String>,
    ) {
        self.0.push(Problem::at(pointer, title, details));
    }

    /// The refusal, if anything is wrong.
    pub(super) fn finish(self) -> Result<(), ApiError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let message = "The submitted data was invalid";
        Err(ApiError::with_problems(StatusCode::BAD_REQUEST, message, self.0))
    }

    /// Checks that attributes nest no deeper than what can be kept, and against their declaration;
    /// `null` removes one and always fits.
    pub(super) fn attributes(
        &mut self,
        pointer: impl Fn() -> String,
        entity: &str,
        declared: Option<&BTreeMap<String, AttributeType>>,
        attributes: Option<&Attributes>,
    ) {
        let Some(attributes) = attributes else { return };
        if let Some(name) = nesting::too_deep(attributes) {
            let pointer = format!("{}/{}", pointer(), escape(name));
            let details = format!("an attribute nests {MAX_LEVELS} levels deep at most");
            return self.add(pointer, "maxDepth", details);
        }
        let Some(declared) = declared else { return };
        for (name, value) in attributes.iter() {
            let pointer = || format!("{}/{}", pointer(), escape(name));
            match declared.get(name) {
                None => {
                    let details =
                        format!("The attribute \"{name}\" is not defined on {entity} entities.");
                    self.add(pointer(), "Unknown", details);
                }
                Some(kind) if !value.is_null() && !kind.fits(value) => {
                    let wanted = kind.article_and_name();
                    let details =
                        format!("Value of \"{name}\" attribute ({value}) is not {wanted}");
                    self.add(pointer(), "Invalid type", details);
                }
                Some(_) => {}
            }
        }
    }

    /// Checks the members of a session that need no other knowledge.
    pub(super) fn session(
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
        if let Some(store) = &session.store_integration_id {
            self.id(&format!("{prefix}/storeIntegrationId"), store);
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

    fn loyalty_cards(&mut self, pointer: &str, cards: &[String]) {
        if cards.len() > MAX_CARDS {
            self.add(pointer, "maxItems", format!("at most {MAX_CARDS} loyalty card"));
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || "._%+@-".contains(c);
        for (index, card) in cards.iter().enumerate() {
            let pointer = format!("{pointer}/{index}");
            if !(4..=108).contains(&card.chars().count()) {
                self.add(pointer, "length", "a loyalty card has 4 to 108 characters");
            } else if !card.chars().all(fits) {
                let details = "a loyalty card has letters, digits and ._%+@- alone";
                self.add(pointer, "pattern", details);
            }
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
        if state.is_some_and(|state| ![Open, Closed, Cancelled].contains(state)) {
            let details = r#"state must be one of the following: "open", "closed", "cancelled""#;
            self.add(format!("{prefix}/state"), "enum", details);
        }
    }

    /// Checks a list of members to return against those that the reply may hold.
    pub(super) fn response_content(
        &mut self,
        content: Option<&[ResponseContent]>,
        members: &[ResponseContent],
    ) {
        for (index, part) in content.unwrap_or_default().iter().enumerate() {
            if !members.contains(part) {
                let members: Vec<_> = members.iter().map(|part| format!("\"{part}\"")).collect();
                let details =
                    format!("responseContent must be one of the following: {}", members.join(", "));
                self.add(format!("/responseContent/{index}"), "enum", details);
            }
        }
    }

    /// Refuses to tell a request that is not dry which campaigns would apply.
    pub(super) fn no_eligibility(&mut self, content: Option<&[ResponseContent]>) {
        let mut content = content.unwrap_or_default().iter();
        if let Some(index) = content.position(|part| *part == ResponseContent::CampaignEligibility)
        {
            let details = "campaignEligibility can be asked for with dry=true alone";
            self.add(format!("/responseContent/{index}"), "Invalid", details);
        }
    }

    pub(super) fn amount(&mut self, pointer: impl FnOnce() -> String, amount: Option<Amount>) {
        let largest = Amount::from(LARGEST);
        if amount.is_some_and(|amount| amount > largest || amount < -largest) {
            self.add(pointer(), "maximum", format!("must be within ±{LARGEST}"));
        }
    }

    pub(super) fn id(&mut self, pointer: &str, id: &str) {
        if id.is_empty() {
            self.add(pointer, "minLength", "must not be empty");
        }
        self.length(|| pointer.to_owned(), id, MAX_ID);
    }

    pub(super) fn length(&mut self, pointer: impl FnOnce() -> String, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.add(pointer(), "maxLength", format!("at most {longest} characters"));
        }
    }
}

/// The refusal of a path parameter that is too long.
pub(super) fn check_id(name: &str, id: &str) -> Result<(), ApiError> {
    if id.chars().count() <= MAX_ID {
        return Ok(());
    }
    let details = format!("{name} may have {MAX_ID} characters at most");
    Err(ApiError::invalid(Problem::parameter(name, "maxLength", details)))
}

/// A name within a JSON pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Every code once, in the order given.
pub(super) fn distinct<T: Clone + Ord>(codes: &[T]) -> Vec<T> {
    let mut seen = BTreeSet::new();
    codes.iter().filter(|code| seen.insert(*code)).cloned().collect()
}
