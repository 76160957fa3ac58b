//! Loyalty cards and the customers who share them.

use std::collections::BTreeSet;

use talon_core::model::{LoyaltyCard, LoyaltyCardStatus, NewLoyaltyCard};
use talon_core::operations::{
    GenerateLoyaltyCard, LinkLoyaltyCardToProfile, UnlinkLoyaltyCardFromProfile,
};
use talon_core::{ApiError, Problem};

use super::Execute;
use super::validate::Problems;
use crate::engine::cards;
use crate::state::{LoyaltyCardKey, Transaction};
use crate::world::LoyaltyProgram;

mod reads;

impl Execute for GenerateLoyaltyCard {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyCard, ApiError> {
        let program = tx.expect_card_program(self.program_id)?;
        check(tx, program, &self.card)?;
        let exhausted = || {
            let details = "the program's pattern has no unused identifier left";
            ApiError::invalid(Problem::at("/cardIdentifier", "Invalid", details))
        };
        let key = cards::create(tx, program, &self.card).ok_or_else(exhausted)?;
        card_reply(tx, &key)
    }
}

fn check(
    tx: &Transaction<'_>,
    program: &LoyaltyProgram,
    card: &NewLoyaltyCard,
) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    if card.status.as_ref().is_some_and(|status| !status.is_known()) {
        problems.one_of("/status", "status", LoyaltyCardStatus::KNOWN);
    }
    if let Some(identifier) = &card.card_identifier {
        problems.card_identifier("/cardIdentifier", identifier);
        let key = LoyaltyCardKey::new(program.id, &identifier.as_str().into());
        if tx.card(&key).is_some() {
            let details = "the program has a card with this identifier";
            problems.add("/cardIdentifier", "Duplicate", details);
        }
    }
    let profiles = card.customer_profile_ids.as_deref().unwrap_or_default();
    for (index, profile) in profiles.iter().enumerate() {
        problems.id(&format!("/customerProfileIds/{index}"), profile.as_str());
    }
    let distinct: BTreeSet<_> = profiles.iter().collect();
    if program.is_over_limit(distinct.len()) {
        problems.add("/customerProfileIds", "maxItems", over_limit(program));
    }
    problems.finish()
}

fn over_limit(program: &LoyaltyProgram) -> String {
    let limit = program.users_per_card_limit;
    format!("the program allows {limit} profiles for each card")
}

/// The card after a change.
fn card_reply(tx: &Transaction<'_>, key: &LoyaltyCardKey) -> Result<LoyaltyCard, ApiError> {
    let card = tx.expect_card(key.program, &key.identifier)?;
    Ok(cards::reply(tx, card, &[]))
}

impl Execute for LinkLoyaltyCardToProfile {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyCard, ApiError> {
        let program = tx.expect_card_program(self.program_id)?;
        let card = tx.expect_card(self.program_id, &self.card_id)?;
        let profile = &self.registration.integration_id;
        let mut problems = Problems::new();
        problems.id("/integrationId", profile.as_str());
        problems.finish()?;
        tx.expect_profile(profile)?;
        if card.is_transferred() {
            let details = "the card was transferred to another one";
            return Err(ApiError::invalid(Problem::parameter("loyaltyCardId", "Blocked", details)));
        }
        if !card.has_profile(profile) && program.is_over_limit(card.profiles.len() + 1) {
            let problem = Problem::at("/integrationId", "maxItems", over_limit(program));
            return Err(ApiError::invalid(problem));
        }
        let key = card.key.clone();
        cards::link(tx, &key, profile);
        card_reply(tx, &key)
    }
}

impl Execute for UnlinkLoyaltyCardFromProfile {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyCard, ApiError> {
        let key = tx.expect_card(self.program_id, &self.card_id)?.key.clone();
        let profile = &self.registration.integration_id;
        let mut problems = Problems::new();
        problems.id("/integrationId", profile.as_str());
        problems.finish()?;
        if !cards::unlink(tx, &key, profile) {
            let details = "the profile is not linked to the card";
            return Err(ApiError::invalid(Problem::at("/integrationId", "Invalid", details)));
        }
        card_reply(tx, &key)
    }
}
