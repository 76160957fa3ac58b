//! Which points are spent and shown, and what activation and expiry tell. BEHAVIOUR-today 7.2, 7.3,
//! 7.5, 7.7, 7.10.

use std::time::Duration;

use talon_fake::rules::{Pending, Period, Points, Validity};
use talon_fake::world::{LedgerEntry, LoyaltyTier};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise of_points_that_never_expire_the_oldest_are_spent_first,
        surprise other_open_sessions_are_not_tentative,
        success the_effect_of_a_close_names_its_transaction,
        surprise a_tier_that_falls_has_no_effect,
    }
    "activateLoyaltyPoints" {
        surprise an_expiry_that_was_given_is_kept_by_the_activation,
        surprise an_activation_raises_the_tier,
    }
    "getLoyaltyProgramProfileTransactions" {
        surprise points_of_events_have_the_origin_of_sessions,
    }
}

const PROGRAM: i64 = 7;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn points(points: i64) -> Points {
    Points { program_id: PROGRAM.into(), points: points.into(), ..Points::default() }
}

/// `EARN` adds 100 points, `WAIT` adds 100 that wait for an action, and `SPEND` deducts 30.
fn shop(program: LoyaltyProgram) -> Seed {
    let wait = Points { pending: Some(Pending::OnAction), ..points(100) };
    let short = Points { validity: Some(Validity::days(1)), ..points(100) };
    let rewards = [
        ("EARN", Reward::AddLoyaltyPoints(points(100))),
        ("SHORT", Reward::AddLoyaltyPoints(short)),
        ("WAIT", Reward::AddLoyaltyPoints(wait)),
        ("SPEND", Reward::DeductLoyaltyPoints(points(30))),
    ];
    seed::rewards_by_sku(program, &rewards)
}

fn tiered() -> LoyaltyProgram {
    seed::program(PROGRAM).tier(LoyaltyTier::new("silver", 100))
}

/// What is left of the points of Anna, by their start.
async fn left(world: &World) -> Vec<Amount> {
    let page = world.points(GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna")).await;
    page.data.iter().map(|points| points.amount).collect()
}

async fn of_points_that_never_expire_the_oldest_are_spent_first(worlds: Worlds) {
    let world = worlds.with(shop(seed::program(PROGRAM))).await;
    world.put("cart-1", seed::bought("EARN")).await;
    world.clock().advance(DAY);
    world.put("cart-2", seed::bought("EARN")).await;

    world.put("cart-3", seed::bought("SPEND")).await;

    assert_eq!(left(&world).await, [70.into(), 100.into()]);
}

async fn other_open_sessions_are_not_tentative(worlds: Worlds) {
    let world = worlds.with(shop(seed::program(PROGRAM))).await;
    world.put("cart-1", seed::bought("EARN")).await;
    world.put("cart-2", seed::buying("SPEND")).await;

    let reply = world.put("cart-3", seed::buying("SPEND")).await;

    let ledger = &reply.loyalty.expect("asked for").programs["7"].ledger;
    assert_eq!(ledger.tentative_current_balance, Some(70.into()));
}

async fn the_effect_of_a_close_names_its_transaction(worlds: Worlds) {
    let world = worlds.with(shop(seed::program(PROGRAM))).await;

    let reply = world.put("cart-1", seed::bought("EARN")).await;

    let [EffectKind::AddLoyaltyPoints(added)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let listed = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna");
    let listed = world.transactions(listed).await.data;
    assert_eq!(added.transaction_uuid.as_ref(), Some(&listed[0].transaction_uuid));
}

async fn a_tier_that_falls_has_no_effect(worlds: Worlds) {
    let world = worlds.with(shop(tiered())).await;
    world.put("cart-1", seed::bought("SHORT")).await;
    let before = world.balance(PROGRAM, "anna").await.current_tier;
    world.clock().advance(2 * DAY);

    let reply = world.put("cart-2", seed::bought("NOTHING")).await;

    let after = world.balance(PROGRAM, "anna").await.current_tier;
    assert_eq!((before.is_some(), after), (true, None));
    assert!(reply.effects.is_empty());
}

async fn an_expiry_that_was_given_is_kept_by_the_activation(worlds: Worlds) {
    let given = at("2026-06-01T00:00:00Z");
    let entry = LedgerEntry {
        start_date: PointsStartDate::OnAction,
        expiry_date: given.into(),
        validity_duration: Some(Period::days(1)),
        customer_session_id: Some("cart-1".into()),
        ..LedgerEntry::new(PROGRAM, "anna", 10)
    };
    let world = worlds.with(shop(seed::program(PROGRAM)).ledger_entry(entry)).await;
    let pending = GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna");
    let pending = world.points(pending.status(LoyaltyPointsStatus::Pending)).await.data;

    let uuid = pending[0].transaction_uuid.as_str();
    let entries = world.activate(PROGRAM, LoyaltyPointsActivation::of_transactions([uuid])).await;

    assert_eq!(entries[0].expiry_date, Some(given));
    world.clock().advance(2 * DAY);
    assert_eq!(left(&world).await, [10.into()]);
}

async fn an_activation_raises_the_tier(worlds: Worlds) {
    let world = worlds.with(shop(tiered())).await;
    world.put("cart-1", seed::bought("WAIT")).await;
    let before = world.balance(PROGRAM, "anna").await.current_tier;

    world.activate(PROGRAM, LoyaltyPointsActivation::of_session("cart-1")).await;

    let after = world.balance(PROGRAM, "anna").await.current_tier.expect("a tier");
    let after = after.known().expect("an object").name.clone();
    assert_eq!((before, after.as_str()), (None, "silver"));
}

async fn points_of_events_have_the_origin_of_sessions(worlds: Worlds) {
    let shipped = Rule::new("Shipped")
        .when(Condition::event("shipped"))
        .then(Reward::AddLoyaltyPoints(points(5)));
    let seed = seed::rule(shipped).loyalty_program(seed::program(PROGRAM));
    let world = worlds.with(seed).await;
    let event = TrackEventV2::new(NewEventV2::new("shipped", "anna"));
    world.api.track_event_v2(event).await.expect("the event is accepted");

    let listed = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna");
    let listed = world.transactions(listed.origin(LoyaltyTransactionOrigin::Session)).await.data;

    assert_eq!((listed.len(), listed[0].amount), (1, 5.into()));
    assert_eq!(listed[0].customer_session_id, None);
}
