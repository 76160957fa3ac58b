//! Prices that were observed before the world begins.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::model::{InfluencingCampaign, PriceAdjustmentDetails};
use talon_core::{Amount, AudienceId, Timestamp};

use super::{World, instant};

/// The price of an item from an instant on, until the next one that was observed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceObservation {
    /// Stock keeping unit of the item.
    pub sku: String,
    /// Instant of the observation.
    pub observed_at: Timestamp,
    /// Price of one unit in the application's currency, 0 to 10¹⁵.
    pub price: Amount,
    /// Contexts of the price, such as sales.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context_ids: Vec<String>,
    /// Audience that the price was for; all customers when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience_id: Option<AudienceId>,
    /// Campaigns that lowered the price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub campaigns: Vec<InfluencingCampaign>,
    /// Price adjustment that set the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjustment: Option<PriceAdjustmentDetails>,
    /// Whether it does not count; `false` unless given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excluded: bool,
}

impl PriceObservation {
    /// A price for all customers, without a context.
    ///
    /// `observed_at` is a [time](crate::world#times).
    #[track_caller]
    pub fn new(
        sku: impl Into<String>,
        observed_at: impl TryInto<Timestamp, Error: fmt::Display>,
        price: impl Into<Amount>,
    ) -> Self {
        Self {
            sku: sku.into(),
            observed_at: instant(observed_at),
            price: price.into(),
            ..Self::default()
        }
    }

    /// Adds a context, such as a sale.
    #[must_use]
    pub fn context(mut self, id: impl Into<String>) -> Self {
        self.context_ids.push(id.into());
        self
    }

    /// Sets the audience that the price was for.
    #[must_use]
    pub fn audience(mut self, id: impl Into<AudienceId>) -> Self {
        self.audience_id = Some(id.into());
        self
    }

    /// Adds a campaign that lowered the price.
    #[must_use]
    pub fn campaign(mut self, campaign: InfluencingCampaign) -> Self {
        self.campaigns.push(campaign);
        self
    }

    /// Sets the price adjustment that set the price.
    #[must_use]
    pub fn adjustment(mut self, adjustment: PriceAdjustmentDetails) -> Self {
        self.adjustment = Some(adjustment);
        self
    }

    /// Sets that it does not count.
    #[must_use]
    pub fn excluded(mut self) -> Self {
        self.excluded = true;
        self
    }
}

impl World {
    /// Adds a price that was observed before the world begins.
    #[must_use]
    pub fn observed_price(mut self, observation: PriceObservation) -> Self {
        self.price_history.push(observation);
        self
    }
}
