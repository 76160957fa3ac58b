//! Totals, positions and exact numbers.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success items_and_costs_add_up,
        detail quantities_multiply,
        surprise sums_are_decimal,
        surprise prices_of_fifteen_digits_are_exact,
        surprise an_item_without_a_price_costs_nothing,
        surprise costs_of_an_item_are_multiplied_by_its_units,
        detail discounts_do_not_change_the_totals,
        detail lines_are_numbered_from_zero,
        detail a_position_that_is_sent_is_ignored,
        detail positions_follow_the_new_lines,
        refused(400) an_amount_above_the_maximum_is_refused,
        refused(400) more_than_ten_thousand_units_are_refused,
        refused(400) more_than_a_thousand_lines_are_refused,
    }
}

fn items<const N: usize>(items: [CartItem; N]) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().cart_items(items)
}

fn item(sku: &str, price: &str) -> CartItem {
    CartItem::new(sku, 1).price(amount(price))
}

async fn items_and_costs_add_up(worlds: Worlds) {
    let world = worlds.empty().await;
    let cart = items([item("A", "12"), item("B", "13")])
        .additional_costs([("ShippingCost", AdditionalCost::new(5))]);

    let reply = world.put("cart-1", cart).await;

    let session = reply.session();
    assert_eq!(session.cart_item_total, 25.into());
    assert_eq!(session.additional_cost_total, 5.into());
    assert_eq!(session.cart_item_additional_cost_total, Some(Amount::ZERO));
    assert_eq!(session.total, 30.into());
}

async fn quantities_multiply(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", items([CartItem::new("A", 3).price(amount("19.99"))])).await;

    assert_eq!(reply.session().total, amount("59.97"));
}

async fn sums_are_decimal(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", items([item("A", "0.1"), item("B", "0.2")])).await;

    assert_eq!(reply.session().total, amount("0.3"));
    let json = serde_json::to_value(reply.session()).expect("a session has a JSON form");
    assert_eq!(json["total"].to_string(), "0.3");
}

async fn prices_of_fifteen_digits_are_exact(worlds: Worlds) {
    let world = worlds.empty().await;
    let price = amount("12345678.1234567");

    let reply = world.put("cart-1", items([CartItem::new("A", 1).price(price)])).await;

    assert_eq!(reply.session().cart_items[0].price, Some(price));
    assert_eq!(reply.session().total, price);
}

async fn an_item_without_a_price_costs_nothing(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", items([CartItem::new("A", 2), item("B", "7")])).await;

    assert_eq!(reply.session().total, 7.into());
}

async fn costs_of_an_item_are_multiplied_by_its_units(worlds: Worlds) {
    let world = worlds.empty().await;
    let costs = [("engraving".to_owned(), AdditionalCost::new(4))].into();
    let engraved = CartItem { additional_costs: Some(costs), ..CartItem::new("A", 2).price(10) };

    let reply = world.put("cart-1", items([engraved])).await;

    assert_eq!(reply.session().cart_item_total, 20.into());
    assert_eq!(reply.session().cart_item_additional_cost_total, Some(8.into()));
    assert_eq!(reply.session().total, 28.into());
}

async fn discounts_do_not_change_the_totals(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put("cart-1", cart(100).coupon_codes(["SUMMER10"])).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
    assert_eq!(reply.session().total, 100.into());
}

async fn lines_are_numbered_from_zero(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", items(["A", "B", "C"].map(|sku| item(sku, "1")))).await;

    let positions = reply.session().cart_items.iter().map(|item| item.position);
    assert!(positions.eq([0, 1, 2].map(|position| Some(position.into()))));
}

async fn a_position_that_is_sent_is_ignored(worlds: Worlds) {
    let world = worlds.empty().await;
    let placed = |position: i64| CartItem { position: Some(position.into()), ..item("A", "1") };

    let reply = world.put("cart-1", items([placed(5), placed(5)])).await;

    let positions = reply.session().cart_items.iter().map(|item| item.position);
    assert!(positions.eq([0, 1].map(|position| Some(position.into()))));
}

async fn positions_follow_the_new_lines(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", items([item("A", "1"), item("B", "1")])).await;

    let reply = world.put("cart-1", items([item("B", "1")])).await;

    assert_eq!(reply.session().cart_items[0].position, Some(Amount::ZERO));
}

async fn an_amount_above_the_maximum_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.put_refused("cart-1", items([item("A", "1000000000000001")])).await;

    let problem = &refusal.problems()[0];
    assert_eq!(problem.title, "maximum");
    assert_eq!(problem.source.pointer.as_deref(), Some("/customerSession/cartItems/0/price"));
}

async fn more_than_ten_thousand_units_are_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.put_refused("cart-1", items([CartItem::new("A", 10_001)])).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/customerSession/cartItems"));
}

async fn more_than_a_thousand_lines_are_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    let lines = (0..1001).map(|_| item("A", "1"));

    let cart = NewCustomerSessionV2::default().cart_items(lines);
    let refusal = world.put_refused("cart-1", cart).await;

    let problem = &refusal.problems()[0];
    assert_eq!(problem.title, "maxItems");
    assert_eq!(problem.source.pointer.as_deref(), Some("/customerSession/cartItems"));
}
