//! Observed prices.

use serde::{Deserialize, Serialize};
use talon_core::model::{InfluencingCampaign, PriceAdjustmentDetails};
use talon_core::{Amount, AudienceId, Timestamp};

use crate::store::{EncodableRow, EncodedRow, Row};

/// The prices of an item that were observed: a list, of which this is the head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PriceHistory {
    pub(crate) sku: String,
    /// The observation that was recorded last.
    pub(crate) latest: i64,
}

/// What an observation says of the price of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PriceChange {
    /// It is this one.
    Price(Amount),
    /// The adjustment of the observation with this id ends, and the price of the catalog applies again.
    AdjustmentEnd(i64),
    /// Adjustments of this type end, and the price of the catalog applies again.
    PriceTypeEnd(String),
}

/// The price of an item from an instant on, until the next observation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredPriceObservation {
    pub(crate) id: i64,
    pub(crate) sku: String,
    pub(crate) observed_at: Timestamp,
    pub(crate) change: PriceChange,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) context_ids: Vec<String>,
    /// The audience that it is for; all customers if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) audience: Option<AudienceId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) campaigns: Vec<InfluencingCampaign>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) adjustment: Option<PriceAdjustmentDetails>,
    /// Whether it does not count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) excluded: bool,
    /// The observation of the same item that was recorded before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<i64>,
}

impl Row for PriceHistory {
    type Key = String;
    type Stored = Self;

    fn key(&self) -> &String {
        &self.sku
    }
}

impl Row for StoredPriceObservation {
    type Key = i64;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &i64 {
        &self.id
    }
}

impl EncodableRow for StoredPriceObservation {}
