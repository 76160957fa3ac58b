//! What an evaluation knows of ledgers of points.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::{Amount, LoyaltyProgramId};

/// A balance of a ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum BalanceKind {
    /// Active points.
    #[default]
    Current,
    /// Points that have yet to become active.
    Pending,
    /// Points that are owed.
    Negative,
    /// Active points after the effects of the rules before this one.
    TentativeCurrent,
}

/// What an evaluation knows of the ledgers of its customer.
pub(crate) trait LedgerFacts: fmt::Debug {
    /// A balance in a program; in a program of cards that of the card of the session.
    fn balance(&self, program: LoyaltyProgramId, subledger: &str, kind: BalanceKind) -> Amount;

    /// Name of the tier; `None` below the lowest one.
    fn tier(&self, program: LoyaltyProgramId, subledger: &str) -> Option<String>;
}

/// Ledgers without points.
#[derive(Debug)]
pub(crate) struct NoLedgers;

impl LedgerFacts for NoLedgers {
    fn balance(&self, _: LoyaltyProgramId, _: &str, _: BalanceKind) -> Amount {
        Amount::ZERO
    }

    fn tier(&self, _: LoyaltyProgramId, _: &str) -> Option<String> {
        None
    }
}
