//! Histories of prices that are recorded from changes of a catalog. BEHAVIOUR-today 8.2.

use talon_fake::world::{Catalog, CatalogItem, PriceObservation};

use crate::prelude::*;
use crate::suite::catalogs::{add, patch, shop};

cases! {
    "bestPriorPrice" {
        detail the_prices_that_a_world_begins_with_are_observed_then,
        surprise a_world_with_a_history_of_an_item_begins_with_that_alone,
        detail changes_of_prices_are_recorded,
        surprise a_price_that_stays_is_not_recorded_again,
        detail many_prices_that_change_at_once_are_recorded,
        detail adjustments_are_recorded_with_their_contexts,
        surprise an_adjustment_that_ends_gives_way_to_the_price_of_the_catalog,
        surprise an_adjustment_that_is_ended_gives_way_to_the_price_of_the_catalog,
        surprise an_adjustment_that_never_applies_is_not_recorded,
        surprise a_price_that_changes_in_a_sale_belongs_to_the_sale,
        surprise nothing_is_recorded_where_the_application_does_not_ask_for_it,
        surprise nothing_is_recorded_of_the_catalog_of_another_application,
        detail a_refused_synchronization_records_nothing,
    }
}

/// The price of the mug until this day of January 2026.
fn until(day: u32, days: u32) -> BestPriorPriceRequest {
    BestPriorPriceRequest::new(["MUG"], at(&format!("2026-01-{day:02}T12:00:00Z")), days)
}

fn mug(price: i64) -> [PatchCatalogItem; 1] {
    [PatchCatalogItem { price: Some(price.into()), ..patch("MUG") }]
}

fn adjust(adjustment: NewPriceAdjustment) -> [AddPriceAdjustment; 1] {
    [AddPriceAdjustment::new("MUG", [adjustment])]
}

/// A sale from January 5 to January 9.
fn sale(price: i64) -> NewPriceAdjustment {
    NewPriceAdjustment {
        effective_from: Some(at("2026-01-05T00:00:00Z")),
        effective_until: Some(at("2026-01-09T00:00:00Z")),
        context_id: Some("Sale".into()),
        ..NewPriceAdjustment::new("sale", price, "sale-1")
    }
}

/// Price and day of the best prior price, if there is one.
async fn best(world: &World, request: BestPriorPriceRequest) -> Option<(Amount, String)> {
    let found = world.prior(request).await;
    found.first().map(|it| (it.price, it.observed_at.to_string()[8..10].to_owned()))
}

fn on(day: &str, price: i64) -> (Amount, String) {
    (price.into(), day.to_owned())
}

async fn the_prices_that_a_world_begins_with_are_observed_then(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    assert_eq!(best(&world, until(1, 30)).await, Some(on("01", 12)));
}

async fn a_world_with_a_history_of_an_item_begins_with_that_alone(worlds: Worlds) {
    let observation = PriceObservation::new("MUG", "2025-12-30T00:00:00Z", 13).context("Sale");
    let world = worlds.with(shop().observed_price(observation)).await;

    let found = world.prior(until(1, 30)).await;

    assert_eq!((found.len(), found[0].price), (1, 13.into()));
}

async fn changes_of_prices_are_recorded(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    for (day, price) in [(3, 9), (6, 14)] {
        world.clock().set(at(&format!("2026-01-{day:02}T00:00:00Z")));
        world.sync(mug(price)).await;
    }

    assert_eq!(best(&world, until(10, 30)).await, Some(on("03", 9)));
    assert_eq!(best(&world, until(10, 2)).await, Some(on("06", 14)));
    assert_eq!(
        best(&world, until(4, 30).timeframe_end_date_type(TimeframeEnd::Price)).await,
        Some(on("01", 12))
    );
}

async fn a_price_that_stays_is_not_recorded_again(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.clock().set(at("2026-01-03T00:00:00Z"));
    world.sync(mug(12)).await;
    world.sync([patch("MUG")]).await;

    assert_eq!(best(&world, until(10, 30)).await, Some(on("01", 12)));
}

async fn many_prices_that_change_at_once_are_recorded(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.clock().set(at("2026-01-03T00:00:00Z"));
    world.sync([PatchCatalogItems { price: Some(5.into()), ..Default::default() }]).await;
    world.sync([add("PLATE", 7)]).await;
    let skus = ["MUG", "SHOES", "PLATE"].map(str::to_owned).to_vec();

    let found = world.prior(BestPriorPriceRequest { skus, ..until(10, 30) }).await;

    let prices: Vec<_> = found.iter().map(|it| (it.sku.as_str(), it.price)).collect();
    assert_eq!(prices, [("MUG", 5.into()), ("SHOES", 5.into()), ("PLATE", 7.into())]);
}

async fn adjustments_are_recorded_with_their_contexts(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.sync(adjust(sale(9))).await;

    let found = world.prior(until(6, 30)).await;
    let before = best(&world, until(6, 30).timeframe_end_date_type(TimeframeEnd::Sale)).await;

    assert_eq!((found[0].price, &found[0].context_ids[..]), (9.into(), &["Sale".to_owned()][..]));
    let details = found[0].metadata.adjustment_details.as_ref().and_then(|it| it.known());
    let expected = PriceAdjustmentDetails {
        reference_id: "sale-1".into(),
        selected_price_type: "sale".into(),
        value: 9.into(),
    };
    assert_eq!(details, Some(&expected));
    assert_eq!(before, Some(on("01", 12)));
}

async fn an_adjustment_that_ends_gives_way_to_the_price_of_the_catalog(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.sync(adjust(sale(9))).await;

    let found = world.prior(until(20, 5)).await;

    assert_eq!((found[0].price, &found[0].context_ids), (12.into(), &Vec::new()));
    assert_eq!(found[0].observed_at, at("2026-01-09T00:00:00Z"));
}

async fn an_adjustment_that_is_ended_gives_way_to_the_price_of_the_catalog(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.sync(adjust(sale(9))).await;
    world.clock().set(at("2026-01-06T00:00:00Z"));
    world.sync(adjust(NewPriceAdjustment::end("sale", "end-1"))).await;

    assert_eq!(best(&world, until(8, 1)).await, Some(on("06", 12)));
    // The end that the sale had on January 9 means nothing.
    assert_eq!(best(&world, until(20, 5)).await, Some(on("06", 12)));
}

async fn an_adjustment_that_never_applies_is_not_recorded(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.sync(adjust(sale(9))).await;
    let earlier = NewPriceAdjustment {
        reference_id: "sale-0".into(),
        calculated_at: Some(at("2025-12-01T00:00:00Z")),
        ..sale(1)
    };
    world.sync(adjust(earlier)).await;
    let over = NewPriceAdjustment {
        reference_id: "sale-2".into(),
        effective_from: Some(at("2025-12-01T00:00:00Z")),
        effective_until: Some(at("2025-12-02T00:00:00Z")),
        ..sale(2)
    };
    world.sync(adjust(over)).await;

    assert_eq!(best(&world, until(20, 60)).await, Some(on("05", 9)));
}

async fn a_price_that_changes_in_a_sale_belongs_to_the_sale(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.sync(adjust(sale(9))).await;
    world.clock().set(at("2026-01-06T00:00:00Z"));
    world.sync(mug(14)).await;

    let found = best(&world, until(7, 30).timeframe_end_date_type(TimeframeEnd::Sale)).await;
    let after = world.prior(until(20, 5)).await;

    assert_eq!(found, Some(on("01", 12)));
    assert_eq!((after[0].price, &after[0].context_ids), (14.into(), &Vec::new()));
}

async fn nothing_is_recorded_where_the_application_does_not_ask_for_it(worlds: Worlds) {
    let mut seed = shop();
    seed.application.enable_best_prior_price = false;
    let world = worlds.with(seed).await;
    world.sync(mug(9)).await;

    assert_eq!(best(&world, until(10, 30)).await, None);
}

async fn nothing_is_recorded_of_the_catalog_of_another_application(worlds: Worlds) {
    let other = Catalog::new(18, "Other").item(CatalogItem::new("MUG").price(5));
    let world = worlds.with(shop().catalog(other)).await;
    let request = SyncCatalog::new(18, CatalogSync::new(mug(4)));
    world.api.sync_catalog(request).await.expect("it exists");

    assert_eq!(best(&world, until(10, 30)).await, Some(on("01", 12)));
}

async fn a_refused_synchronization_records_nothing(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let cheaper = AddCatalogItem { replace_if_exists: Some(true), ..add("MUG", 1) };

    world.sync_refused([cheaper, add("SHOES", 1)]).await;

    assert_eq!(best(&world, until(10, 30)).await, Some(on("01", 12)));
}
