//! Whose ledger something is about.

use talon_core::model::CustomerSessionV2;
use talon_core::{LoyaltyProgramId, ProfileId};

use crate::state::{LedgerOwner, LoyaltyAccountKey, Transaction};

/// The account that an effect changes: that of the card that it names, else that of the profile.
pub(super) fn account(
    program: LoyaltyProgramId,
    card: Option<&String>,
    profile: &ProfileId,
) -> LoyaltyAccountKey {
    let owner = match card {
        Some(card) => LedgerOwner::Card(card.clone()),
        None => LedgerOwner::Profile(profile.clone()),
    };
    LoyaltyAccountKey::new(program, owner)
}

/// The account of the customer of a session in a program; `None` where there can be none.
pub(in crate::engine) fn account_of_customer(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    program: LoyaltyProgramId,
) -> Option<LoyaltyAccountKey> {
    let is_of_cards = tx.program(program).is_some_and(|program| program.card_based);
    let has_account = !is_of_cards && !session.profile_id.is_empty();
    has_account.then(|| LoyaltyAccountKey::of_profile(program, &session.profile_id))
}
