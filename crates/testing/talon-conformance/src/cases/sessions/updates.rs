//! Updates: members that they keep, replace and remove.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success absent_members_are_kept,
        surprise an_empty_list_of_coupons_removes_the_codes,
        detail coupon_codes_are_replaced,
        surprise a_code_sent_twice_counts_once,
        surprise an_empty_code_is_ignored,
        detail an_empty_referral_code_removes_it,
        detail cart_items_are_replaced,
        detail an_empty_list_of_items_removes_all_items,
        detail attributes_are_merged_by_name,
        surprise null_removes_an_attribute,
        detail null_for_an_unknown_attribute_changes_nothing,
        detail attributes_of_an_item_are_replaced,
        detail additional_costs_are_replaced,
        detail identifiers_are_replaced,
        detail the_order_of_the_items_is_kept,
        surprise members_that_the_service_computes_are_ignored,
        surprise a_removed_discount_has_no_rollback_in_an_open_session,
        surprise an_empty_profile_keeps_the_customer,
    }
}

fn change() -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default()
}

async fn absent_members_are_kept(worlds: Worlds) {
    let world = worlds.empty().await;
    let sent = cart(100)
        .profile("anna")
        .coupon_codes(["SUMMER10"])
        .referral_code("FRIEND-1")
        .additional_costs([("shipping", AdditionalCost::new(5))])
        .attributes(Attributes::new().with("City", "Berlin"));
    let before = world.put("cart-1", sent).await;

    let after = world.put("cart-1", change()).await;

    let counted = CustomerSessionV2 { update_count: Some(2), ..before.session().clone() };
    assert_eq!(after.session(), &counted);
}

async fn an_empty_list_of_coupons_removes_the_codes(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", cart(100).coupon_codes(["SUMMER10"])).await;

    let reply = world.put("cart-1", change().coupon_codes([""; 0])).await;

    assert_eq!(reply.session().coupon_codes, Some(vec![]));
    assert!(reply.effects.is_empty());
}

async fn coupon_codes_are_replaced(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", change().coupon_codes(["FIRST", "SECOND"])).await;

    let reply = world.put("cart-1", change().coupon_codes(["THIRD"])).await;

    assert_eq!(reply.session().coupon_codes, Some(vec!["THIRD".into()]));
}

async fn a_code_sent_twice_counts_once(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put("cart-1", cart(100).coupon_codes(["SUMMER10", "SUMMER10"])).await;

    assert_eq!(reply.accepted(), ["SUMMER10"]);
    assert_eq!(reply.discounts().len(), 1);
}

async fn an_empty_code_is_ignored(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put("cart-1", cart(100).coupon_codes(["", "SUMMER10"])).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount"]);
}

async fn an_empty_referral_code_removes_it(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;
    world.put("cart-1", cart(100).profile("bert").referral_code("FRIEND-1")).await;

    let reply = world.put("cart-1", change().referral_code("")).await;

    assert_eq!(reply.session().referral_code, Some("".into()));
    assert!(reply.effects.is_empty());
}

async fn cart_items_are_replaced(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;

    let reply = world.put("cart-1", change().cart_items([CartItem::new("SKU-2", 3)])).await;

    assert_eq!(reply.session().cart_items.len(), 1);
    assert_eq!(reply.session().cart_items[0].sku, "SKU-2");
}

async fn an_empty_list_of_items_removes_all_items(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;

    let reply = world.put("cart-1", change().cart_items([])).await;

    assert!(reply.session().cart_items.is_empty());
    assert_eq!(reply.session().total, Amount::ZERO);
}

async fn attributes_are_merged_by_name(worlds: Worlds) {
    let world = worlds.empty().await;
    let first = Attributes::new().with("City", "Berlin").with("Age", 30);
    world.put("cart-1", change().attributes(first)).await;

    let second = Attributes::new().with("Age", 31).with("Vip", true);
    let reply = world.put("cart-1", change().attributes(second)).await;

    let merged = Attributes::new().with("City", "Berlin").with("Age", 31).with("Vip", true);
    assert_eq!(reply.session().attributes, merged);
}

async fn null_removes_an_attribute(worlds: Worlds) {
    let world = worlds.empty().await;
    let first = Attributes::new().with("City", "Berlin").with("Age", 30);
    world.put("cart-1", change().attributes(first)).await;

    let removal = Attributes::new().with("City", serde_json::Value::Null);
    let reply = world.put("cart-1", change().attributes(removal)).await;

    assert_eq!(reply.session().attributes, Attributes::new().with("Age", 30));
}

async fn null_for_an_unknown_attribute_changes_nothing(worlds: Worlds) {
    let world = worlds.empty().await;

    let removal = Attributes::new().with("City", serde_json::Value::Null);
    let reply = world.put("cart-1", change().attributes(removal)).await;

    assert!(reply.session().attributes.is_empty());
}

async fn attributes_of_an_item_are_replaced(worlds: Worlds) {
    let world = worlds.empty().await;
    let item = |attributes| change().cart_items([CartItem::new("SKU-1", 1).attributes(attributes)]);
    world.put("cart-1", item(Attributes::new().with("Size", 42).with("Colour", "red"))).await;

    let reply = world.put("cart-1", item(Attributes::new().with("Size", 43))).await;

    let attributes = reply.session().cart_items[0].attributes.clone();
    assert_eq!(attributes, Some(Attributes::new().with("Size", 43)));
}

async fn additional_costs_are_replaced(worlds: Worlds) {
    let world = worlds.empty().await;
    let costs = [("shipping", AdditionalCost::new(5)), ("gift", AdditionalCost::new(2))];
    world.put("cart-1", cart(100).additional_costs(costs)).await;

    let costs = [("shipping", AdditionalCost::new(3))];
    let reply = world.put("cart-1", change().additional_costs(costs)).await;

    assert_eq!(reply.session().additional_cost_total, 3.into());
    assert_eq!(reply.session().total, 103.into());
}

async fn identifiers_are_replaced(worlds: Worlds) {
    let world = worlds.empty().await;
    let identified =
        |id: &str| NewCustomerSessionV2 { identifiers: Some(vec![id.to_owned()]), ..change() };
    world.put("cart-1", identified("device-1")).await;

    let reply = world.put("cart-1", identified("device-2")).await;

    assert_eq!(reply.session().identifiers, Some(vec!["device-2".to_owned()]));
}

async fn the_order_of_the_items_is_kept(worlds: Worlds) {
    let world = worlds.empty().await;
    let items = ["C", "A", "B"].map(|sku| CartItem::new(sku, 1));

    let reply = world.put("cart-1", change().cart_items(items)).await;

    let skus = reply.session().cart_items.iter().map(|item| item.sku.as_str());
    assert!(skus.eq(["C", "A", "B"]));
}

async fn members_that_the_service_computes_are_ignored(worlds: Worlds) {
    let world = worlds.empty().await;
    let computed = CartItem {
        position: Some(7.into()),
        returned_quantity: Some(1),
        remaining_quantity: Some(1),
        ..CartItem::new("SKU-1", 2)
    };

    let reply = world.put("cart-1", change().cart_items([computed])).await;

    let item = &reply.session().cart_items[0];
    assert_eq!(item.position, Some(Amount::ZERO));
    assert_eq!((item.returned_quantity, item.remaining_quantity), (None, None));
}

async fn a_removed_discount_has_no_rollback_in_an_open_session(worlds: Worlds) {
    let ten_from_100 = seed::ten_percent().when(Condition::cart_total(Range::at_least(100)));
    let world = worlds.with(seed::rule(ten_from_100)).await;
    let before = world.put("cart-1", cart(100)).await;

    let after = world.put("cart-1", cart(99)).await;

    assert_eq!(before.types(), ["setDiscount"]);
    assert!(after.effects.is_empty());
}

async fn an_empty_profile_keeps_the_customer(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let reply = world.put("cart-1", change().profile("").state(SessionState::Closed)).await;

    assert_eq!(reply.session().profile_id, "anna");
    assert_eq!(reply.profile().closed_sessions, 1);
}
