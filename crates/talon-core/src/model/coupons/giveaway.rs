//! Giveaways.

use serde::{Deserialize, Serialize};

use crate::{Attributes, ProfileId, Timestamp, Tolerant};

/// A code from a pool that a customer was given, such as one of another shop.
///
/// Today only. Schema `Giveaway`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Giveaway {
    /// Service's own number of the giveaway.
    pub id: i64,
    /// When it was created.
    pub created: Timestamp,
    /// The code.
    pub code: String,
    /// Pool it comes from.
    pub pool_id: i64,
    /// When it becomes valid; published replies hold dates that do not exist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Tolerant<Timestamp>>,
    /// When it stops being valid; published replies hold dates that do not exist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Tolerant<Timestamp>>,
    /// Custom attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
    /// Whether it was given to somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<bool>,
    /// Import that created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_id: Option<i64>,
    /// Customer it was given to, by the shop's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_integration_id: Option<ProfileId>,
    /// Customer it was given to, by the service's own number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<i64>,
}
