//! Entries of ledgers, as replies show them.

use talon_core::model::{
    LoyaltyLedgerEntry, LoyaltyLedgerEntryFlags, LoyaltyPoints, LoyaltyTransaction,
    LoyaltyTransactionType,
};

use crate::state::{
    Batch, LedgerOwner, LoyaltyCardKey, PointTransaction, PointTransactionKind, Transaction, USER,
};
use crate::world::EntrySource;

/// A transaction in a log.
pub(crate) fn transaction(tx: &Transaction<'_>, row: PointTransaction) -> LoyaltyTransaction {
    let campaign = row.campaign.and_then(|id| tx.campaign(id));
    let flags = flags(&row);
    let validity = row.validity.map(|validity| validity.to_string());
    let (card, store) = match &row.account.owner {
        LedgerOwner::Card(card) => (Some(card.to_string()), None),
        LedgerOwner::Profile(_) => (None, row.store),
    };
    LoyaltyTransaction {
        transaction_uuid: row.id.to_string(),
        created: row.created,
        program_id: row.account.program,
        flags: flags.filter(|_| card.is_none()),
        card_identifier: card,
        customer_session_id: row.session,
        store_integration_id: store,
        transaction_type: match row.kind {
            PointTransactionKind::Addition => LoyaltyTransactionType::Addition,
            PointTransactionKind::Deduction => LoyaltyTransactionType::Subtraction,
        },
        name: row.name,
        start_date: row.dates.start_date(),
        expiry_date: row.dates.expiry_date(),
        subledger_id: row.subledger,
        amount: row.points,
        id: row.id.number(),
        ruleset_id: campaign.map(|campaign| campaign.ruleset_id),
        rule_name: row.rule,
        validity_duration: validity,
    }
}

/// What is left of the points that a transaction added.
pub(in crate::operations) fn points(batch: Batch, row: PointTransaction) -> LoyaltyPoints {
    let is_of_card = matches!(row.account.owner, LedgerOwner::Card(_));
    LoyaltyPoints {
        id: row.id.number(),
        transaction_uuid: row.id.to_string(),
        created: row.created,
        program_id: row.account.program,
        customer_profile_id: row.customer.filter(|_| is_of_card),
        customer_session_id: row.session,
        name: row.name,
        start_date: batch.dates.start_date(),
        expiry_date: batch.dates.expiry_date(),
        subledger_id: row.subledger,
        amount: batch.left,
        validity_duration: row.validity.map(|validity| validity.to_string()),
    }
}

/// Points that were activated.
pub(super) fn activated(tx: &Transaction<'_>, row: PointTransaction) -> LoyaltyLedgerEntry {
    let flags = flags(&row);
    let program = row.account.program;
    let (profile, card) = match row.account.owner {
        LedgerOwner::Profile(profile) => (Some(profile), None),
        LedgerOwner::Card(card) => {
            let card = tx.card(&LoyaltyCardKey::new(program, &card));
            (row.customer, card.map(|card| card.id))
        }
    };
    LoyaltyLedgerEntry {
        created: row.created,
        program_id: program,
        customer_profile_id: profile,
        card_id: card,
        customer_session_id: row.session,
        event_id: row.event,
        user_id: (row.source == EntrySource::Manual).then_some(USER),
        // No session is archived.
        archived: Some(false),
        entry_type: "addition".to_owned(),
        amount: row.points,
        start_date: row.dates.start,
        expiry_date: row.dates.expiry,
        name: row.name,
        sub_ledger_id: row.subledger,
        flags,
        validity_duration: row.validity.map(|validity| validity.to_string()),
    }
}

/// Flags, where there is one to be told.
fn flags(row: &PointTransaction) -> Option<LoyaltyLedgerEntryFlags> {
    let creates_negative_balance = (!row.owed.is_zero()).then_some(true);
    creates_negative_balance.map(|_| LoyaltyLedgerEntryFlags { creates_negative_balance })
}
