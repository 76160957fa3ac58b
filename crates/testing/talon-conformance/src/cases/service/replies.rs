//! Replies match the specifications of 2020 and of today: BEHAVIOUR, correction (h).

use serde::Serialize;

use crate::prelude::*;
use crate::specification::assert_conforms;

cases! {
    "createCouponReservation" { success the_coupon_is_complete, }
    "createReferral" { success the_referral_is_complete, }
    "getCustomerInventory" { success the_inventory_is_complete, }
    "getReservedCustomers" { success the_reserved_customers_are_complete, }
    "trackEvent" { success the_event_is_complete, }
    "updateCustomerProfile" { success the_profile_is_complete, }
    "updateCustomerProfileV2" {
        success the_profile_of_the_second_version_is_complete,
        surprise the_profile_is_returned_by_default,
    }
    "updateCustomerSession" {
        success the_session_is_complete,
        detail an_anonymous_session_is_complete,
    }
    "updateCustomerSessionV2" {
        success the_session_of_the_second_version_is_complete,
        detail a_closed_session_is_complete,
        detail a_cancelled_session_is_complete,
        detail a_rejection_is_complete,
        detail an_item_with_a_sku_alone_is_complete,
    }
}

fn json(reply: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(reply).expect("a reply has a JSON form")
}

/// A world in which replies have as many members as possible.
fn rich() -> Seed {
    let per_item =
        Reward::set_discount_per_item("item", Discount::percent(1), ItemFilter::default());
    let everything = Rule::new("Everything")
        .then(per_item)
        .then(Reward::add_loyalty_points(7, 50))
        .then(Reward::deduct_loyalty_points(7, 1))
        .then(Reward::add_free_item("GIFT", "A gift"))
        .then(Reward::CreateCoupon)
        .then(Reward::CreateReferral);
    let campaign = Campaign::new("Everything")
        .referrals("REF-####")
        .limit(seed::limit(LimitAction::RedeemCoupon, 100, &[]))
        .rule(everything);
    let friends = seed::friends_campaign().id(8).referral(seed::Referral::new("FRIEND-1", "anna"));
    let program = LoyaltyProgram::new(7);
    seed::summer().campaign(friends).campaign(campaign).loyalty_program(program)
}

fn of_bert() -> NewCustomerSessionV2 {
    cart(100)
        .profile("bert")
        .coupon_codes(["SUMMER10"])
        .referral_code("FRIEND-1")
        .additional_costs([("shipping", AdditionalCost::new(5))])
}

async fn the_coupon_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;

    let coupon = world.reserve("SUMMER10", &["anna"]).await;

    assert_conforms("createCouponReservation", &json(&coupon));
}

async fn the_referral_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;

    let request = CreateReferral::new(NewReferral::new(8, "anna"));
    let referral = world.api.create_referral(request).await.expect("created");

    assert_conforms("createReferral", &json(&referral));
}

async fn the_inventory_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;
    world.reserve("SUMMER10", &["anna"]).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let request = GetCustomerInventory::new("anna").profile(true).referrals(true);
    let reply = world.api.get_customer_inventory(request.coupons(true).loyalty(true)).await;

    assert_conforms("getCustomerInventory", &json(&reply.expect("Anna is known")));
}

async fn the_reserved_customers_are_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;
    world.reserve("SUMMER10", &["anna"]).await;

    let request = GetReservedCustomers::new("SUMMER10");
    let reply = world.api.get_reserved_customers(request).await.expect("the coupon is there");

    assert_conforms("getReservedCustomers", &json(&reply));
}

async fn the_event_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;

    let reply = world.track(NewEvent::new("danced", "cart-1").profile("bert")).await;

    assert_conforms("trackEvent", &json(&reply));
}

async fn the_profile_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;

    let reply = world.put_profile_v1("anna", Attributes::new()).await;

    assert_conforms("updateCustomerProfile", &json(&reply));
}

async fn the_profile_of_the_second_version_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let reply = world.api.update_customer_profile_v2(request.run_rule_engine(true)).await;

    assert_conforms("updateCustomerProfileV2", &json(&reply.expect("accepted")));
}

async fn the_profile_is_returned_by_default(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let reply = world.api.update_customer_profile_v2(request).await.expect("accepted");

    assert_conforms("updateCustomerProfileV2", &json(&reply));
}

async fn the_session_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;
    let item = CartItem::new("SKU-1", 1).name("Shoe").price(100);
    let session = NewCustomerSession::default().cart_items([item]).profile("bert");

    let session = session.coupon("SUMMER10").referral("FRIEND-1").state(SessionState::Closed);
    let reply = world.put_v1("cart-1", session).await;

    assert_conforms("updateCustomerSession", &json(&reply));
}

async fn an_anonymous_session_is_complete(worlds: Worlds) {
    let world = worlds.empty().await;

    let session = NewCustomerSession::default().coupon("NOBODY").referral("NOBODY");
    let reply = world.put_v1("cart-1", session).await;

    assert_conforms("updateCustomerSession", &json(&reply));
}

async fn the_session_of_the_second_version_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;

    let reply = world.put("cart-1", of_bert()).await;

    assert_conforms("updateCustomerSessionV2", &json(&reply));
}

async fn a_closed_session_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;
    world.put("cart-1", cart(100).profile("bert").state(SessionState::Closed)).await;

    let reply = world.put("cart-2", of_bert().state(SessionState::Closed)).await;

    assert!(!reply.created_coupons.is_empty() && !reply.created_referrals.is_empty());
    assert!(reply.types().contains(&"deductLoyaltyPoints"));
    assert_conforms("updateCustomerSessionV2", &json(&reply));
}

async fn a_cancelled_session_is_complete(worlds: Worlds) {
    let world = worlds.with(rich()).await;
    world.put("cart-1", cart(100).profile("bert").state(SessionState::Closed)).await;
    world.put("cart-2", of_bert().state(SessionState::Closed)).await;

    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let reply = world.put("cart-2", cancelled).await;

    assert!(reply.types().contains(&"rollbackDeductedLoyaltyPoints"));
    assert_conforms("updateCustomerSessionV2", &json(&reply));
}

async fn a_rejection_is_complete(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", cart(1).coupon_codes(["NOBODY"]).referral_code("NOBODY")).await;

    assert_eq!(reply.types(), ["rejectCoupon", "rejectReferral"]);
    assert_conforms("updateCustomerSessionV2", &json(&reply));
}

/// BEHAVIOUR, correction (h), and 3.1: 2020 requires an item's price, and its name.
async fn an_item_with_a_sku_alone_is_complete(worlds: Worlds) {
    let world = worlds.empty().await;

    let session = NewCustomerSessionV2::default().cart_items([CartItem::new("SKU-1", 2)]);
    let reply = world.put("cart-1", session).await;

    assert_eq!(reply.session().cart_items[0].price, Some(Amount::ZERO));
    assert_conforms("updateCustomerSessionV2", &json(&reply));
}
