//! Loyalty cards, and how their programs make identifiers.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::model::LoyaltyCardStatus;
use talon_core::{LoyaltyProgramId, ProfileId};

use super::campaign::check_characters;
use super::must_be_one_of;
use crate::world::{LoyaltyCard, LoyaltyProgram, World, WorldError, identifier_problem};

/// Maximum number of characters of an integration id.
const MAX_ID: usize = 1000;

/// Cards by program and identifier.
type Cards<'w> = BTreeMap<(LoyaltyProgramId, &'w str), &'w LoyaltyCard>;

/// A member of a card, and what is wrong with it.
type Problem = (&'static str, String);

pub(super) fn check(world: &World) -> Result<(), WorldError> {
    for (index, program) in world.loyalty_programs.iter().enumerate() {
        check_code_settings(&format!("loyaltyPrograms[{index}]"), program)?;
    }
    let mut cards = Cards::new();
    for (index, card) in world.loyalty_cards.iter().enumerate() {
        let at = |(member, reason): Problem| {
            WorldError::at(format!("loyaltyCards[{index}].{member}"), reason)
        };
        check_card(world, card).map_err(at)?;
        if cards.insert((card.program_id, card.identifier.as_str()), card).is_some() {
            let reason = "another card of the program has this identifier".to_owned();
            return Err(at(("identifier", reason)));
        }
    }
    check_entries(world, &cards)?;
    let mut targets = BTreeSet::new();
    for (index, card) in world.loyalty_cards.iter().enumerate() {
        if let Some(reason) = transfer_problem(&cards, card, &mut targets) {
            let place = format!("loyaltyCards[{index}].transferredTo");
            return Err(WorldError::at(place, reason));
        }
    }
    Ok(())
}

/// A generated identifier has to be one that a request could give.
fn check_code_settings(place: &str, program: &LoyaltyProgram) -> Result<(), WorldError> {
    let Some(settings) = &program.card_code_settings else { return Ok(()) };
    let place = format!("{place}.cardCodeSettings");
    check_characters(&place, Some(settings))?;
    // Any character that a `#` may become is as good as another for the length.
    let shortest = settings.coupon_pattern.replace('#', "0");
    if let Some((_, reason)) = identifier_problem(&shortest) {
        return Err(WorldError::at(format!("{place}.couponPattern"), reason));
    }
    let is_strange = |character: &&String| identifier_problem(&character.repeat(4)).is_some();
    match settings.valid_characters.iter().position(|character| is_strange(&character)) {
        None => Ok(()),
        Some(index) => {
            let place = format!("{place}.validCharacters[{index}]");
            Err(WorldError::at(place, "must be a letter, a digit or one of ._%+@-"))
        }
    }
}

fn check_card(world: &World, card: &LoyaltyCard) -> Result<(), Problem> {
    let program = world.loyalty_programs.iter().find(|program| program.id == card.program_id);
    let Some(program) = program else {
        let reason = format!("there is no loyalty program {} in this world", card.program_id);
        return Err(("programId", reason));
    };
    if !program.card_based {
        let reason = format!("the loyalty program {} is not card-based", card.program_id);
        return Err(("programId", reason));
    }
    if let Some((_, reason)) = identifier_problem(card.identifier.as_str()) {
        return Err(("identifier", reason.to_owned()));
    }
    if let Some(status) = card.status.as_ref().filter(|status| !status.is_known()) {
        return Err(("status", must_be_one_of(status.as_str(), LoyaltyCardStatus::KNOWN)));
    }
    let is_active = card.status.as_ref().is_none_or(|status| *status == LoyaltyCardStatus::Active);
    if card.block_reason.is_some() && card.transferred_to.is_none() && is_active {
        let reason = "is of a card that is inactive or was transferred";
        return Err(("blockReason", reason.to_owned()));
    }
    check_profiles(program, card)
}

fn check_profiles(program: &LoyaltyProgram, card: &LoyaltyCard) -> Result<(), Problem> {
    let profiles = |reason: String| Err(("profiles", reason));
    let fits = |id: &ProfileId| (1..=MAX_ID).contains(&id.as_str().chars().count());
    if !card.profiles.iter().all(fits) {
        return profiles("each must have 1 to 1000 characters".to_owned());
    }
    let distinct: BTreeSet<_> = card.profiles.iter().collect();
    if distinct.len() < card.profiles.len() {
        return profiles("the same profile stands here twice".to_owned());
    }
    if card.transferred_to.is_some() && !card.profiles.is_empty() {
        return profiles("a card that was transferred has no customers".to_owned());
    }
    if program.is_over_limit(card.profiles.len()) {
        let limit = program.users_per_card_limit;
        return profiles(format!("the program allows {limit} for each card"));
    }
    Ok(())
}

/// Points are on cards that exist; those of a card that was transferred are on the other one.
fn check_entries(world: &World, cards: &Cards<'_>) -> Result<(), WorldError> {
    for (index, entry) in world.ledger_entries.iter().enumerate() {
        let Some(card) = &entry.card_identifier else { continue };
        let card = cards.get(&(entry.program_id, card.as_str()));
        let reason = match card {
            None => "there is no such card in the program",
            Some(card) if card.transferred_to.is_some() => {
                "the card was transferred to another one"
            }
            Some(_) => continue,
        };
        return Err(WorldError::at(format!("ledgerEntries[{index}].cardIdentifier"), reason));
    }
    Ok(())
}

/// A transfer leads to another card of the program, one transfer at most to each, and never back.
fn transfer_problem<'w>(
    cards: &Cards<'w>,
    card: &'w LoyaltyCard,
    targets: &mut BTreeSet<(LoyaltyProgramId, &'w str)>,
) -> Option<&'static str> {
    let target = card.transferred_to.as_ref()?.as_str();
    if !cards.contains_key(&(card.program_id, target)) {
        return Some("there is no such card in the program");
    }
    if !targets.insert((card.program_id, target)) {
        return Some("another card was transferred to this one");
    }
    let next = |card: &&'w LoyaltyCard| {
        cards.get(&(card.program_id, card.transferred_to.as_ref()?.as_str())).copied()
    };
    // No chain is longer than there are cards, unless it leads back.
    let chain = std::iter::successors(Some(card), next).take(cards.len() + 1);
    (chain.count() > cards.len()).then_some("the transfers lead back to this card")
}
