//! The current session with its effects.

use talon_core::effect::ShowNotification;

use crate::prelude::*;

cases! {
    "getCustomerSession" {
        success a_session_is_read_with_its_effects,
        refused(404) an_unknown_session_cannot_be_read,
        refused(400) an_id_of_1001_characters_is_refused,
        surprise a_read_changes_and_evaluates_nothing,
        detail a_closed_session_has_the_effects_of_its_close,
        detail effects_of_returned_units_are_not_listed,
        surprise a_cancelled_session_keeps_effects_without_a_rollback,
        detail a_session_cancelled_while_open_has_no_effects,
        surprise a_reopened_session_keeps_effects_without_a_rollback,
        detail an_update_of_a_reopened_session_replaces_its_effects,
        detail an_event_does_not_change_the_effects_of_the_session,
    }
}

/// A discount, and a notification, which has no rollback.
fn discount_and_note() -> Seed {
    let note = ShowNotification {
        notification_type: "Info".into(),
        title: "Thanks".into(),
        body: "You saved 10 %.".into(),
    };
    seed::rule(seed::ten_percent().then(Reward::ShowNotification(note)))
}

async fn a_session_is_read_with_its_effects(worlds: Worlds) {
    let world = worlds.with(discount_and_note()).await;
    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    let current = world.read("cart-1").await;

    assert_eq!(current.customer_session, reply.customer_session);
    assert_eq!(current.effects, Some(reply.effects));
}

async fn an_id_of_1001_characters_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = GetCustomerSession::new("x".repeat(1001));
    let refusal = refusal(world.api.get_customer_session(request).await);

    assert_eq!(refusal.status(), 400);
}

async fn an_unknown_session_cannot_be_read(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = refusal(world.api.get_customer_session(GetCustomerSession::new("cart-1")).await);

    assert_eq!(refusal.status(), 404);
}

async fn a_read_changes_and_evaluates_nothing(worlds: Worlds) {
    let june = at("2026-06-01T00:00:00Z");
    let campaign = Campaign::new("Until June").ends(june).rule(seed::ten_percent());
    let world = worlds.with(seed::of(campaign)).await;
    world.clock().set(at("2026-05-01T00:00:00Z"));
    world.put("cart-1", cart(100).profile("anna")).await;
    let before = world.probe().session("cart-1");
    world.clock().set(june);

    let current = world.read("cart-1").await;

    assert_eq!(current.types(), ["setDiscount"]);
    assert_eq!(world.probe().session("cart-1"), before);
    assert_eq!(current.customer_session, before);
}

async fn a_closed_session_has_the_effects_of_its_close(worlds: Worlds) {
    let world = worlds.with(discount_and_note()).await;
    world.put("cart-1", cart(50).profile("anna")).await;

    let reply = world.put("cart-1", cart(100).state(SessionState::Closed)).await;

    assert_eq!(world.read("cart-1").await.effects, Some(reply.effects));
}

async fn effects_of_returned_units_are_not_listed(worlds: Worlds) {
    let world = worlds.with(seed::of(seed::five_off_each())).await;
    let closed = world.put("cart-1", seed::shoes_and_shirts()).await;

    world.give_back("cart-1", [ReturnedCartItem::at(1).quantity(1)]).await;

    let current = world.read("cart-1").await;
    let in_force = [closed.effects[0].clone(), closed.effects[2].clone()];
    assert_eq!(current.effects, Some(in_force.into()));
    let session = current.customer_session.expect("always there");
    assert_eq!(session.state, SessionState::PartiallyReturned);
}

async fn a_cancelled_session_keeps_effects_without_a_rollback(worlds: Worlds) {
    let world = worlds.with(discount_and_note()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    world.put("cart-1", cancelled()).await;

    assert_eq!(world.read("cart-1").await.types(), ["showNotification"]);
}

async fn a_session_cancelled_while_open_has_no_effects(worlds: Worlds) {
    let world = worlds.with(seed::of(Campaign::new("Ten off").rule(seed::ten_percent()))).await;
    world.put("cart-1", cart(100).profile("anna")).await;

    world.put("cart-1", cancelled()).await;

    assert_eq!(world.read("cart-1").await.effects, Some(Vec::new()));
}

async fn a_reopened_session_keeps_effects_without_a_rollback(worlds: Worlds) {
    let world = worlds.with(discount_and_note()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    world.reopen("cart-1").await;

    assert_eq!(world.read("cart-1").await.types(), ["showNotification"]);
}

async fn an_update_of_a_reopened_session_replaces_its_effects(worlds: Worlds) {
    let world = worlds.with(discount_and_note()).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    world.reopen("cart-1").await;

    let reply = world.put("cart-1", cart(50)).await;

    assert_eq!(reply.types(), ["setDiscount", "showNotification"]);
    assert_eq!(world.read("cart-1").await.effects, Some(reply.effects));
}

async fn an_event_does_not_change_the_effects_of_the_session(worlds: Worlds) {
    let world = worlds.with(discount_and_note().event_type("danced", &[])).await;
    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    world.track(NewEvent::new("danced", "cart-1").profile("anna")).await;

    assert_eq!(world.read("cart-1").await.effects, Some(reply.effects));
}
