//! Loyalty cards and their programs.

use talon_core::model::CustomerSessionV2;
use talon_core::{ApiError, LoyaltyCardIdentifier, LoyaltyProgramId, Problem, ProfileId};

use super::{Transaction, not_found};
use crate::state::{LoyaltyCardKey, StoredCard, StoredProgram};

impl<'s> Transaction<'s> {
    pub(crate) fn card(&self, key: &LoyaltyCardKey) -> Option<&StoredCard> {
        self.tables.loyalty_cards.get(key)
    }

    pub(crate) fn card_mut(&mut self, key: &LoyaltyCardKey) -> Option<&mut StoredCard> {
        self.tables.loyalty_cards.get_mut(key)
    }

    pub(crate) fn put_card(&mut self, card: StoredCard) {
        self.tables.loyalty_cards.put(card);
    }

    /// The card-based program, or the refusal that there is none.
    pub(crate) fn expect_card_program(
        &self,
        id: LoyaltyProgramId,
    ) -> Result<&'s StoredProgram, ApiError> {
        let program = self.expect_program(id)?;
        if program.card_based {
            return Ok(program);
        }
        let details = format!("the loyalty program {id} is not card-based");
        Err(ApiError::invalid(Problem::parameter("loyaltyProgramId", "Invalid", details)))
    }

    /// The card, or the refusal that there is none.
    pub(crate) fn expect_card(
        &self,
        program: LoyaltyProgramId,
        identifier: &LoyaltyCardIdentifier,
    ) -> Result<&StoredCard, ApiError> {
        self.expect_card_program(program)?;
        let key = LoyaltyCardKey::new(program, identifier);
        self.card(&key).ok_or_else(|| not_found("loyalty card"))
    }

    /// The card of a program that a session names.
    pub(crate) fn named_card(
        &self,
        session: &CustomerSessionV2,
        program: LoyaltyProgramId,
    ) -> Option<&StoredCard> {
        let mut identifiers = session.loyalty_cards.iter().flatten();
        identifiers.find_map(|identifier| {
            self.card(&LoyaltyCardKey::new(program, &identifier.as_str().into()))
        })
    }

    /// The cards that a session names, one at most in each card-based program.
    pub(crate) fn named_cards(&self, session: &CustomerSessionV2) -> Vec<&StoredCard> {
        let programs = self.state.programs.values().filter(|program| program.card_based);
        programs.filter_map(|program| self.named_card(session, program.id)).collect()
    }

    /// Cards of a profile in programs that serve the application, by program and identifier.
    pub(crate) fn cards_of(&self, profile: &ProfileId) -> Vec<&StoredCard> {
        let stored = self.profile(profile);
        let keys = stored.into_iter().flat_map(|stored| &stored.cards);
        let keys = keys.filter(|key| self.program(key.program).is_some());
        keys.filter_map(|key| self.card(key)).collect()
    }
}
