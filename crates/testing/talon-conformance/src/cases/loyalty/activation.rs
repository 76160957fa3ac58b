//! Points that wait for an action. BEHAVIOUR-today 7.3, 7.7.

use std::time::Duration;

use talon_fake::rules::{Pending, Points, Validity};
use talon_fake::world::{EntrySource, JoinPolicy, LedgerEntry};

use super::{PROGRAM, active};
use crate::prelude::*;

cases! {
    "activateLoyaltyPoints" {
        success points_of_a_session_become_active,
        success points_of_transactions_become_active,
        surprise the_validity_is_counted_from_the_activation,
        detail an_entry_names_the_event_that_earned_the_points,
        detail a_manual_entry_names_its_user,
        surprise points_that_are_active_already_are_ignored,
        surprise points_that_start_later_are_not_touched,
        detail a_session_without_such_points_activates_none,
        surprise the_first_active_points_make_the_customer_join,
        refused(400) a_session_and_transactions_are_refused,
        refused(400) neither_session_nor_transactions_are_refused,
        refused(400) more_than_fifty_transactions_are_refused,
        refused(400) a_transaction_that_is_named_twice_is_refused,
        refused(400) a_malformed_id_is_refused,
        refused(404) an_unknown_session_is_refused,
        refused(404) an_unknown_transaction_activates_nothing,
        refused(404) points_of_another_program_are_unknown,
    }
    "updateCustomerSessionV2" { success the_effect_says_that_points_wait, }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const UUID: &str = "11111111-2222-4333-8444-555555555555";

/// The item `WAIT` gives 50 points that wait, for 30 days; `LATER` gives 5 on the next day.
fn waiting() -> Seed {
    waiting_in(seed::program(PROGRAM))
}

fn waiting_in(program: LoyaltyProgram) -> Seed {
    let points = |pending, points: i64| {
        Reward::AddLoyaltyPoints(Points {
            pending: Some(pending),
            validity: Some(Validity::days(30)),
            ..seed::points(PROGRAM, points)
        })
    };
    let rewards = [("WAIT", points(Pending::OnAction, 50)), ("LATER", points(Pending::days(1), 5))];
    seed::rewards_by_sku(program, &rewards)
}

fn of_session(session: &str) -> LoyaltyPointsActivation {
    LoyaltyPointsActivation::of_session(session)
}

fn of(uuids: &[&str]) -> LoyaltyPointsActivation {
    LoyaltyPointsActivation::of_transactions(uuids.iter().copied())
}

/// Buys an item, and returns the id of the transaction.
async fn earned(world: &World, session: &str, sku: &str) -> String {
    let reply = world.put(session, seed::bought(sku)).await;
    let [EffectKind::AddLoyaltyPoints(points)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    points.transaction_uuid.clone().expect("it is booked")
}

async fn refused_at(worlds: Worlds, activation: LoyaltyPointsActivation) -> String {
    let world = worlds.with(waiting()).await;
    let refusal = world.activate_refused(PROGRAM, activation).await;
    assert_eq!(refusal.status(), 400);
    refusal.problems()[0].source.pointer.clone().expect("a place in the body")
}

async fn points_of_a_session_become_active(worlds: Worlds) {
    let world = worlds.with(waiting()).await;
    earned(&world, "cart-1", "WAIT").await;
    earned(&world, "cart-2", "WAIT").await;
    let before = world.balance(PROGRAM, "anna").await;
    world.clock().advance(DAY);

    let entries = world.activate(PROGRAM, of_session("cart-1")).await;

    assert_eq!((before.active_points, before.pending_points), (Some(0.into()), Some(100.into())));
    let expected = LoyaltyLedgerEntry {
        created: at("2026-01-01T00:00:00Z"),
        program_id: PROGRAM.into(),
        customer_profile_id: Some("anna".into()),
        customer_session_id: Some("cart-1".into()),
        event_id: entries[0].event_id,
        archived: Some(false),
        entry_type: "addition".into(),
        amount: 50.into(),
        start_date: Some(at("2026-01-02T00:00:00Z")),
        expiry_date: Some(at("2026-02-01T00:00:00Z")),
        validity_duration: Some("30D".into()),
        ..LoyaltyLedgerEntry::default()
    };
    assert_eq!(entries, [expected]);
    assert_eq!(active(&world, "anna").await, Some(50.into()));
}

async fn points_of_transactions_become_active(worlds: Worlds) {
    let world = worlds.with(waiting()).await;
    let one = earned(&world, "cart-1", "WAIT").await;
    let other = earned(&world, "cart-2", "WAIT").await;
    earned(&world, "cart-3", "WAIT").await;

    let entries = world.activate(PROGRAM, of(&[&other, &one])).await;

    assert_eq!((entries.len(), active(&world, "anna").await), (2, Some(100.into())));
}

async fn an_entry_names_the_event_that_earned_the_points(worlds: Worlds) {
    let wait = Points {
        program_id: PROGRAM.into(),
        points: 5.into(),
        pending: Some(Pending::OnAction),
        ..Points::default()
    };
    let seed = seed::always(Reward::AddLoyaltyPoints(wait)).loyalty_program(seed::program(PROGRAM));
    let world = worlds.with(seed).await;
    let closing = cart(100).profile("anna").state(SessionState::Closed);
    let of_session = world.put("cart-1", closing).await.event.expect("asked for").id;
    let event = NewEventV2::new("shipped", "anna").response_content([ResponseContent::Event]);
    let reply = world.api.track_event_v2(TrackEventV2::new(event).silent(false)).await;
    let event = reply.expect("accepted").expect("not silent").event.expect("asked for");

    let request = GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna");
    let points = world.points(request.status(LoyaltyPointsStatus::Pending)).await.data;
    let uuids: Vec<_> = points.iter().map(|points| points.transaction_uuid.as_str()).collect();
    let entries = world.activate(PROGRAM, of(&uuids)).await;

    let events: Vec<_> = entries.iter().map(|entry| entry.event_id).collect();
    assert_eq!(events, [Some(of_session), Some(event.id)]);
}

async fn a_manual_entry_names_its_user(worlds: Worlds) {
    let waiting = |source| LedgerEntry {
        start_date: PointsStartDate::OnAction,
        source,
        ..LedgerEntry::new(PROGRAM, "anna", 10)
    };
    let seed = Seed::new()
        .loyalty_program(seed::program(PROGRAM))
        .ledger_entry(waiting(EntrySource::Manual))
        .ledger_entry(waiting(EntrySource::Import));
    let world = worlds.with(seed).await;
    let request = GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna");
    let points = world.points(request.status(LoyaltyPointsStatus::Pending)).await.data;
    let uuids: Vec<_> = points.iter().map(|points| points.transaction_uuid.as_str()).collect();

    let entries = world.activate(PROGRAM, of(&uuids)).await;

    let told = entries.iter().map(|entry| (entry.user_id, entry.event_id, entry.archived));
    let expected = [(Some(1), None, Some(false)), (None, None, Some(false))];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

async fn the_validity_is_counted_from_the_activation(worlds: Worlds) {
    let world = worlds.with(waiting()).await;
    earned(&world, "cart-1", "WAIT").await;
    world.clock().advance(100 * DAY);
    world.activate(PROGRAM, of_session("cart-1")).await;

    world.clock().advance(Duration::from_secs(30 * 86_400 - 1));
    let last = active(&world, "anna").await;
    world.clock().advance(Duration::from_secs(1));

    assert_eq!((last, active(&world, "anna").await), (Some(50.into()), Some(0.into())));
}

async fn points_that_are_active_already_are_ignored(worlds: Worlds) {
    let world = worlds.with(waiting()).await;
    let uuid = earned(&world, "cart-1", "WAIT").await;
    world.activate(PROGRAM, of(&[&uuid])).await;
    world.clock().advance(DAY);

    let again = world.activate(PROGRAM, of(&[&uuid])).await;
    let once_more = world.activate(PROGRAM, of_session("cart-1")).await;

    assert_eq!((again, once_more), (vec![], vec![]));
    let points = world.points(GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna")).await;
    assert_eq!(points.data[0].start_date, at("2026-01-01T00:00:00Z").into());
}

async fn points_that_start_later_are_not_touched(worlds: Worlds) {
    let world = worlds.with(waiting()).await;
    let uuid = earned(&world, "cart-1", "LATER").await;

    let entries = world.activate(PROGRAM, of(&[&uuid])).await;

    assert_eq!((entries, active(&world, "anna").await), (vec![], Some(0.into())));
}

async fn a_session_without_such_points_activates_none(worlds: Worlds) {
    let world = worlds.with(waiting()).await;
    world.put("cart-1", seed::bought("NOTHING")).await;

    assert_eq!(world.activate(PROGRAM, of_session("cart-1")).await, []);
}

async fn the_first_active_points_make_the_customer_join(worlds: Worlds) {
    let world = worlds
        .with(waiting_in(seed::program(PROGRAM).join_policy(JoinPolicy::PointsActivated)))
        .await;
    earned(&world, "cart-1", "WAIT").await;
    let before = world.put_profile("anna", Attributes::new()).await.loyalty_memberships;

    world.activate(PROGRAM, of_session("cart-1")).await;

    let after = world.put_profile("anna", Attributes::new()).await.loyalty_memberships;
    assert_eq!((before, after.map(|all| all.len())), (None, Some(1)));
}

async fn a_session_and_transactions_are_refused(worlds: Worlds) {
    let both = LoyaltyPointsActivation { session_id: Some("cart-1".into()), ..of(&[UUID]) };

    assert_eq!(refused_at(worlds, both).await, "/sessionId");
}

async fn neither_session_nor_transactions_are_refused(worlds: Worlds) {
    let neither = LoyaltyPointsActivation::default();

    assert_eq!(refused_at(worlds, neither).await, "/sessionId");
}

async fn more_than_fifty_transactions_are_refused(worlds: Worlds) {
    let uuids: Vec<_> = (0..51).map(|n| format!("11111111-2222-4333-8444-{n:012}")).collect();

    let at = refused_at(worlds, LoyaltyPointsActivation::of_transactions(uuids)).await;

    assert_eq!(at, "/transactionUUIDs");
}

async fn a_transaction_that_is_named_twice_is_refused(worlds: Worlds) {
    assert_eq!(refused_at(worlds, of(&[UUID, UUID])).await, "/transactionUUIDs/1");
}

async fn a_malformed_id_is_refused(worlds: Worlds) {
    assert_eq!(refused_at(worlds, of(&["cart-1"])).await, "/transactionUUIDs/0");
}

async fn an_unknown_session_is_refused(worlds: Worlds) {
    let world = worlds.with(waiting()).await;

    let refusal = world.activate_refused(PROGRAM, of_session("unknown")).await;

    assert_eq!(refusal.status(), 404);
}

async fn an_unknown_transaction_activates_nothing(worlds: Worlds) {
    let world = worlds.with(waiting()).await;
    let uuid = earned(&world, "cart-1", "WAIT").await;

    let refusal = world.activate_refused(PROGRAM, of(&[&uuid, UUID])).await;

    assert_eq!((refusal.status().as_u16(), active(&world, "anna").await), (404, Some(0.into())));
}

async fn points_of_another_program_are_unknown(worlds: Worlds) {
    let world = worlds.with(waiting().loyalty_program(seed::program(8))).await;
    let uuid = earned(&world, "cart-1", "WAIT").await;

    let refusal = world.activate_refused(8, of(&[&uuid])).await;

    assert_eq!(refusal.status(), 404);
}

async fn the_effect_says_that_points_wait(worlds: Worlds) {
    let world = worlds.with(waiting()).await;

    let reply = world.put("cart-1", seed::buying("WAIT")).await;

    let [EffectKind::AddLoyaltyPoints(points)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((points.start_date, points.expiry_date), (None, None));
    assert_eq!(points.awaits_activation, Some(true));
    assert_eq!(points.validity_duration.as_deref(), Some("30D"));
}
