//! Changes of a catalog that are refused. BEHAVIOUR-today 1.5, 8.1.

use talon_fake::world::CatalogItem;

use crate::prelude::*;
use crate::suite::catalogs::{CATALOG, add, patch, remove, shop, shop_catalog};

cases! {
    "syncCatalog" {
        refused(404) an_unknown_catalog_is_refused,
        refused(400) no_action_is_refused,
        refused(400) a_thousand_and_one_actions_are_refused,
        refused(400) actions_of_two_types_are_refused,
        refused(400) an_item_that_is_named_twice_is_refused,
        refused(400) an_action_of_an_unknown_type_is_refused,
        refused(400) a_payload_of_another_form_is_refused,
        refused(400) an_item_without_a_sku_is_refused,
        refused(400) a_version_of_zero_is_refused,
        refused(400) an_item_that_exists_is_not_added,
        refused(400) an_item_that_does_not_exist_is_not_patched,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) an_attribute_that_the_catalog_does_not_have_is_refused,
        refused(400) a_value_of_another_type_is_refused,
        refused(400) a_price_beyond_all_measure_is_refused,
    }
}

/// Title and pointer of the only problem.
fn problem(refusal: &ApiError) -> (&str, &str) {
    assert_eq!(refusal.status(), 400);
    let [problem] = refusal.problems() else { panic!("{refusal:?}") };
    (&problem.title, problem.source.pointer.as_deref().expect("a place in the body"))
}

async fn assert_refused(
    worlds: Worlds,
    actions: impl IntoIterator<Item: Into<CatalogAction>>,
    expected: (&str, &str),
) {
    let world = worlds.with(shop()).await;

    let refusal = world.sync_refused(actions).await;

    assert_eq!(problem(&refusal), expected);
}

/// A change from its JSON, which need not fit.
fn action(json: &str) -> CatalogAction {
    serde_json::from_str(json).expect("every object with a type is an action")
}

async fn an_unknown_catalog_is_refused(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let request = SyncCatalog::new(404, CatalogSync::new([add("PLATE", 7)]));
    let refusal = refusal(world.api.sync_catalog(request).await);

    assert_eq!(refusal.status(), 404);
}

async fn no_action_is_refused(worlds: Worlds) {
    assert_refused(worlds, [] as [CatalogAction; 0], ("minItems", "/actions")).await;
}

async fn a_thousand_and_one_actions_are_refused(worlds: Worlds) {
    let actions = (0..1001).map(|number| remove(&number.to_string()));
    assert_refused(worlds, actions, ("maxItems", "/actions")).await;
}

async fn actions_of_two_types_are_refused(worlds: Worlds) {
    let actions = [CatalogAction::from(add("PLATE", 7)), remove("MUG").into()];
    assert_refused(worlds, actions, ("Invalid", "/actions/1/type")).await;
}

async fn an_item_that_is_named_twice_is_refused(worlds: Worlds) {
    let actions = [add("PLATE", 7), add("CUP", 3), add("PLATE", 7)];
    assert_refused(worlds, actions, ("Duplicate", "/actions/2/payload/sku")).await;
}

async fn an_action_of_an_unknown_type_is_refused(worlds: Worlds) {
    let unknown = action(r#"{"type": "MOVE", "payload": {"sku": "MUG"}}"#);
    assert_refused(worlds, [unknown], ("enum", "/actions/0/type")).await;
}

async fn a_payload_of_another_form_is_refused(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let unfit = action(r#"{"type": "ADD", "payload": {"sku": "PLATE", "price": "cheap"}}"#);
    let refusal = world.sync_refused([unfit]).await;

    assert_eq!(problem(&refusal), ("Invalid type", "/actions/0/payload"));
    let details = refusal.problems()[0].details.as_deref().expect("it says what does not fit");
    assert!(details.starts_with("payload.price: "), "{details}");
}

async fn an_item_without_a_sku_is_refused(worlds: Worlds) {
    assert_refused(worlds, [add("", 7)], ("minLength", "/actions/0/payload/sku")).await;
}

async fn a_version_of_zero_is_refused(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let sync = CatalogSync { version: Some(0), ..CatalogSync::new([remove("MUG")]) };

    let refusal = refusal(world.api.sync_catalog(SyncCatalog::new(CATALOG, sync)).await);

    assert_eq!(problem(&refusal), ("minimum", "/version"));
}

async fn an_item_that_exists_is_not_added(worlds: Worlds) {
    let actions = [add("PLATE", 7), add("MUG", 13)];
    assert_refused(worlds, actions, ("Already exists", "/actions/1/payload/sku")).await;
}

async fn an_item_that_does_not_exist_is_not_patched(worlds: Worlds) {
    let actions = [patch("PLATE"), patch("MUG")];
    assert_refused(worlds, actions, ("Not found", "/actions/0/payload/sku")).await;
}

/// A catalog with the attribute `Colour`, where `Size` is declared too.
fn declared() -> Seed {
    let types = [("Colour", AttributeType::String), ("Size", AttributeType::Number)];
    let catalog = talon_fake::world::Catalog::new(CATALOG, "Shop").attributes(&["Colour"]);
    let mug = CatalogItem::new("MUG").attribute("Colour", "red");
    Seed::new().cart_item_attributes(&types).catalog(catalog.item(mug))
}

async fn assert_attribute_refused(worlds: Worlds, attributes: Attributes, title: &str) {
    let name = attributes.keys().next().expect("one attribute").clone();
    let world = worlds.with(declared()).await;

    let plate = AddCatalogItem { attributes: Some(attributes), ..add("PLATE", 7) };
    let refusal = world.sync_refused([plate]).await;

    let problem = &refusal.problems()[0];
    let pointer = format!("/actions/0/payload/attributes/{name}");
    assert_eq!((&*problem.title, &problem.source.pointer), (title, &Some(pointer)));
    assert!(!world.has_item("PLATE").await);
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    assert_attribute_refused(worlds, Attributes::new().with("Weight", 1), "Unknown").await;
}

async fn an_attribute_that_the_catalog_does_not_have_is_refused(worlds: Worlds) {
    assert_attribute_refused(worlds, Attributes::new().with("Size", 1), "Unknown").await;
}

async fn a_value_of_another_type_is_refused(worlds: Worlds) {
    assert_attribute_refused(worlds, Attributes::new().with("Colour", 1), "Invalid type").await;
}

async fn a_price_beyond_all_measure_is_refused(worlds: Worlds) {
    let world = worlds.with(Seed::new().catalog(shop_catalog())).await;

    let refusal = world.sync_refused([add("PLATE", amount("1000000000000001"))]).await;

    assert_eq!(problem(&refusal), ("maximum", "/actions/0/payload/price"));
}
