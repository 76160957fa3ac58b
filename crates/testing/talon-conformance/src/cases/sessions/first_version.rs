//! Sessions by the first version of the API.

use crate::prelude::*;

cases! {
    "updateCustomerSession" {
        success session_profile_and_event_are_complete,
        surprise the_reply_of_an_anonymous_session_is_complete,
        success a_discount_is_in_the_map_and_in_the_event,
        detail absent_members_are_kept,
        surprise an_empty_coupon_removes_it,
        detail an_empty_referral_removes_it,
        detail a_referral_is_accepted,
        surprise the_total_of_the_request_is_used,
        detail without_a_total_the_items_are_summed,
        detail the_close_counts_the_total_of_the_request,
        surprise a_session_may_be_continued_by_the_second_version,
        surprise new_items_remove_the_total_of_the_request,
        detail a_total_is_kept_with_its_items,
        surprise an_empty_profile_keeps_the_customer,
        detail a_code_of_the_second_version_is_the_coupon,
        refused(400) an_unknown_state_is_refused,
        refused(400) a_new_session_cannot_be_cancelled,
        refused(400) a_closed_session_cannot_be_updated,
        refused(400) a_closed_session_cannot_be_closed_again,
        refused(400) a_cancelled_session_cannot_be_updated,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) the_customer_of_a_session_cannot_change,
    }
}

fn session() -> NewCustomerSession {
    NewCustomerSession::default()
}

fn bought(price: i64) -> NewCustomerSession {
    session().cart_items([CartItem::new("SKU-1", 1).name("Shoe").price(price)])
}

async fn assert_state_refused(world: &World, session: NewCustomerSession, details: &str) {
    let refusal = world.put_v1_refused("cart-1", session).await;

    let problem = Problem::at("/state", "Invalid state transition", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn session_profile_and_event_are_complete(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put_v1("cart-1", bought(100).profile("anna")).await;

    assert_eq!(reply.session.integration_id, "cart-1");
    assert_eq!(reply.session.state, SessionState::Open);
    assert_eq!(reply.session.profile_id, "anna");
    assert_eq!(reply.session.total, 100.into());
    assert!(reply.session.first_session);
    assert_eq!(Some(reply.profile), world.probe().profile("anna"));
    assert_eq!(reply.event.event_type, "talon_session_created");
    assert_eq!(reply.event.session_id, Some("cart-1".into()));
    assert_eq!(reply.event.profile_id, Some("anna".into()));
    assert!(reply.event.effects.is_empty() && reply.event.ledger_entries.is_empty());
}

async fn the_reply_of_an_anonymous_session_is_complete(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put_v1("cart-1", session()).await;

    assert_eq!(reply.profile.integration_id, "");
    assert_eq!((reply.session.coupon.as_str(), reply.session.referral.as_str()), ("", ""));
    assert!(reply.session.cart_items.is_empty() && reply.session.discounts.is_empty());
    assert!(reply.session.first_session);
    assert_eq!(reply.loyalty, None);
}

async fn a_discount_is_in_the_map_and_in_the_event(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put_v1("cart-1", bought(100).coupon("SUMMER10")).await;

    assert_eq!(reply.session.discounts, [("10 % off".to_owned(), 10.into())].into());
    assert_eq!(reply.event.types(), ["acceptCoupon", "setDiscount"]);
    let effect = reply.event.effects[1].typed().expect("a nested array");
    assert_eq!((effect.campaign_id, effect.rule_index), (seed::campaign_id(), 0));
    assert_eq!(reply.session.coupon, "SUMMER10");
}

async fn absent_members_are_kept(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    let sent = bought(100)
        .profile("anna")
        .coupon("SUMMER10")
        .total(90)
        .attributes(Attributes::new().with("City", "Berlin"));
    let before = world.put_v1("cart-1", sent).await;

    let after = world.put_v1("cart-1", session()).await;

    assert_eq!(after.session, before.session);
}

async fn an_empty_coupon_removes_it(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put_v1("cart-1", bought(100).coupon("SUMMER10")).await;

    let reply = world.put_v1("cart-1", session().coupon("")).await;

    assert_eq!(reply.session.coupon, "");
    assert!(reply.event.effects.is_empty());
}

async fn an_empty_referral_removes_it(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;
    world.put_v1("cart-1", session().profile("bert").referral("FRIEND-1")).await;

    let reply = world.put_v1("cart-1", session().referral("")).await;

    assert_eq!(reply.session.referral, "");
    assert!(reply.event.effects.is_empty());
}

async fn a_referral_is_accepted(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;

    let reply = world.put_v1("cart-1", session().profile("bert").referral("FRIEND-1")).await;

    assert_eq!(reply.event.types(), ["acceptReferral", "setDiscount"]);
    assert_eq!(reply.session.referral, "FRIEND-1");
}

async fn the_total_of_the_request_is_used(worlds: Worlds) {
    let world = worlds.empty().await;
    let item = CartItem::new("SKU-1", 55).price(amount("26.8"));

    let sent = session().cart_items([item]).total(amount("38.46"));
    let reply = world.put_v1("cart-1", sent).await;

    assert_eq!(reply.session.total, amount("38.46"));
}

async fn without_a_total_the_items_are_summed(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put_v1("cart-1", bought(42)).await;

    assert_eq!(reply.session.total, 42.into());
}

async fn the_close_counts_the_total_of_the_request(worlds: Worlds) {
    let world = worlds.empty().await;

    let sent = bought(100).profile("anna").total(90).state(SessionState::Closed);
    let reply = world.put_v1("cart-1", sent).await;

    assert_eq!(reply.session.state, SessionState::Closed);
    assert_eq!(reply.event.event_type, "talon_session_closed");
    assert_eq!(reply.profile.closed_sessions, 1);
    assert_eq!(reply.profile.total_sales, 90.into());
}

async fn a_session_may_be_continued_by_the_second_version(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put_v1("cart-1", bought(100).profile("anna").coupon("SUMMER10")).await;

    let edited = world.put("cart-1", cart(200)).await;
    world.put("cart-1", closed()).await;
    let cancelled = session().state(SessionState::Cancelled);
    let cancelled = world.put_v1("cart-1", cancelled).await;

    assert_eq!(edited.discounts(), [("10 % off", 20.into())]);
    assert_eq!(cancelled.event.types(), ["rollbackCoupon", "rollbackDiscount"]);
    assert_eq!(cancelled.event.event_type, "talon_session_revoked");
}

async fn new_items_remove_the_total_of_the_request(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_v1("cart-1", bought(100).profile("anna").total(90)).await;

    world.put("cart-1", cart(50)).await;
    let reply = world.put_v1("cart-1", session().state(SessionState::Closed)).await;

    assert_eq!(reply.session.total, 50.into());
    assert_eq!(reply.profile.total_sales, 50.into());
}

async fn a_total_is_kept_with_its_items(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_v1("cart-1", bought(100).profile("anna").total(90)).await;

    world.put("cart-1", NewCustomerSessionV2::default().coupon_codes(["SUMMER10"])).await;
    let reply = world.put_v1("cart-1", session().state(SessionState::Closed)).await;

    assert_eq!(reply.session.total, 90.into());
    assert_eq!(reply.profile.total_sales, 90.into());
}

async fn an_empty_profile_keeps_the_customer(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_v1("cart-1", bought(100).profile("anna")).await;

    let reply = world.put_v1("cart-1", bought(100).profile("")).await;

    assert_eq!(reply.session.profile_id, "anna");
    assert_eq!(reply.profile.integration_id, "anna");
}

async fn a_code_of_the_second_version_is_the_coupon(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).coupon_codes(["FIRST", "SECOND"])).await;

    let reply = world.put_v1("cart-1", session()).await;

    assert_eq!(reply.session.coupon, "FIRST");
}

async fn an_unknown_state_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.put_v1_refused("cart-1", session().state("paid")).await;

    let details = r#"state must be one of the following: "open", "closed", "cancelled""#;
    assert_eq!(refusal, ApiError::invalid(Problem::at("/state", "enum", details)));
}

async fn a_new_session_cannot_be_cancelled(worlds: Worlds) {
    let world = worlds.empty().await;

    let cancelled = session().state(SessionState::Cancelled);
    assert_state_refused(&world, cancelled, "a new session cannot be cancelled").await;
}

async fn a_closed_session_cannot_be_updated(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_v1("cart-1", session().state(SessionState::Closed)).await;

    let details = "a closed session cannot be updated, only cancelled";
    assert_state_refused(&world, bought(100), details).await;
}

/// BEHAVIOUR, correction (c): shops search for this sentence.
async fn a_closed_session_cannot_be_closed_again(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_v1("cart-1", session().state(SessionState::Closed)).await;

    let refusal = world.put_v1_refused("cart-1", session().state(SessionState::Closed)).await;

    assert_eq!(refusal.message(), "Only open sessions can be closed");
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/state"));
}

async fn a_cancelled_session_cannot_be_updated(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_v1("cart-1", session()).await;
    world.put_v1("cart-1", session().state(SessionState::Cancelled)).await;

    assert_state_refused(&world, bought(100), "a cancelled session cannot be updated").await;
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let world = worlds.with(Seed::new().session_attributes(&[])).await;

    let shoe = Attributes::new().with("Shoe", 42);
    let refusal = world.put_v1_refused("cart-1", session().attributes(shoe)).await;

    let details = r#"The attribute "Shoe" is not defined on CustomerSession entities."#;
    let problem = Problem::at("/attributes/Shoe", "Unknown", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn the_customer_of_a_session_cannot_change(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_v1("cart-1", session().profile("anna")).await;

    let refusal = world.put_v1_refused("cart-1", session().profile("bert")).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/profileId"));
}
