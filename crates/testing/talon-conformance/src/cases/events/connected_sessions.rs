//! Events of the third version that are connected with a session. BEHAVIOUR-today 4.2.

use talon_fake::rules::AttributeTest;

use crate::prelude::*;

cases! {
    "trackEventV3" {
        success rules_read_the_cart_of_a_connected_session,
        success rules_read_the_attributes_of_a_connected_session,
        surprise a_connected_session_is_not_changed,
        surprise a_coupon_of_a_connected_session_is_not_redeemed_again,
        surprise a_session_of_another_profile_may_be_connected,
        detail several_events_may_be_connected_with_a_session,
        surprise rules_read_no_cart_without_a_connected_session,
        refused(400) an_open_session_is_refused,
        refused(400) an_unknown_session_is_refused,
        refused(400) a_cancelled_session_is_refused,
        refused(400) a_partially_returned_session_is_refused,
        refused(400) a_reopened_session_is_refused,
        detail a_refusal_because_of_the_session_does_not_use_the_id,
    }
}

fn delivered() -> NewEventV3 {
    NewEventV3::new("e-1", "delivered", "anna").connected_session("cart-1")
}

async fn track(world: &World, event: NewEventV3) -> IntegrationStateV2 {
    world.track_v3(TrackEventV3::new(event)).await
}

/// A campaign for advanced events that creates a coupon when this holds.
fn when(condition: Condition) -> Seed {
    let rule = Rule::new("Rule").when(condition).then(Reward::CreateCoupon);
    let rule = rule.when(Condition::event("delivered"));
    seed::of(Campaign::new("Club").id(seed::CAMPAIGN).advanced_events().rule(rule))
}

fn paid() -> NewCustomerSessionV2 {
    cart(100).profile("anna").state(SessionState::Closed)
}

/// The pointer of the problem of a refused event.
async fn refused(world: &World) -> Problem {
    let refusal = world.track_v3_refused(delivered()).await;
    assert_eq!(refusal.status(), 400);
    refusal.problems()[0].clone()
}

fn not_closed() -> Problem {
    Problem::at("/connectedSessionId", "Invalid", "the session is not closed")
}

async fn rules_read_the_cart_of_a_connected_session(worlds: Worlds) {
    let from_100 = Condition::cart_total(Range::at_least(100));
    let shoes = Condition::AnyItem(ItemFilter::sku("SKU-1"));
    let world = worlds.with(when(from_100.and(shoes))).await;
    world.put("cart-1", paid()).await;

    let reply = track(&world, delivered()).await;

    assert_eq!(reply.types(), ["couponCreated"]);
}

async fn rules_read_the_attributes_of_a_connected_session(worlds: Worlds) {
    let by_bike = Condition::SessionAttribute(AttributeTest::is("Courier", "bike"));
    let world = worlds.with(when(by_bike)).await;
    world.put("cart-1", paid().attributes(Attributes::new().with("Courier", "bike"))).await;
    world.put("cart-2", paid().attributes(Attributes::new().with("Courier", "van"))).await;

    let by_bike = track(&world, delivered()).await;
    let by_van = NewEventV3::new("e-2", "delivered", "anna").connected_session("cart-2");
    let by_van = track(&world, by_van).await;

    assert_eq!(by_bike.types(), ["couponCreated"]);
    assert_eq!(by_van.types(), [""; 0]);
}

async fn a_connected_session_is_not_changed(worlds: Worlds) {
    let world = worlds.with(when(Condition::cart_total(Range::at_least(100)))).await;
    world.put("cart-1", paid()).await;
    let before = world.probe().session("cart-1").expect("closed");
    let profile = world.probe().profile("anna").expect("created");
    world.clock().advance(std::time::Duration::from_secs(60));

    track(&world, delivered()).await;

    let after = world.probe().profile("anna").expect("created");
    assert_eq!(world.probe().session("cart-1"), Some(before));
    assert_eq!(after.closed_sessions, profile.closed_sessions);
    assert_eq!(after.total_sales, profile.total_sales);
}

async fn a_coupon_of_a_connected_session_is_not_redeemed_again(worlds: Worlds) {
    let campaign = seed::summer_campaign().advanced_events().coupon("SUMMER10");
    let world = worlds.with(seed::of(campaign)).await;
    world.put("cart-1", paid().coupon_codes(["SUMMER10"])).await;

    let reply = track(&world, delivered()).await;

    assert_eq!(reply.types(), [""; 0]);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 1);
}

async fn a_session_of_another_profile_may_be_connected(worlds: Worlds) {
    let world = worlds.with(when(Condition::cart_total(Range::at_least(100)))).await;
    world.put("cart-1", paid().profile("bert")).await;

    let reply = track(&world, delivered()).await;

    assert_eq!(reply.types(), ["couponCreated"]);
    assert_eq!(reply.created_coupons[0].recipient_integration_id, Some("anna".into()));
}

async fn several_events_may_be_connected_with_a_session(worlds: Worlds) {
    let world = worlds.with(when(Condition::cart_total(Range::at_least(100)))).await;
    world.put("cart-1", paid()).await;

    track(&world, delivered()).await;
    let second = NewEventV3::new("e-2", "delivered", "anna").connected_session("cart-1");
    let second = track(&world, second).await;

    assert_eq!(second.types(), ["couponCreated"]);
}

async fn rules_read_no_cart_without_a_connected_session(worlds: Worlds) {
    let world = worlds.with(when(Condition::cart_total(Range::at_least(100)))).await;
    world.put("cart-1", paid()).await;

    let reply = track(&world, NewEventV3::new("e-1", "delivered", "anna")).await;

    assert_eq!(reply.types(), [""; 0]);
}

async fn an_open_session_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    assert_eq!(refused(&world).await, not_closed());
}

async fn an_unknown_session_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let problem = refused(&world).await;

    let details = "there is no such session";
    assert_eq!(problem, Problem::at("/connectedSessionId", "Invalid", details));
    assert_eq!(world.probe().session("cart-1"), None);
}

async fn a_cancelled_session_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", paid()).await;
    world.put("cart-1", cancelled()).await;

    assert_eq!(refused(&world).await, not_closed());
}

async fn a_partially_returned_session_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    let items = [CartItem::new("SKU-1", 2).name("Shoe").price(50)];
    world.put("cart-1", paid().cart_items(items)).await;
    let unit = ReturnedCartItem::at(0).quantity(1);
    let request = ReturnCartItems::new("cart-1", [unit]);
    world.api.return_cart_items(request).await.expect("a unit can be returned");

    assert_eq!(refused(&world).await, not_closed());
}

async fn a_reopened_session_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", paid()).await;
    let reopened = world.api.reopen_customer_session(ReopenCustomerSession::new("cart-1")).await;
    reopened.expect("a closed session can be reopened");

    assert_eq!(refused(&world).await, not_closed());
}

async fn a_refusal_because_of_the_session_does_not_use_the_id(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;
    refused(&world).await;
    world.put("cart-1", closed()).await;

    let reply = track(&world, delivered()).await;

    assert_eq!(reply.types(), [""; 0]);
}
