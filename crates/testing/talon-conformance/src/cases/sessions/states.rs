//! Transitions of the state of sessions.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_new_session_may_be_closed_at_once,
        detail an_open_session_stays_open,
        detail an_open_session_may_be_closed,
        detail an_open_session_may_be_cancelled,
        detail a_closed_session_may_be_cancelled,
        refused(400) a_new_session_cannot_be_cancelled,
        refused(400) a_closed_session_cannot_be_closed_again,
        refused(400) a_closed_session_cannot_be_opened,
        refused(400) a_closed_session_cannot_be_updated,
        refused(400) a_cancelled_session_cannot_be_opened,
        refused(400) a_cancelled_session_cannot_be_closed,
        refused(400) a_cancelled_session_cannot_be_cancelled_again,
        refused(400) a_cancelled_session_cannot_be_updated,
        refused(400) an_update_cannot_set_the_state_partially_returned,
        detail a_close_changes_the_totals_of_the_profile,
        detail a_cancellation_reverts_the_totals_of_the_profile,
        detail a_cancellation_of_an_open_session_reverts_nothing,
        surprise sales_are_totals_before_discounts,
        surprise other_members_of_a_cancellation_are_ignored,
        detail an_event_describes_the_transition,
    }
}

fn with(state: SessionState) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().state(state)
}

/// A world whose session `cart-1` had these states in order.
async fn after(worlds: Worlds, states: &[SessionState]) -> World {
    let world = worlds.empty().await;
    for state in states {
        world.put("cart-1", with(state.clone())).await;
    }
    world
}

async fn assert_refused(world: &World, session: NewCustomerSessionV2, details: &str) {
    let before = world.probe().session("cart-1");
    let message = match session.state {
        // BEHAVIOUR, correction (c).
        Some(SessionState::Closed) => "Only open sessions can be closed",
        _ => "The submitted data was invalid",
    };

    let refusal = world.put_refused("cart-1", session).await;

    let problem = Problem::at("/customerSession/state", "Invalid state transition", details);
    assert_eq!((refusal.status().as_u16(), refusal.message()), (400, message));
    assert_eq!(refusal.problems(), [problem]);
    assert_eq!(world.probe().session("cart-1"), before);
}

async fn a_new_session_may_be_closed_at_once(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    assert_eq!(reply.session().state, SessionState::Closed);
    assert!(reply.session().first_session);
    assert_eq!(reply.profile().closed_sessions, 1);
    assert_eq!(reply.profile().total_sales, 100.into());
}

async fn an_open_session_stays_open(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Open]).await;

    let reply = world.put("cart-1", with(SessionState::Open)).await;

    assert_eq!(reply.session().state, SessionState::Open);
}

async fn an_open_session_may_be_closed(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Open]).await;

    let reply = world.put("cart-1", with(SessionState::Closed)).await;

    assert_eq!(reply.session().state, SessionState::Closed);
}

async fn an_open_session_may_be_cancelled(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Open]).await;

    let reply = world.put("cart-1", with(SessionState::Cancelled)).await;

    assert_eq!(reply.session().state, SessionState::Cancelled);
}

async fn a_closed_session_may_be_cancelled(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Closed]).await;

    let reply = world.put("cart-1", with(SessionState::Cancelled)).await;

    assert_eq!(reply.session().state, SessionState::Cancelled);
}

async fn a_new_session_cannot_be_cancelled(worlds: Worlds) {
    let world = worlds.empty().await;

    let details = "a new session cannot be cancelled";
    assert_refused(&world, with(SessionState::Cancelled), details).await;
}

async fn a_closed_session_cannot_be_closed_again(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Closed]).await;

    let details = "a closed session cannot be updated, only cancelled";
    assert_refused(&world, with(SessionState::Closed), details).await;
}

async fn a_closed_session_cannot_be_opened(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Closed]).await;

    let details = "a closed session cannot be updated, only cancelled";
    assert_refused(&world, with(SessionState::Open), details).await;
}

async fn a_closed_session_cannot_be_updated(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Closed]).await;

    let details = "a closed session cannot be updated, only cancelled";
    assert_refused(&world, cart(100), details).await;
}

async fn a_cancelled_session_cannot_be_opened(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Open, SessionState::Cancelled]).await;

    let details = "a cancelled session cannot be updated";
    assert_refused(&world, with(SessionState::Open), details).await;
}

async fn a_cancelled_session_cannot_be_closed(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Open, SessionState::Cancelled]).await;

    let details = "a cancelled session cannot be updated";
    assert_refused(&world, with(SessionState::Closed), details).await;
}

async fn a_cancelled_session_cannot_be_cancelled_again(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Closed, SessionState::Cancelled]).await;

    let details = "a cancelled session cannot be updated";
    assert_refused(&world, with(SessionState::Cancelled), details).await;
}

async fn a_cancelled_session_cannot_be_updated(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Open, SessionState::Cancelled]).await;

    let details = "a cancelled session cannot be updated";
    assert_refused(&world, cart(100), details).await;
}

async fn an_update_cannot_set_the_state_partially_returned(worlds: Worlds) {
    let world = after(worlds, &[SessionState::Closed]).await;

    let refusal = world.put_refused("cart-1", with(SessionState::PartiallyReturned)).await;

    assert_eq!(refusal.problems()[0].title, "enum");
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/customerSession/state"));
}

async fn a_close_changes_the_totals_of_the_profile(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    world.put("cart-1", closed()).await;
    let reply = world.put("cart-2", cart(50).profile("anna").state(SessionState::Closed)).await;

    assert_eq!(reply.profile().closed_sessions, 2);
    assert_eq!(reply.profile().total_sales, 150.into());
}

async fn a_cancellation_reverts_the_totals_of_the_profile(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let reply = world.put("cart-1", with(SessionState::Cancelled)).await;

    assert_eq!(reply.profile().closed_sessions, 0);
    assert_eq!(reply.profile().total_sales, Amount::ZERO);
}

async fn a_cancellation_of_an_open_session_reverts_nothing(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", cart(100).profile("anna").coupon_codes(["SUMMER10"])).await;

    let reply = world.put("cart-1", with(SessionState::Cancelled)).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.profile().closed_sessions, 0);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
}

async fn sales_are_totals_before_discounts(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let paid = cart(100).profile("anna").coupon_codes(["SUMMER10"]).state(SessionState::Closed);
    let reply = world.put("cart-1", paid).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
    assert_eq!(reply.profile().total_sales, 100.into());
}

async fn other_members_of_a_cancellation_are_ignored(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cart(999).state(SessionState::Cancelled)).await;

    assert_eq!(reply.session().total, 100.into());
}

async fn an_event_describes_the_transition(worlds: Worlds) {
    let world = worlds.empty().await;

    let mut raised = Vec::new();
    for (id, session) in [
        ("cart-1", cart(100)),
        ("cart-1", cart(200)),
        ("cart-1", closed()),
        ("cart-1", with(SessionState::Cancelled)),
        ("cart-2", cart(100)),
        ("cart-2", with(SessionState::Cancelled)),
    ] {
        raised.push(world.put(id, session).await.event.expect("asked for").event_type);
    }

    let names = ["created", "updated", "closed", "revoked", "created", "cancelled"];
    assert_eq!(raised, names.map(|name| format!("talon_session_{name}")));
}
