//! Loyalty cards of a world.

use std::collections::BTreeMap;

use talon_core::model::{LoyaltyCardProfileRegistration, LoyaltyCardStatus};
use talon_core::{LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId};

use crate::state::{LoyaltyCardKey, State, StoredCard};
use crate::world;

impl State {
    /// Cards, after the profiles: those that share a card and are not declared get a profile.
    pub(super) fn load_cards(&self) {
        let mut before = self.transferred_cards();
        for card in &self.world.loyalty_cards {
            let key = LoyaltyCardKey::new(card.program_id, &card.identifier);
            let stored = StoredCard::new(key, self.next_number(), self.world.now);
            self.register(card, &stored.key);
            self.tables.loyalty_cards.put(StoredCard {
                status: status_of(card),
                block_reason: card.block_reason.clone(),
                profiles: self.registrations(card),
                old_identifier: before.remove(&(card.program_id, &card.identifier)).cloned(),
                new_identifier: card.transferred_to.clone(),
                batch_id: card.batch_id.clone(),
                ..stored
            });
        }
    }

    /// Adds the card to those of its customers.
    fn register(&self, card: &world::LoyaltyCard, key: &LoyaltyCardKey) {
        for id in &card.profiles {
            self.change_profile(id, |profile| {
                profile.cards.insert(key.clone());
            });
        }
    }

    fn registrations(&self, card: &world::LoyaltyCard) -> Vec<LoyaltyCardProfileRegistration> {
        let timestamp = self.world.now;
        let registration = |id: &ProfileId| LoyaltyCardProfileRegistration {
            integration_id: id.clone(),
            timestamp,
        };
        card.profiles.iter().map(registration).collect()
    }

    /// Cards that were transferred, by the program and identifier of those that they became.
    fn transferred_cards(
        &self,
    ) -> BTreeMap<(LoyaltyProgramId, &LoyaltyCardIdentifier), &LoyaltyCardIdentifier> {
        let cards = self.world.loyalty_cards.iter();
        let transfers = cards.filter_map(|card| {
            let target = card.transferred_to.as_ref()?;
            Some(((card.program_id, target), &card.identifier))
        });
        transfers.collect()
    }
}

fn status_of(card: &world::LoyaltyCard) -> LoyaltyCardStatus {
    match &card.status {
        _ if card.transferred_to.is_some() => LoyaltyCardStatus::Inactive,
        Some(status) => status.clone(),
        None => LoyaltyCardStatus::Active,
    }
}
