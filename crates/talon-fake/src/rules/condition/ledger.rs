//! Conditions on ledgers of points.

use serde::{Deserialize, Serialize};
use talon_core::LoyaltyProgramId;

use super::Condition;
use crate::rules::{BalanceKind, Facts, Range};

/// A condition on a balance of points.
///
/// In a world file `{"loyaltyBalance": {"programId": 1, "range": {"atLeast": 100}}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LedgerBalance {
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The subledger; empty for the main ledger.
    #[serde(default)]
    pub sub_ledger_id: String,
    /// Which balance.
    #[serde(default)]
    pub balance: BalanceKind,
    /// The points that it may have.
    pub range: Range,
}

/// A condition on the tier of a ledger.
///
/// In a world file `{"loyaltyTier": {"programId": 1, "tiers": ["gold"]}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LedgerTier {
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The subledger; empty for the main ledger.
    #[serde(default)]
    pub sub_ledger_id: String,
    /// Names of the tiers, one of which the customer is in.
    pub tiers: Vec<String>,
}

impl LedgerBalance {
    /// `range` of active points in the main ledger of a program.
    pub fn current(program_id: impl Into<LoyaltyProgramId>, range: Range) -> Self {
        Self { program_id: program_id.into(), range, ..Self::default() }
    }

    pub(super) fn holds(&self, facts: &Facts<'_>) -> bool {
        let balance = facts.ledgers.balance(self.program_id, &self.sub_ledger_id, self.balance);
        self.range.contains(balance)
    }
}

impl LedgerTier {
    /// The tier `name` of the main ledger of a program.
    pub fn named(program_id: impl Into<LoyaltyProgramId>, name: impl Into<String>) -> Self {
        Self { program_id: program_id.into(), tiers: vec![name.into()], ..Self::default() }
    }

    pub(super) fn holds(&self, facts: &Facts<'_>) -> bool {
        let tier = facts.ledgers.tier(self.program_id, &self.sub_ledger_id);
        tier.is_some_and(|tier| self.tiers.contains(&tier))
    }
}

impl Condition {
    /// Whether it is about points, tiers or cards.
    pub(crate) fn is_about_points(&self) -> bool {
        self.mentions(&|part| {
            matches!(
                part,
                Self::LoyaltyBalance(_)
                    | Self::LoyaltyTier(_)
                    | Self::CardValid(_)
                    | Self::CardRegistered(_)
            )
        })
    }
}
