//! The lowest price of an item within some days.

use crate::model::model;
use crate::wire::open_enum;
use crate::{Amount, AudienceId, CampaignId, KnownOrRaw, Timestamp};

model! {
    /// Items whose lowest price is wanted, and the days to look at.
    ///
    /// Not in the API of June 2020. Schema `BestPriorPriceRequest`.
    pub struct BestPriorPriceRequest {
        /// Which items.
        pub skus: Vec<String>,
        /// Last instant to look at.
        pub timeframe_end_date: Timestamp,
        /// Number of days, such as `30`.
        pub timeframe: String,
        /// What ends the days: the given instant, or the start of the price or of the sale before it.
        pub timeframe_end_date_type: Option<TimeframeEnd>,
        /// What ended the days before April 2026: the given instant, or else the start of the sale.
        pub strict_end_date: Option<bool>,
        /// For whom; everybody when absent.
        pub target: Option<PriceTarget>,
    }
}

impl BestPriorPriceRequest {
    /// The lowest prices of `skus` in the `days` before `end`.
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
}

open_enum! {
    /// What ends the days in which prices are compared.
    ///
    /// Not in the API of June 2020.
    pub enum TimeframeEnd {
        /// The given instant.
        Strict = "strict",
        /// Start of the price that holds then.
        Price = "price",
        /// Start of the sale that runs then.
        Sale = "sale",
    }
}

model! {
    /// Whose prices are compared.
    ///
    /// Not in the API of June 2020. Schema `BestPriorTarget`.
    pub struct PriceTarget {
        /// Everybody's, or those of an audience.
        pub target_type: PriceTargetType,
        /// The audience.
        #[serde(rename = "audienceID")]
        pub audience_id: Option<AudienceId>,
    }
}

open_enum! {
    /// Kind of customers for whom a price holds.
    ///
    /// Not in the API of June 2020.
    pub enum PriceTargetType {
        /// Everybody.
        None = "NONE",
        /// An audience.
        Audience = "AUDIENCE",
    }
}

model! {
    /// The lowest price of an item.
    ///
    /// Not in the API of June 2020. Schema `BestPriorPrice`.
    pub struct PriorPrice {
        /// Id that the service assigned.
        pub id: i64,
        /// Which item.
        pub sku: String,
        /// When the price was observed.
        pub observed_at: Timestamp,
        /// Occasions of the price, such as sales.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub context_ids: Vec<String>,
        /// Occasion of the price; superseded by `context_ids`.
        pub context_id: Option<String>,
        /// The price.
        pub price: Amount,
        /// Where the price came from.
        pub metadata: PriorPriceMetadata,
        /// For whom it held.
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
        pub influencing_campaign_details: Vec<PriceInfluence>,
        /// Adjustment that set it.
        pub adjustment_details: Option<KnownOrRaw<PriceAdjustmentDetails>>,
    }
}

model! {
    /// A campaign that lowered a price.
    ///
    /// Not in the API of June 2020. Schema `InfluencingCampaignDetails`.
    pub struct PriceInfluence {
        /// Which campaign.
        pub campaign_id: CampaignId,
        /// By how much.
        pub discount_value: Amount,
    }
}

model! {
    /// An adjustment that set a price.
    ///
    /// Not in the API of June 2020. Schema `AdjustmentDetails`.
    pub struct PriceAdjustmentDetails {
        /// Id of the adjustment.
        pub reference_id: String,
        /// Type of the price.
        pub selected_price_type: String,
        /// The price.
        pub value: Amount,
    }
}

model! {
    /// For whom a price held.
    ///
    /// Not in the API of June 2020. Schema `LabelTarget`.
    pub struct PriorPriceTarget {
        /// Everybody, or an audience.
        #[serde(rename = "type")]
        pub target_type: PriceTargetType,
        /// The audience.
        pub audience: Option<AudienceReference>,
    }
}

model! {
    /// An audience, by its ids.
    ///
    /// Not in the API of June 2020. Schema `AudienceReference`.
    pub struct AudienceReference {
        /// Id that the service assigned.
        pub id: AudienceId,
        /// Partner whose audience it is.
        pub integration: Option<String>,
        /// Id of the audience there.
        pub integration_id: Option<String>,
    }
}
