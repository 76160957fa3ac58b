//! Filters of the items of a catalog. BEHAVIOUR-today 8.1.

use serde_json::Value;
use talon_fake::world::{Catalog, CatalogItem};

use crate::prelude::*;
use crate::suite::catalogs::CATALOG;

cases! {
    "syncCatalog" {
        detail items_are_selected_by_each_operator,
        detail filters_are_joined_by_and,
        surprise a_number_may_be_written_as_a_text,
        detail an_item_without_the_attribute_is_not_selected,
        refused(400) a_filter_of_an_undeclared_attribute_is_refused,
        refused(400) a_filter_of_an_attribute_that_the_catalog_does_not_have_is_refused,
        refused(400) a_comparison_with_a_text_is_refused,
        refused(400) a_list_of_values_that_is_no_text_is_refused,
        refused(400) an_unknown_operator_is_refused,
    }
}

/// Shoes of the sizes 44, 45 and 46, the last one blue and the others red, and a mug without a size.
fn shoes() -> Seed {
    let shoe = |size: i64, colour: &str| {
        CatalogItem::new(size.to_string()).attribute("Size", size).attribute("Colour", colour)
    };
    let items = [shoe(44, "red"), shoe(45, "red"), shoe(46, "blue"), CatalogItem::new("MUG")];
    Seed::new().catalog(items.into_iter().fold(Catalog::new(CATALOG, "Shoes"), Catalog::item))
}

fn filter(attr: &str, op: &str, value: impl Into<Value>) -> CatalogFilter {
    CatalogFilter::new(attr, op.into(), value)
}

/// Items that are left after the removal of those that filters select.
async fn left(world: &World, filters: Vec<CatalogFilter>) -> Vec<&'static str> {
    world.sync([RemoveCatalogItems { filters: Some(filters) }]).await;
    let mut left = Vec::new();
    for sku in ["44", "45", "46", "MUG"] {
        if world.has_item(sku).await {
            left.push(sku);
        }
    }
    left
}

async fn items_are_selected_by_each_operator(worlds: Worlds) {
    for (op, value, expected) in [
        ("EQ", Value::from(45), ["44", "46", "MUG"].as_slice()),
        ("LT", 45.into(), &["45", "46", "MUG"]),
        ("LE", 45.into(), &["46", "MUG"]),
        ("GT", 45.into(), &["44", "45", "MUG"]),
        ("GE", 45.into(), &["44", "MUG"]),
        ("IN", "44,46".into(), &["45", "MUG"]),
    ] {
        let world = worlds.with(shoes()).await;

        assert_eq!(left(&world, vec![filter("Size", op, value)]).await, expected, "{op}");
    }
}

async fn filters_are_joined_by_and(worlds: Worlds) {
    let world = worlds.with(shoes()).await;
    let filters = vec![filter("Colour", "EQ", "red"), filter("Size", "GE", 45)];

    world
        .sync([PatchCatalogItems {
            price: Some(9.into()),
            filters: Some(filters),
            ..Default::default()
        }])
        .await;

    assert_eq!(world.price_of("44").await, 0.into());
    assert_eq!(world.price_of("45").await, 9.into());
    assert_eq!(world.price_of("46").await, 0.into());
}

async fn a_number_may_be_written_as_a_text(worlds: Worlds) {
    let world = worlds.with(shoes()).await;

    assert_eq!(left(&world, vec![filter("Size", "GT", "45")]).await, ["44", "45", "MUG"]);
}

async fn an_item_without_the_attribute_is_not_selected(worlds: Worlds) {
    let world = worlds.with(shoes()).await;

    assert_eq!(left(&world, vec![filter("Colour", "IN", "red,blue")]).await, ["MUG"]);
}

/// Refused with this title at this member of the filter.
async fn assert_refused(worlds: Worlds, filter: CatalogFilter, title: &str, member: &str) {
    let types = [
        ("Size", AttributeType::Number),
        ("Colour", AttributeType::String),
        ("Season", AttributeType::String),
    ];
    let catalog = Catalog::new(CATALOG, "Shoes").attributes(&["Size", "Colour"]);
    let world = worlds.with(Seed::new().cart_item_attributes(&types).catalog(catalog)).await;

    let refusal = world.sync_refused([RemoveCatalogItems { filters: Some(vec![filter]) }]).await;

    assert_eq!(refusal.status(), 400);
    let [problem] = refusal.problems() else { panic!("{refusal:?}") };
    let pointer = format!("/actions/0/payload/filters/0/{member}");
    assert_eq!((&*problem.title, &problem.source.pointer), (title, &Some(pointer)));
}

async fn a_filter_of_an_undeclared_attribute_is_refused(worlds: Worlds) {
    assert_refused(worlds, filter("Weight", "EQ", 1), "Unknown", "attr").await;
}

async fn a_filter_of_an_attribute_that_the_catalog_does_not_have_is_refused(worlds: Worlds) {
    assert_refused(worlds, filter("Season", "EQ", "spring"), "Unknown", "attr").await;
}

async fn a_comparison_with_a_text_is_refused(worlds: Worlds) {
    assert_refused(worlds, filter("Size", "LT", "large"), "Invalid type", "value").await;
}

async fn a_list_of_values_that_is_no_text_is_refused(worlds: Worlds) {
    let sizes = serde_json::json!([44, 45]);
    assert_refused(worlds, filter("Size", "IN", sizes), "Invalid type", "value").await;
}

async fn an_unknown_operator_is_refused(worlds: Worlds) {
    assert_refused(worlds, filter("Size", "NE", 44), "enum", "op").await;
}
