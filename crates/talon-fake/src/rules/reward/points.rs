//! Rewards that are loyalty points.

use serde::{Deserialize, Serialize};
use talon_core::{Amount, LoyaltyProgramId};

use super::Reward;
use crate::rules::ItemFilter;

/// Loyalty points that are added or deducted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Points {
    /// Reason shown to the customer.
    #[serde(default)]
    pub name: String,
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The subledger; empty for the main ledger.
    #[serde(default)]
    pub sub_ledger_id: String,
    /// How many, 0 to 10¹⁵; for each unit where `items` is given.
    pub points: Amount,
    /// The items for each unit of which points are added, `{}` for all; once for the whole session
    /// when absent. Points are never deducted per item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<ItemFilter>,
    /// The days after which added points can be spent; at once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending_days: Option<u32>,
    /// The days for which added points can be spent; without end when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_days: Option<u32>,
}

impl Reward {
    /// Points for the main ledger of a program.
    pub fn points(program_id: impl Into<LoyaltyProgramId>, points: impl Into<Amount>) -> Self {
        let (program_id, points) = (program_id.into(), points.into());
        Self::AddLoyaltyPoints(Points { program_id, points, ..Points::default() })
    }

    /// Points for each unit of the items that match, for the main ledger of a program. A return of
    /// a unit takes its points back.
    ///
    /// ```
    /// use talon_fake::rules::{ItemFilter, Reward};
    ///
    /// let reward = Reward::points_per_item(1, 5, ItemFilter::sku("MUG"));
    ///
    /// let of_a_file =
    ///     r#"{"addLoyaltyPoints": {"programId": 1, "points": 5, "items": {"sku": "MUG"}}}"#;
    /// assert_eq!(reward, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn points_per_item(
        program_id: impl Into<LoyaltyProgramId>,
        points: impl Into<Amount>,
        items: ItemFilter,
    ) -> Self {
        let (program_id, points) = (program_id.into(), points.into());
        Self::AddLoyaltyPoints(Points {
            program_id,
            points,
            items: Some(items),
            ..Points::default()
        })
    }
}
