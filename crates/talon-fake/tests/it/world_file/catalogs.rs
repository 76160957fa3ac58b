//! Catalogs and histories of prices in the world that has everything.

use talon_core::model::{InfluencingCampaign, NewPriceAdjustment, PriceAdjustmentDetails};
use talon_fake::World;
use talon_fake::world::{Catalog, CatalogItem, PriceObservation};

use super::at;

pub(super) fn with_catalogs(world: World) -> World {
    let adjustment = NewPriceAdjustment {
        calculated_at: Some(at("2026-02-28T12:00:00Z")),
        effective_from: Some(at("2026-03-01T00:00:00Z")),
        effective_until: Some(at("2026-04-01T00:00:00Z")),
        context_id: Some("spring-sale".into()),
        ..NewPriceAdjustment::new("member", 9, "member-1")
    };
    let mug = CatalogItem::new("MUG")
        .price(12)
        .attribute("Weight", 350)
        .product("Mugs")
        .price_adjustment(adjustment);
    let catalog = Catalog {
        description: "Mugs and plates".into(),
        version: 3,
        ..Catalog::new(17, "Kitchen").attributes(&["Weight", "Sizes"])
    };
    let campaign = InfluencingCampaign { campaign_id: 193.into(), discount_value: 3.into() };
    let details = PriceAdjustmentDetails {
        reference_id: "member-0".into(),
        selected_price_type: "member".into(),
        value: 11.into(),
    };
    let observation = PriceObservation::new("MUG", "2026-01-01T00:00:00Z", 8);
    world.catalog(catalog.selected_price_type("member").item(mug)).observed_price(
        PriceObservation { campaigns: vec![campaign], adjustment: Some(details), ..observation }
            .context("winter-sale")
            .audience(5)
            .excluded(),
    )
}
