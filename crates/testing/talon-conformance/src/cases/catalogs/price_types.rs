//! Price adjustments and the prices of items by type. BEHAVIOUR-today 8.1.

use talon_fake::world::CatalogItem;

use crate::prelude::*;
use crate::suite::catalogs::{CATALOG, line, remove, shop, shop_catalog};

cases! {
    "syncCatalog" {
        detail a_line_has_the_prices_of_each_type_and_no_selected_one,
        detail the_selected_type_sets_the_price,
        surprise a_price_that_is_sent_overrides_the_selected_type,
        detail an_adjustment_applies_from_its_start_until_its_end,
        surprise of_adjustments_that_overlap_the_one_that_was_calculated_last_applies,
        detail an_adjustment_without_a_price_ends_the_price_of_its_type,
        surprise an_adjustment_that_is_sent_again_is_replaced,
        detail a_removed_item_loses_its_adjustments,
        detail a_world_may_begin_with_adjustments,
        refused(400) an_adjustment_of_an_unknown_item_is_refused,
        refused(400) no_adjustment_is_refused,
        refused(400) an_adjustment_without_a_type_is_refused,
        refused(400) an_adjustment_without_a_reference_is_refused,
        refused(400) an_adjustment_that_ends_before_it_begins_is_refused,
    }
}

const MEMBER: &str = "68851723-e6fa-488f-ace9-112581e6c19b";

fn member(price: impl Into<Amount>) -> NewPriceAdjustment {
    NewPriceAdjustment::new("member", price, MEMBER)
}

fn adjust(adjustments: impl IntoIterator<Item = NewPriceAdjustment>) -> [AddPriceAdjustment; 1] {
    [AddPriceAdjustment::new("MUG", adjustments)]
}

/// The shop, whose members pay less.
fn club() -> Seed {
    Seed::new().catalog(shop_catalog().selected_price_type("member"))
}

async fn a_line_has_the_prices_of_each_type_and_no_selected_one(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let until = Some(at("2026-02-01T00:00:00Z"));
    let staff = NewPriceAdjustment {
        effective_until: until,
        context_id: Some("Winter".into()),
        ..NewPriceAdjustment::new("staff", 6, "staff-1")
    };

    world.sync(adjust([member(10), staff])).await;

    let line = world.line_of("MUG").await;
    assert_eq!((line.price, &line.selected_price_type), (Some(12.into()), &None));
    let start = Some(at("2026-01-01T00:00:00Z"));
    let detail = |price: i64, reference: &str| PriceDetail {
        price: Some(price.into()),
        adjustment_reference_id: Some(reference.into()),
        adjustment_effective_from: start,
        ..PriceDetail::default()
    };
    let staff = PriceDetail {
        adjustment_context_id: Some("Winter".into()),
        adjustment_effective_until: until,
        ..detail(6, "staff-1")
    };
    let expected = [("member".to_owned(), detail(10, MEMBER)), ("staff".to_owned(), staff)];
    assert_eq!(line.prices, Some(expected.into()));
}

async fn the_selected_type_sets_the_price(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let (from, until) = (at("2025-12-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
    let effective_until = Some(until);

    world
        .sync(adjust([NewPriceAdjustment {
            effective_from: Some(from),
            effective_until,
            ..member(10)
        }]))
        .await;

    let line = world.line_of("MUG").await;
    assert_eq!(line.price, Some(10.into()));
    assert_eq!(line.selected_price_type.as_deref(), Some("member"));
    assert_eq!(line.adjustment_reference_id.as_deref(), Some(MEMBER));
    assert_eq!(line.adjustment_effective_from, Some(from));
    assert_eq!(line.adjustment_effective_until, Some(until));
    // The other item has no price of this type.
    assert_eq!(world.line_of("SHOES").await.selected_price_type, None);
}

async fn a_price_that_is_sent_overrides_the_selected_type(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.sync(adjust([member(10)])).await;

    let lines = world.lines([line("MUG").price(11)]).await;

    assert_eq!((lines[0].price, &lines[0].selected_price_type), (Some(11.into()), &None));
    assert_eq!(lines[0].adjustment_reference_id, None);
    assert!(lines[0].prices.is_some());
}

async fn an_adjustment_applies_from_its_start_until_its_end(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let adjustment = NewPriceAdjustment {
        effective_from: Some(at("2026-01-02T00:00:00Z")),
        effective_until: Some(at("2026-01-03T00:00:00Z")),
        ..member(10)
    };
    world.sync(adjust([adjustment])).await;

    for (now, price) in [
        ("2026-01-01T23:59:59Z", 12),
        ("2026-01-02T00:00:00Z", 10),
        ("2026-01-02T23:59:59Z", 10),
        ("2026-01-03T00:00:00Z", 12),
    ] {
        world.clock().set(at(now));
        assert_eq!(world.price_of("MUG").await, price.into(), "{now}");
    }
}

async fn of_adjustments_that_overlap_the_one_that_was_calculated_last_applies(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let calculated = |hour: u32, price: i64| NewPriceAdjustment {
        calculated_at: Some(at(&format!("2025-12-31T{hour:02}:00:00Z"))),
        effective_until: Some(at("2026-01-05T00:00:00Z")),
        ..NewPriceAdjustment::new("member", price, format!("member-{hour}"))
    };
    let longer = NewPriceAdjustment {
        effective_until: Some(at("2026-01-09T00:00:00Z")),
        ..calculated(9, 9)
    };

    world.sync(adjust([calculated(10, 10), longer])).await;
    let both = world.price_of("MUG").await;
    world.clock().set(at("2026-01-06T00:00:00Z"));
    let one = world.price_of("MUG").await;

    assert_eq!((both, one), (10.into(), 9.into()));
}

async fn an_adjustment_without_a_price_ends_the_price_of_its_type(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.sync(adjust([member(10)])).await;

    let effective_from = Some(at("2026-01-02T00:00:00Z"));
    let end = NewPriceAdjustment { effective_from, ..NewPriceAdjustment::end("member", "end-1") };
    world.sync(adjust([end])).await;
    let before = world.price_of("MUG").await;
    world.clock().set(at("2026-01-02T00:00:00Z"));
    let line = world.line_of("MUG").await;

    assert_eq!(before, 10.into());
    assert_eq!((line.price, line.selected_price_type, line.prices), (Some(12.into()), None, None));
}

async fn an_adjustment_that_is_sent_again_is_replaced(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let calculated_at = Some(at("2026-01-01T00:00:00Z"));
    world.sync(adjust([NewPriceAdjustment { calculated_at, ..member(10) }])).await;

    let earlier = Some(at("2025-01-01T00:00:00Z"));
    world.sync(adjust([NewPriceAdjustment { calculated_at: earlier, ..member(11) }])).await;

    assert_eq!(world.price_of("MUG").await, 11.into());
}

async fn a_removed_item_loses_its_adjustments(worlds: Worlds) {
    let world = worlds.with(club()).await;
    world.sync(adjust([member(10)])).await;

    world.sync([remove("MUG")]).await;
    world.sync([crate::suite::catalogs::add("MUG", 13)]).await;

    let line = world.line_of("MUG").await;
    assert_eq!((line.price, line.prices), (Some(13.into()), None));
}

async fn a_world_may_begin_with_adjustments(worlds: Worlds) {
    let plate = CatalogItem::new("PLATE").price(7).price_adjustment(member(6));
    let catalog = talon_fake::world::Catalog::new(CATALOG, "Shop").item(plate);
    let world = worlds.with(Seed::new().catalog(catalog.selected_price_type("member"))).await;

    assert_eq!(world.price_of("PLATE").await, 6.into());
}

async fn assert_refused(worlds: Worlds, action: AddPriceAdjustment, expected: (&str, &str)) {
    let world = worlds.with(shop()).await;

    let refusal = world.sync_refused([action]).await;

    assert_eq!(refusal.status(), 400);
    let [problem] = refusal.problems() else { panic!("{refusal:?}") };
    let pointer = format!("/actions/0/payload/{}", expected.1);
    assert_eq!((&*problem.title, &problem.source.pointer), (expected.0, &Some(pointer)));
}

async fn an_adjustment_of_an_unknown_item_is_refused(worlds: Worlds) {
    let action = AddPriceAdjustment::new("PLATE", [member(10)]);
    assert_refused(worlds, action, ("Not found", "sku")).await;
}

async fn no_adjustment_is_refused(worlds: Worlds) {
    let action = AddPriceAdjustment::new("MUG", []);
    assert_refused(worlds, action, ("minItems", "adjustments")).await;
}

async fn an_adjustment_without_a_type_is_refused(worlds: Worlds) {
    let action = AddPriceAdjustment::new("MUG", [NewPriceAdjustment::new("", 10, MEMBER)]);
    assert_refused(worlds, action, ("minLength", "adjustments/0/priceType")).await;
}

async fn an_adjustment_without_a_reference_is_refused(worlds: Worlds) {
    let action = AddPriceAdjustment::new("MUG", [NewPriceAdjustment::new("member", 10, "")]);
    assert_refused(worlds, action, ("minLength", "adjustments/0/referenceId")).await;
}

async fn an_adjustment_that_ends_before_it_begins_is_refused(worlds: Worlds) {
    let now = Some(at("2026-01-02T00:00:00Z"));
    let period = NewPriceAdjustment { effective_from: now, effective_until: now, ..member(10) };
    let action = AddPriceAdjustment::new("MUG", [period]);
    assert_refused(worlds, action, ("Invalid", "adjustments/0/effectiveUntil")).await;
}
