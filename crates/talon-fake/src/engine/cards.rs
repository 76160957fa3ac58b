//! Loyalty cards: their identifiers, the customers who share them, and how replies show them.

use talon_core::effect::Effect;
use talon_core::model::{
    CustomerSessionV2, LoyaltyCard, LoyaltyCardProfileRegistration, LoyaltyCardStatus,
    NewLoyaltyCard,
};
use talon_core::{LoyaltyCardIdentifier, ProfileId};

use super::{codes, ledger};
use crate::rules::{NamedCard, NamedCards};
use crate::state::{LoyaltyAccountKey, LoyaltyCardKey, StoredCard, Transaction};
use crate::world::{LoyaltyProgram, identifier_problem};

/// Creates a card, and profiles for its customers that have none. Without an identifier it gets one
/// of the program's pattern; `None` when none of these is left.
pub(crate) fn create(
    tx: &mut Transaction<'_>,
    program: &LoyaltyProgram,
    new: &NewLoyaltyCard,
) -> Option<LoyaltyCardKey> {
    let identifier = match &new.card_identifier {
        Some(given) => given.as_str().into(),
        None => unused_identifier(tx, program)?,
    };
    let key = LoyaltyCardKey::new(program.id, &identifier);
    let card = StoredCard::new(key.clone(), tx.ids().number(), tx.now);
    let status = new.status.clone().unwrap_or(LoyaltyCardStatus::Active);
    tx.put_card(StoredCard { status, ..card });
    for profile in new.customer_profile_ids.iter().flatten() {
        tx.profile_or_new(profile);
        register(tx, &key, profile);
    }
    Some(key)
}

fn unused_identifier(
    tx: &mut Transaction<'_>,
    program: &LoyaltyProgram,
) -> Option<LoyaltyCardIdentifier> {
    codes::unused(tx, program.card_code_settings.as_ref(), |tx, code| {
        let key = LoyaltyCardKey { program: program.id, identifier: code.into() };
        let is_free = identifier_problem(code).is_none() && tx.card(&key).is_none();
        is_free.then_some(key.identifier)
    })
}

/// Links a profile to a card; one that is linked stays as it is.
pub(crate) fn link(tx: &mut Transaction<'_>, key: &LoyaltyCardKey, profile: &ProfileId) {
    if register(tx, key, profile) {
        touch(tx, key);
    }
}

/// Ends the link; returns whether there was one.
pub(crate) fn unlink(tx: &mut Transaction<'_>, key: &LoyaltyCardKey, profile: &ProfileId) -> bool {
    if !tx.card(key).is_some_and(|card| card.has_profile(profile)) {
        return false;
    }
    if let Some(card) = tx.card_mut(key) {
        card.profiles.retain(|registration| registration.integration_id != *profile);
    }
    if let Some(stored) = tx.profile_mut(profile) {
        stored.cards.remove(key);
    }
    touch(tx, key);
    true
}

/// Adds the profile to the card, and the card to the profile; returns whether that changed anything.
fn register(tx: &mut Transaction<'_>, key: &LoyaltyCardKey, profile: &ProfileId) -> bool {
    if tx.card(key).is_none_or(|card| card.has_profile(profile)) {
        return false;
    }
    let registration =
        LoyaltyCardProfileRegistration { integration_id: profile.clone(), timestamp: tx.now };
    if let Some(card) = tx.card_mut(key) {
        card.profiles.push(registration);
    }
    if let Some(stored) = tx.profile_mut(profile) {
        stored.cards.insert(key.clone());
    }
    true
}

fn touch(tx: &mut Transaction<'_>, key: &LoyaltyCardKey) {
    let now = tx.now;
    if let Some(card) = tx.card_mut(key) {
        card.modified = Some(now);
    }
}

/// What rules know of the cards that a session names.
pub(super) fn named(tx: &Transaction<'_>, session: &CustomerSessionV2) -> NamedCards {
    let named = tx.named_cards(session).into_iter().map(|card| {
        let (is_active, is_registered) = (card.is_active(), !card.profiles.is_empty());
        (card.key.program, NamedCard { is_active, is_registered })
    });
    named.collect()
}

/// A card as replies show it, with balances before and after effects that are yet to be booked.
pub(crate) fn reply(tx: &Transaction<'_>, card: &StoredCard, ahead: &[Effect]) -> LoyaltyCard {
    let program = tx.program(card.key.program);
    let (ledger, subledgers) =
        ledger::ledgers_with(tx, &LoyaltyAccountKey::of_card(&card.key), ahead);
    LoyaltyCard {
        id: card.id,
        created: card.created,
        program_id: card.key.program,
        program_name: program.map(|program| program.internal_name()),
        program_title: program.map(|program| program.shown_title()),
        status: card.status.clone(),
        block_reason: card.block_reason.clone(),
        identifier: card.key.identifier.to_string(),
        users_per_card_limit: program.map_or(0, |program| program.users_per_card_limit),
        profiles: Some(card.profiles.clone()),
        ledger: Some(ledger),
        subledgers: Some(subledgers),
        modified: card.modified,
        old_card_identifier: card.old_identifier.as_ref().map(ToString::to_string),
        new_card_identifier: card.new_identifier.as_ref().map(ToString::to_string),
        batch_id: card.batch_id.clone(),
    }
}
