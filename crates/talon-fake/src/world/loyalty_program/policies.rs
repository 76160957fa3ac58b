//! Policies of loyalty programs.

use serde::{Deserialize, Serialize};

/// Whether and when points make a customer join a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum JoinPolicy {
    /// Never; the customer earns and spends points without.
    NotJoin,
    /// With the first points.
    #[default]
    PointsEarned,
    /// When the first points become active.
    PointsActivated,
}

/// Which added points a cancellation, a reopening or a return takes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnPolicy {
    /// Those that are pending.
    #[default]
    OnlyPending,
    /// Those that are pending, and active points as far as the balance reaches.
    WithinBalance,
    /// All of them; the balance may become negative.
    Unlimited,
}

/// What the expiry of a tier is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TierExpirationPolicy {
    /// The start of the tier.
    #[default]
    TierStartDate,
    /// The day on which the customer joined the program.
    ProgramJoinDate,
    /// It is the date in an attribute of the customer.
    CustomerAttribute,
    /// The start of the program's cycle of tiers.
    AbsoluteExpiration,
}

/// The tier that follows one that expires, where the points do not suffice for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DowngradePolicy {
    /// The next lower one.
    OneDown,
    /// The one that the points suffice for.
    #[default]
    BalanceBased,
}
