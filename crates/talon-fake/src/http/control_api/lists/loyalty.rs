//! Loyalty cards, and ledgers of points.

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::model::{LoyaltyBalanceWithTier, LoyaltyCardStatus, Tier};
use talon_core::{Amount, LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId, Timestamp};

use super::{ControlRequest, OwnerFilter, Reply, list as page, owner_ids};
use crate::engine::ledger::{BalanceOptions, balances_at};
use crate::state::{LoyaltyAccountKey, StoredCard, Transaction};

/// A loyalty card.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct CardRow {
    program_id: LoyaltyProgramId,
    identifier: LoyaltyCardIdentifier,
    #[schemars(with = "String")]
    status: LoyaltyCardStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_reason: Option<String>,
    created: Timestamp,
    /// Profiles that share it, in the order of their registration.
    profiles: Vec<ProfileId>,
    /// The card that was transferred to this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_identifier: Option<LoyaltyCardIdentifier>,
    /// The card that this one was transferred to.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_identifier: Option<LoyaltyCardIdentifier>,
}

/// The ledgers of a profile or a card in a program.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct AccountRow {
    program_id: LoyaltyProgramId,
    program_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_id: Option<ProfileId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_identifier: Option<LoyaltyCardIdentifier>,
    /// The main ledger first.
    ledgers: Vec<LedgerRow>,
}

/// Balances of a ledger.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct LedgerRow {
    /// Empty for the main ledger.
    subledger_id: String,
    active: Amount,
    pending: Amount,
    expired: Amount,
    spent: Amount,
    /// Points that are owed.
    negative: Amount,
    /// Name of the tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<String>,
}

pub(in super::super) fn cards(call: &ControlRequest<'_>) -> Reply {
    let (request, state) = (call.page()?, call.world()?.state());
    let cards = &state.tables.loyalty_cards;
    Ok(page(request, cards.keys(), |key| cards.get(key).map(CardRow::from)))
}

pub(in super::super) fn ledgers(call: &ControlRequest<'_>) -> Reply {
    let filter = OwnerFilter::new(call)?;
    let (request, state) = (call.page()?, call.world()?.state());
    let tx = Transaction::new(&state);
    let mut keys = state.tables.loyalty_accounts.keys();
    keys.retain(|key| filter.accepts(key));
    Ok(page(request, keys, |key| Some(AccountRow::new(&tx, key))))
}

impl From<StoredCard> for CardRow {
    fn from(card: StoredCard) -> Self {
        let profiles = card.profiles.into_iter().map(|registration| registration.integration_id);
        Self {
            program_id: card.key.program,
            identifier: card.key.identifier,
            status: card.status,
            block_reason: card.block_reason,
            created: card.created,
            profiles: profiles.collect(),
            old_identifier: card.old_identifier,
            new_identifier: card.new_identifier,
        }
    }
}

impl AccountRow {
    fn new(tx: &Transaction<'_>, key: &LoyaltyAccountKey) -> Self {
        let options =
            BalanceOptions { at: tx.now, subledgers: &[], tiers: true, projected_tier: false };
        let balances = balances_at(tx, key, options);
        let main = balances.balance.map(|balance| (String::new(), balance));
        let others = balances.subledger_balances.into_iter().flatten();
        let ledgers = main.into_iter().chain(others).map(|(id, it)| LedgerRow::new(id, &it));
        let program = tx.program(key.program);
        let (profile_id, card_identifier) = owner_ids(&key.owner);
        Self {
            program_id: key.program,
            program_name: program.map(|program| program.internal_name()).unwrap_or_default(),
            profile_id,
            card_identifier,
            ledgers: ledgers.collect(),
        }
    }
}

impl LedgerRow {
    fn new(subledger_id: String, balance: &LoyaltyBalanceWithTier) -> Self {
        let tier = balance.current_tier.as_ref().and_then(|tier| tier.known());
        Self {
            subledger_id,
            active: balance.active_points.unwrap_or_default(),
            pending: balance.pending_points.unwrap_or_default(),
            expired: balance.expired_points.unwrap_or_default(),
            spent: balance.spent_points.unwrap_or_default(),
            negative: balance.negative_points.unwrap_or_default(),
            tier: tier.map(|tier: &Tier| tier.name.clone()),
        }
    }
}
