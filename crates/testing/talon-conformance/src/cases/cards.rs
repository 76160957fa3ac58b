//! Loyalty cards: their creation, the customers who share them, and sessions that name them.

pub(crate) mod balances;
pub(crate) mod concurrency;
pub(crate) mod generation;
pub(crate) mod linking;
pub(crate) mod points;
pub(crate) mod remaining_points;
pub(crate) mod rolled_back_points;
pub(crate) mod sessions;
pub(crate) mod transaction_filters;
pub(crate) mod transactions;

use crate::prelude::*;

/// A program of cards, two customers for each.
pub(crate) const PROGRAM: i64 = 6;

/// A world with the program.
pub(crate) fn program() -> Seed {
    let program = LoyaltyProgram::of_cards(PROGRAM).users_per_card_limit(2);
    Seed::new().loyalty_program(program)
}

/// A world with the program and this card.
pub(crate) fn with_card(card: seed::LoyaltyCard) -> Seed {
    program().loyalty_card(card)
}

/// An active card that customers share.
pub(crate) fn card(identifier: &str, profiles: &[&str]) -> seed::LoyaltyCard {
    seed::LoyaltyCard::new(PROGRAM, identifier).profiles(profiles.iter().copied())
}

/// A session that names a card, with an item.
pub(crate) fn shopping(sku: &str, card: &str) -> NewCustomerSessionV2 {
    let session = NewCustomerSessionV2::default().cart_items([CartItem::new(sku, 1).price(1)]);
    NewCustomerSessionV2 { loyalty_cards: Some(vec![card.into()]), ..session }
}

/// The same, closed.
pub(crate) fn bought(sku: &str, card: &str) -> NewCustomerSessionV2 {
    shopping(sku, card).state(SessionState::Closed)
}

/// The parameter that a request was refused for.
pub(crate) fn parameter(refusal: &ApiError) -> Option<&str> {
    assert_eq!(refusal.status(), 400);
    refusal.problems()[0].source.parameter.as_deref()
}

/// Ids of the customers who share a card.
pub(crate) fn customers(card: &LoyaltyCard) -> Vec<&str> {
    let profiles = card.profiles.as_deref().expect("always sent");
    profiles.iter().map(|registration| registration.integration_id.as_str()).collect()
}

impl World {
    /// Closes a session of Anna that names the card `family-1` and is named like its item.
    pub(crate) async fn buy_with_card(&self, sku: &str) {
        self.put(sku, bought(sku, "family-1").profile("anna")).await;
    }

    /// Cards that a customer shares, by the inventory.
    pub(crate) async fn cards_of(&self, profile: &str) -> Vec<LoyaltyCard> {
        let request = GetCustomerInventory::new(profile).loyalty(true);
        let inventory = self.api.get_customer_inventory(request).await.expect("a known profile");
        inventory.loyalty.expect("asked for").cards.unwrap_or_default()
    }

    /// Balances of a card.
    pub(crate) async fn card_balances(&self, card: &str) -> LoyaltyCardBalances {
        let request = GetLoyaltyCardBalances::new(PROGRAM, card);
        self.api.get_loyalty_card_balances(request).await.expect("a known card")
    }

    /// Links a customer to a card.
    pub(crate) async fn link(&self, card: &str, profile: &str) -> Result<LoyaltyCard, Error> {
        let profile = LoyaltyCardRegistration::new(profile);
        let request = LinkLoyaltyCardToProfile::new(PROGRAM, card, profile);
        self.api.link_loyalty_card_to_profile(request).await
    }

    /// Unlinks a customer from a card.
    pub(crate) async fn unlink(&self, card: &str, profile: &str) -> Result<LoyaltyCard, Error> {
        let profile = LoyaltyCardRegistration::new(profile);
        let request = UnlinkLoyaltyCardFromProfile::new(PROGRAM, card, profile);
        self.api.unlink_loyalty_card_from_profile(request).await
    }
}
