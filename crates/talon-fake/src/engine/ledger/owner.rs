//! Whose ledger something is about.

use talon_core::model::CustomerSessionV2;
use talon_core::{LoyaltyProgramId, ProfileId};

use crate::state::{LedgerOwner, LoyaltyAccountKey, Transaction};

/// The account that an effect changes: that of the card that it names, else that of the profile.
pub(super) fn account(
    program: LoyaltyProgramId,
    card: Option<&str>,
    profile: &ProfileId,
) -> LoyaltyAccountKey {
    let owner = match card {
        Some(card) => LedgerOwner::Card(card.into()),
        None => LedgerOwner::Profile(profile.clone()),
    };
    LoyaltyAccountKey::new(program, owner)
}

/// The account of the customer of a session in a program: that of the profile, or in a card-based
/// program that of the active card that the session names. `None` where there is none, or where the
/// program does not serve the application.
pub(in crate::engine) fn account_of_customer(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    program: LoyaltyProgramId,
) -> Option<LoyaltyAccountKey> {
    if tx.program(program)?.card_based {
        let card = tx.named_card(session, program).filter(|card| card.is_active());
        return card.map(|card| LoyaltyAccountKey::of_card(&card.key));
    }
    let profile = &session.profile_id;
    (!profile.is_empty()).then(|| LoyaltyAccountKey::of_profile(program, profile))
}
