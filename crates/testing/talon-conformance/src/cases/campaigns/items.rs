//! Conditions on the items of the cart.

use talon_fake::rules::AttributeTest;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail an_item_is_found_by_its_sku,
        detail an_item_is_found_by_its_category,
        surprise the_price_of_an_item_is_that_of_one_unit,
        surprise an_item_without_a_price_is_free,
        detail an_item_is_found_by_its_quantity,
        detail an_item_is_found_by_an_attribute,
        surprise one_item_must_match_every_member,
        detail an_empty_cart_has_no_item,
    }
}

fn holding(items: impl IntoIterator<Item = CartItem>) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().cart_items(items)
}

fn any(filter: ItemFilter) -> Seed {
    seed::when(Condition::AnyItem(filter))
}

fn shoe() -> CartItem {
    CartItem::new("SHOE", 1).category("shoes").price(50)
}

fn sock() -> CartItem {
    CartItem::new("SOCK", 4).category("socks").price(20)
}

async fn an_item_is_found_by_its_sku(worlds: Worlds) {
    let world = worlds.with(any(ItemFilter::sku("SHOE"))).await;

    assert!(world.fires("cart-1", holding([sock(), shoe()])).await);
    assert!(!world.fires("cart-1", holding([sock()])).await);
}

async fn an_item_is_found_by_its_category(worlds: Worlds) {
    let world = worlds.with(any(ItemFilter::category("shoes"))).await;

    assert!(world.fires("cart-1", holding([sock(), shoe()])).await);
    assert!(!world.fires("cart-1", holding([sock(), CartItem::new("SHOE", 1)])).await);
}

async fn the_price_of_an_item_is_that_of_one_unit(worlds: Worlds) {
    let dear = ItemFilter { price: Some(Range::at_least(50)), ..ItemFilter::default() };
    let world = worlds.with(any(dear)).await;

    assert!(world.fires("cart-1", holding([shoe()])).await);
    assert!(!world.fires("cart-1", holding([sock()])).await);
}

async fn an_item_without_a_price_is_free(worlds: Worlds) {
    let free = ItemFilter { price: Some(Range::exactly(0)), ..ItemFilter::default() };
    let world = worlds.with(any(free)).await;

    assert!(world.fires("cart-1", holding([shoe(), CartItem::new("GIFT", 1)])).await);
    assert!(!world.fires("cart-1", holding([shoe()])).await);
}

async fn an_item_is_found_by_its_quantity(worlds: Worlds) {
    let many = ItemFilter { quantity: Some(Range::above(3)), ..ItemFilter::default() };
    let world = worlds.with(any(many)).await;

    assert!(world.fires("cart-1", holding([sock()])).await);
    assert!(!world.fires("cart-1", holding([shoe(), shoe(), shoe(), shoe()])).await);
}

async fn an_item_is_found_by_an_attribute(worlds: Worlds) {
    let red = AttributeTest::is("Colour", "red");
    let red = ItemFilter { attribute: Some(red), ..ItemFilter::default() };
    let world = worlds.with(any(red)).await;
    let painted = |colour: &str| shoe().attributes(Attributes::new().with("Colour", colour));

    assert!(world.fires("cart-1", holding([painted("blue"), painted("red")])).await);
    assert!(!world.fires("cart-1", holding([painted("blue"), shoe()])).await);
}

async fn one_item_must_match_every_member(worlds: Worlds) {
    let cheap = ItemFilter { price: Some(Range::below(50)), ..ItemFilter::sku("SHOE") };
    let world = worlds.with(any(cheap)).await;

    assert!(!world.fires("cart-1", holding([shoe(), sock()])).await);
    assert!(world.fires("cart-1", holding([shoe().price(49)])).await);
}

async fn an_empty_cart_has_no_item(worlds: Worlds) {
    let world = worlds.with(any(ItemFilter::default())).await;

    assert!(!world.fires("cart-1", holding([])).await);
    assert!(world.fires("cart-1", holding([shoe()])).await);
}
