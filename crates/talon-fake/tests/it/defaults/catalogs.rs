//! Catalogs and histories of prices.

use serde_json::json;
use talon_core::model::{InfluencingCampaign, NewPriceAdjustment, PriceAdjustmentDetails};
use talon_fake::world::{Catalog, CatalogItem, PriceObservation};

use super::Definition;

/// Compares the defaults of a definition about catalogs; returns whether it is one.
pub(super) fn compare(definition: &Definition<'_>) -> bool {
    match definition.name {
        "Catalog" => {
            definition.assert_defaults(&json!({"id": 1, "name": "Shop"}), &Catalog::new(1, "Shop"));
        }
        "CatalogItem" => {
            definition.assert_defaults(&json!({"sku": "MUG"}), &CatalogItem::new("MUG"));
        }
        "NewPriceAdjustment" => definition.assert_defaults(
            &json!({"priceType": "member", "referenceId": "a"}),
            &NewPriceAdjustment::end("member", "a"),
        ),
        "PriceObservation" => definition.assert_defaults(
            &json!({"sku": "MUG", "observedAt": "2026-01-01T00:00:00Z", "price": 9}),
            &PriceObservation::new("MUG", "2026-01-01T00:00:00Z", 9),
        ),
        "InfluencingCampaign" => definition.assert_defaults(
            &json!({"campaignId": 1, "discountValue": 2}),
            &InfluencingCampaign { campaign_id: 1.into(), discount_value: 2.into() },
        ),
        "PriceAdjustmentDetails" => definition.assert_defaults(
            &json!({"referenceId": "a", "selectedPriceType": "member", "value": 9}),
            &PriceAdjustmentDetails {
                reference_id: "a".into(),
                selected_price_type: "member".into(),
                value: 9.into(),
            },
        ),
        _ => return false,
    }
    true
}
