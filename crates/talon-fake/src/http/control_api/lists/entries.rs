//! Transactions of points.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::model::LoyaltyTransaction;
use talon_core::{LoyaltyCardIdentifier, ProfileId};

use super::{ApiModel, ControlRequest, OwnerFilter, Reply, list as page, owner_ids, row};
use crate::operations::loyalty_transaction;
use crate::state::{PointTransaction, Transaction, TransactionId};

/// An addition or a deduction of points.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct EntryRow {
    #[schemars(with = "ApiModel")]
    transaction: LoyaltyTransaction,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_id: Option<ProfileId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_identifier: Option<LoyaltyCardIdentifier>,
}

pub(in super::super) fn list(call: &ControlRequest<'_>) -> Reply {
    let filter = OwnerFilter::new(call)?;
    let (request, state) = (call.page()?, call.world()?.state());
    let tx = Transaction::new(&state);
    let mut rows = state.tables.point_transactions.all();
    rows.retain(|it| filter.accepts(&it.account));
    rows.sort_by_key(|it| Reverse((it.created, it.id)));
    Ok(page(request, rows, |stored| Some(EntryRow::new(&tx, stored.clone()))))
}

pub(in super::super) fn show(call: &ControlRequest<'_>) -> Reply {
    let state = call.world()?.state();
    let tx = Transaction::new(&state);
    let id = TransactionId::from_uuid(Some(call.id()));
    let stored = id.and_then(|id| tx.point_transaction(id));
    row(stored.map(|stored| EntryRow::new(&tx, stored.clone())))
}

impl EntryRow {
    fn new(tx: &Transaction<'_>, stored: PointTransaction) -> Self {
        let (profile_id, card_identifier) = owner_ids(&stored.account.owner);
        Self { transaction: loyalty_transaction(tx, stored), profile_id, card_identifier }
    }
}
