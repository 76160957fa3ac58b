//! Changes of a catalog. BEHAVIOUR-today 8.1.

use crate::prelude::*;
use crate::suite::catalogs::{CATALOG, add, line, patch, product, remove, shop};

cases! {
    "syncCatalog" {
        success a_reply_has_the_catalog_with_the_next_version,
        detail an_item_is_added,
        detail a_thousand_items_are_added_at_once,
        surprise an_item_that_is_replaced_keeps_its_price_and_loses_its_product,
        surprise an_item_that_is_patched_keeps_its_price_and_loses_its_product,
        detail an_item_is_created_by_a_patch_that_may,
        detail a_patch_merges_attributes,
        detail many_items_are_patched_at_once_and_keep_their_products,
        detail an_item_is_removed,
        surprise removing_an_unknown_item_is_accepted,
        detail all_items_are_removed_at_once,
        detail an_item_that_is_added_after_its_removal_is_a_new_one,
        surprise the_version_of_a_request_is_not_compared,
        surprise a_refused_synchronization_changes_nothing,
        detail the_catalog_of_another_application_is_changed_as_well,
    }
}

async fn a_reply_has_the_catalog_with_the_next_version(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.clock().set(at("2026-02-01T00:00:00Z"));

    let catalog = world.sync([remove("MUG")]).await;

    let expected = talon_core::model::Catalog {
        id: CATALOG.into(),
        created: at("2026-01-01T00:00:00Z"),
        account_id: 1.into(),
        modified: at("2026-02-01T00:00:00Z"),
        name: "Shop".into(),
        description: String::new(),
        subscribed_applications_ids: Some(vec![1.into()]),
        version: 2,
        created_by: 1,
    };
    assert_eq!(catalog, expected);
    assert_eq!(world.sync([remove("MUG")]).await.version, 3);
}

async fn an_item_is_added(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let attributes = Some(Attributes::new().with("Colour", "white"));
    let plate = AddCatalogItem { attributes, product: Some(product("Plate")), ..add("PLATE", 7) };

    world.sync([plate]).await;

    let line = world.line_of("PLATE").await;
    assert_eq!((line.price, line.product), (Some(7.into()), Some(product("Plate"))));
    assert_eq!(line.attributes, Some(Attributes::new().with("Colour", "white")));
}

async fn a_thousand_items_are_added_at_once(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    world.sync((0..1000).map(|number| add(&format!("SKU-{number}"), number))).await;

    assert_eq!(world.price_of("SKU-999").await, 999.into());
}

async fn an_item_that_is_replaced_keeps_its_price_and_loses_its_product(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let before = world.line_of("MUG").await;
    let attributes = Some(Attributes::new().with("Size", 3));
    let replace_if_exists = Some(true);

    let replaced = AddCatalogItem { price: None, attributes, replace_if_exists, ..add("MUG", 0) };
    world.sync([replaced]).await;

    let line = world.line_of("MUG").await;
    assert_eq!((line.price, line.product), (Some(12.into()), None));
    assert_eq!(line.attributes, Some(Attributes::new().with("Size", 3)));
    assert_eq!(line.catalog_item_id, before.catalog_item_id);
}

async fn an_item_that_is_patched_keeps_its_price_and_loses_its_product(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    world.sync([patch("MUG")]).await;

    let line = world.line_of("MUG").await;
    assert_eq!((line.price, line.product), (Some(12.into()), None));
    assert_eq!(line.attributes, Some(Attributes::new().with("Colour", "red")));
}

async fn an_item_is_created_by_a_patch_that_may(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let (price, create_if_not_exists) = (Some(7.into()), Some(true));

    world.sync([PatchCatalogItem { price, create_if_not_exists, ..patch("PLATE") }]).await;

    assert_eq!(world.price_of("PLATE").await, 7.into());
}

async fn a_patch_merges_attributes(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let attributes = Attributes::new().with("Size", 3).with("Colour", serde_json::Value::Null);

    world.sync([PatchCatalogItem { attributes: Some(attributes), ..patch("MUG") }]).await;
    let removed = world.line_of("MUG").await.attributes;
    let attributes = Some(Attributes::new().with("Colour", "blue"));
    world.sync([PatchCatalogItem { attributes, ..patch("MUG") }]).await;

    assert_eq!(removed, Some(Attributes::new().with("Size", 3)));
    let merged = Attributes::new().with("Size", 3).with("Colour", "blue");
    assert_eq!(world.line_of("MUG").await.attributes, Some(merged));
}

async fn many_items_are_patched_at_once_and_keep_their_products(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let attributes = Some(Attributes::new().with("Season", "spring"));
    let price = Some(5.into());

    world.sync([PatchCatalogItems { price, attributes, filters: None }]).await;

    let lines = world.lines([line("MUG"), line("SHOES")]).await;
    assert_eq!([lines[0].price, lines[1].price], [price, price]);
    assert_eq!(lines[0].product, Some(product("Mug")));
    let merged = Attributes::new().with("Size", 42).with("Season", "spring");
    assert_eq!(lines[1].attributes, Some(merged));
}

async fn an_item_is_removed(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    world.sync([remove("MUG")]).await;

    assert!(!world.has_item("MUG").await);
    assert!(world.has_item("SHOES").await);
}

async fn removing_an_unknown_item_is_accepted(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let catalog = world.sync([remove("PLATE")]).await;

    assert_eq!(catalog.version, 2);
}

async fn all_items_are_removed_at_once(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    world.sync([RemoveCatalogItems::default()]).await;

    assert!(!world.has_item("MUG").await);
    assert!(!world.has_item("SHOES").await);
}

async fn an_item_that_is_added_after_its_removal_is_a_new_one(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let before = world.line_of("SHOES").await;

    world.sync([remove("SHOES")]).await;
    world.sync([add("SHOES", 70)]).await;

    let line = world.line_of("SHOES").await;
    assert_ne!(line.catalog_item_id, before.catalog_item_id);
    assert_eq!((line.price, line.attributes), (Some(70.into()), None));
    // The list of all items has each of them once.
    world.sync([PatchCatalogItems { price: Some(1.into()), ..Default::default() }]).await;
    assert_eq!(world.price_of("MUG").await, 1.into());
    assert_eq!(world.price_of("SHOES").await, 1.into());
}

async fn the_version_of_a_request_is_not_compared(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let sync = CatalogSync { version: Some(244), ..CatalogSync::new([remove("MUG")]) };

    let catalog = world.api.sync_catalog(SyncCatalog::new(CATALOG, sync)).await;

    assert_eq!(catalog.expect("any version is accepted").version, 2);
}

async fn a_refused_synchronization_changes_nothing(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let before = world.probe().snapshot();

    let refusal = world.sync_refused([add("PLATE", 7), add("MUG", 13)]).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(world.changes_since(&before), [] as [String; 0]);
}

async fn the_catalog_of_another_application_is_changed_as_well(worlds: Worlds) {
    let seed = shop().catalog(talon_fake::world::Catalog::new(18, "Other"));
    let world = worlds.with(seed).await;

    let request = SyncCatalog::new(18, CatalogSync::new([add("MUG", 99)]));
    let catalog = world.api.sync_catalog(request).await.expect("it exists");

    assert_eq!(catalog.subscribed_applications_ids, Some(Vec::new()));
    assert_eq!(world.price_of("MUG").await, 12.into());
}
