//! Rewards that are loyalty points.

use serde::{Deserialize, Serialize};
use talon_core::{Amount, LoyaltyProgramId, Timestamp};

use super::Reward;
use crate::rules::{ItemFilter, Pending, Period, Validity};

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
    /// How many, 0 to 999 999 999 999.99; for each unit where `items` is given. Either this or
    /// `factor`.
    #[serde(default)]
    pub points: Amount,
    /// Points for each unit of the currency in the total, or in the price of a unit where `items` is
    /// given; 0 to 10 000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Amount>,
    /// The total that `factor` is applied to.
    #[serde(default)]
    pub of: PointsBase,
    /// The items for each unit of which points are added, `{}` for all; once for the whole session
    /// when absent. Points are never deducted per item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<ItemFilter>,
    /// When added points become active; as the program says when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// How long added points can be spent once they are active; as the program says when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// The ledger that points are added to or deducted from.
    #[serde(default)]
    pub target: PointsTarget,
}

/// The total that a factor of points is applied to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum PointsBase {
    /// Sum of the cart items before discounts.
    #[default]
    CartTotal,
    /// Sum of cart items and additional costs before discounts.
    SessionTotal,
}

/// Whose ledger a rule changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum PointsTarget {
    /// That of the profile; in a program of cards that of the card of the session.
    #[default]
    Profile,
    /// That of the advocate of the referral under evaluation. Points are only added to it.
    Advocate,
}

/// A change of the expiry of active points in a ledger of the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PointsExtension {
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The subledger; empty for the main ledger.
    #[serde(default)]
    pub sub_ledger_id: String,
    /// How much later active points with an expiry date expire.
    pub extension_duration: Period,
}

/// A new expiry of all active points in a ledger of the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PointsExpiry {
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The subledger; empty for the main ledger.
    #[serde(default)]
    pub sub_ledger_id: String,
    /// The instant that they expire at.
    pub new_expiry_date: Timestamp,
}

impl Points {
    /// The largest number of points: 999 999 999 999.99.
    pub(crate) fn largest() -> Amount {
        Amount::new(99_999_999_999_999, 2)
    }
}

impl Reward {
    /// Points for the main ledger of a program.
    pub fn add_loyalty_points(
        program_id: impl Into<LoyaltyProgramId>,
        points: impl Into<Amount>,
    ) -> Self {
        let (program_id, points) = (program_id.into(), points.into());
        Self::AddLoyaltyPoints(Points { program_id, points, ..Points::default() })
    }

    /// Points for each unit of the currency in the cart, for the main ledger of a program.
    ///
    /// ```
    /// use talon_fake::rules::Reward;
    ///
    /// let reward = Reward::add_loyalty_points_per_currency_unit(1, 2);
    ///
    /// let of_a_file = r#"{"addLoyaltyPoints": {"programId": 1, "factor": 2}}"#;
    /// assert_eq!(reward, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn add_loyalty_points_per_currency_unit(
        program_id: impl Into<LoyaltyProgramId>,
        factor: impl Into<Amount>,
    ) -> Self {
        let (program_id, factor) = (program_id.into(), Some(factor.into()));
        Self::AddLoyaltyPoints(Points { program_id, factor, ..Points::default() })
    }

    /// Points that are deducted from the main ledger of a program.
    pub fn deduct_loyalty_points(
        program_id: impl Into<LoyaltyProgramId>,
        points: impl Into<Amount>,
    ) -> Self {
        let (program_id, points) = (program_id.into(), points.into());
        Self::DeductLoyaltyPoints(Points { program_id, points, ..Points::default() })
    }

    /// Points for each unit of the items that match, for the main ledger of a program. A return of
    /// a unit takes its points back.
    ///
    /// ```
    /// use talon_fake::rules::{ItemFilter, Reward};
    ///
    /// let reward = Reward::add_loyalty_points_per_item(1, 5, ItemFilter::sku("MUG"));
    ///
    /// let of_a_file =
    ///     r#"{"addLoyaltyPoints": {"programId": 1, "points": 5, "items": {"sku": "MUG"}}}"#;
    /// assert_eq!(reward, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn add_loyalty_points_per_item(
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

impl Reward {
    /// Whether it adds or deducts points, or changes when they expire.
    pub(crate) fn is_about_points(&self) -> bool {
        matches!(
            self,
            Self::AddLoyaltyPoints(_)
                | Self::DeductLoyaltyPoints(_)
                | Self::ExtendLoyaltyPointsExpiryDate(_)
                | Self::SetLoyaltyPointsExpiryDate(_)
        )
    }
}
