//! Prices of a type that apply for some time.

use crate::model::model;
use crate::{Amount, Timestamp};

model! {
    /// Prices to add to an item of a catalog.
    ///
    /// Not in the API of June 2020. Schema `AddPriceAdjustmentCatalogAction`.
    pub struct AddPriceAdjustment {
        /// Stock keeping unit of the item, at least 1 character.
        pub sku: String,
        /// The prices: 1 to 100.
        pub adjustments: Vec<NewPriceAdjustment>,
    }
    setters
}

impl AddPriceAdjustment {
    /// These prices for the item `sku`.
    pub fn new(
        sku: impl Into<String>,
        adjustments: impl IntoIterator<Item = NewPriceAdjustment>,
    ) -> Self {
        Self { sku: sku.into(), adjustments: adjustments.into_iter().collect() }
    }
}

model! {
    /// A price of a type that applies for some time.
    ///
    /// Not in the API of June 2020. Schema `NewPriceAdjustment`.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct NewPriceAdjustment {
        /// Type of the price, such as `member`.
        pub price_type: String,
        /// The price of one unit; `None` ends the price of this type.
        pub price: Option<Amount>,
        /// Id of the adjustment, such as a UUID; at least 1 character.
        pub reference_id: String,
        /// Instant of its calculation, the time of the request unless given. Of adjustments of one
        /// type that overlap, the one that was calculated last applies.
        pub calculated_at: Option<Timestamp>,
        /// Instant from which it applies; from the request on unless given.
        pub effective_from: Option<Timestamp>,
        /// Instant until which it applies; without end unless given.
        pub effective_until: Option<Timestamp>,
        /// Id of its context, such as a sale.
        pub context_id: Option<String>,
    }
    setters
}

impl NewPriceAdjustment {
    /// A price of a type that applies from now on.
    pub fn new(
        price_type: impl Into<String>,
        price: impl Into<Amount>,
        reference_id: impl Into<String>,
    ) -> Self {
        Self { price: Some(price.into()), ..Self::end(price_type, reference_id) }
    }

    /// The end of the price of a type.
    pub fn end(price_type: impl Into<String>, reference_id: impl Into<String>) -> Self {
        Self { price_type: price_type.into(), reference_id: reference_id.into(), ..Self::default() }
    }
}
