//! The lowest earlier prices of items.

use crate::model::model;
use crate::wire::open_enum;
use crate::{Amount, AudienceId, CampaignId, KnownOrRaw, Timestamp};

model! {
    /// Items whose best prior price is asked for, and the timeframe.
    ///
    /// Not in the API of June 2020. Schema `BestPriorPriceRequest`.
    pub struct BestPriorPriceRequest {
        /// Stock keeping units of the items, at least one.
        pub skus: Vec<String>,
        /// Latest instant of the timeframe.
        pub timeframe_end_date: Timestamp,
        /// Length of the timeframe in days, such as `30`; a whole number of at least 1.
        pub timeframe: String,
        /// What ends the timeframe. Required since April 2026.
        pub timeframe_end_date_type: Option<TimeframeEnd>,
        /// What ends the timeframe, before April 2026: `true` for [`TimeframeEnd::Strict`], `false`
        /// for [`TimeframeEnd::Sale`].
        pub strict_end_date: Option<bool>,
        /// Customers that the prices are for; all customers if absent.
        pub target: Option<PriceTarget>,
    }
    setters
}

impl BestPriorPriceRequest {
    /// The best prices of `skus` in the `days` days before `end`.
    pub fn new<S: Into<String>>(
        skus: impl IntoIterator<Item = S>,
        end: impl Into<Timestamp>,
        days: u32,
    ) -> Self {
        Self {
            skus: skus.into_iter().map(Into::into).collect(),
            timeframe_end_date: end.into(),
            timeframe: days.to_string(),
            timeframe_end_date_type: Some(TimeframeEnd::Strict),
            ..Self::default()
        }
    }

    /// Asks for the prices of an audience.
    #[must_use]
    pub fn audience(mut self, id: impl Into<AudienceId>) -> Self {
        let target_type = PriceTargetType::Audience;
        self.target = Some(PriceTarget { target_type, audience_id: Some(id.into()) });
        self
    }
}

open_enum! {
    /// What ends the timeframe in which prices are compared.
    ///
    /// Not in the API of June 2020.
    pub enum TimeframeEnd {
        /// The given instant.
        Strict = "strict",
        /// The start of the price that is current at the given instant.
        Price = "price",
        /// The start of the context, such as a sale, that is current at the given instant.
        Sale = "sale",
    }
}

model! {
    /// Customers whose prices are compared.
    ///
    /// Not in the API of June 2020. Schema `BestPriorTarget`.
    pub struct PriceTarget {
        /// All customers or an audience.
        pub target_type: PriceTargetType,
        /// The audience; required for one.
        #[serde(rename = "audienceID")]
        pub audience_id: Option<AudienceId>,
    }
    setters
}

open_enum! {
    /// Kind of customers that a price is for.
    ///
    /// Not in the API of June 2020.
    pub enum PriceTargetType {
        /// All customers.
        None = "NONE",
        /// The members of an audience.
        Audience = "AUDIENCE",
    }
}

model! {
    /// The best prior price of an item: a price that was observed.
    ///
    /// Not in the API of June 2020. Schema `BestPriorPrice`.
    pub struct PriorPrice {
        /// Id that the service assigned. Sent since February 2026.
        pub id: Option<i64>,
        /// Stock keeping unit of the item.
        pub sku: String,
        /// Instant of the observation.
        pub observed_at: Timestamp,
        /// Contexts of the price, such as sales.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub context_ids: Vec<String>,
        /// Context of the price; deprecated in favour of `context_ids`, and empty where that is sent.
        pub context_id: Option<String>,
        /// The price of one unit.
        pub price: Amount,
        /// Where the price came from.
        pub metadata: PriorPriceMetadata,
        /// Customers that it was for.
        pub target: Option<KnownOrRaw<PriorPriceTarget>>,
    }
}

model! {
    /// Where a price came from.
    ///
    /// Not in the API of June 2020. Schema `BestPriorPriceMetadata`.
    pub struct PriorPriceMetadata {
        /// Campaigns that lowered it.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub influencing_campaign_details: Vec<InfluencingCampaign>,
        /// Price adjustment that set it.
        pub adjustment_details: Option<KnownOrRaw<PriceAdjustmentDetails>>,
        /// Campaigns that lowered it, before February 2026.
        #[serde(rename = "influencingCampaignIDs")]
        pub influencing_campaign_ids: Option<Vec<CampaignId>>,
        /// Price adjustment that set it, before February 2026.
        #[serde(rename = "adjustmentReferenceID")]
        pub adjustment_reference_id: Option<String>,
    }
}

model! {
    /// A campaign that lowered a price.
    ///
    /// Not in the API of June 2020. Schema `InfluencingCampaignDetails`.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct InfluencingCampaign {
        /// The campaign.
        pub campaign_id: CampaignId,
        /// Amount by which it lowered the price.
        pub discount_value: Amount,
    }
}

model! {
    /// A price adjustment that set a price.
    ///
    /// Not in the API of June 2020. Schema `AdjustmentDetails`.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct PriceAdjustmentDetails {
        /// Id of the adjustment.
        pub reference_id: String,
        /// Type of the price.
        pub selected_price_type: String,
        /// The price that it set.
        pub value: Amount,
    }
}

model! {
    /// Customers that a price was for.
    ///
    /// Not in the API of June 2020. Schema `LabelTarget`.
    pub struct PriorPriceTarget {
        /// All customers or an audience.
        #[serde(rename = "type")]
        pub target_type: PriceTargetType,
        /// The audience.
        pub audience: Option<AudienceReference>,
    }
}

model! {
    /// Ids of an audience.
    ///
    /// Not in the API of June 2020. Schema `AudienceReference`.
    pub struct AudienceReference {
        /// Id that the service assigned.
        pub id: AudienceId,
        /// Third-party integration that the audience came from.
        pub integration: Option<String>,
        /// Id of the audience in that integration.
        pub integration_id: Option<String>,
    }
}
