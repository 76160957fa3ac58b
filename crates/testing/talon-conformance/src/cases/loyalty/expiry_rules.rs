//! Rules that change when points expire. BEHAVIOUR-today 10.

use std::time::Duration;

use talon_core::effect::ExpiryDateChange;
use talon_fake::rules::{Period, Points, PointsExpiry, PointsExtension, Validity};
use talon_fake::world::LedgerEntry;

use super::{PROGRAM, active, program};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success active_points_that_expire_are_extended,
        surprise an_open_session_extends_nothing_yet,
        surprise without_points_that_expire_nothing_is_extended,
        success all_active_points_get_a_new_expiry,
    }
    "trackEventV2" { detail an_event_extends_points_at_once, }
}

/// The item `EARN` gives 50 points for ten days, `KEEP` 5 without end; `EXTEND` adds a week.
fn extending() -> Seed {
    let earn = Points { validity: Some(Validity::days(10)), ..seed::points(PROGRAM, 50) };
    let extend = PointsExtension {
        program_id: PROGRAM.into(),
        extension_duration: Period::days(7),
        ..PointsExtension::default()
    };
    let set = PointsExpiry {
        program_id: PROGRAM.into(),
        new_expiry_date: at("2026-06-01T00:00:00Z"),
        ..PointsExpiry::default()
    };
    let rewards = [
        ("EARN", Reward::AddLoyaltyPoints(earn)),
        ("KEEP", Reward::add_loyalty_points(PROGRAM, 5)),
        ("EXTEND", Reward::ExtendLoyaltyPointsExpiryDate(extend)),
        ("SET", Reward::SetLoyaltyPointsExpiryDate(set)),
    ];
    program(&rewards)
}

async fn earned(worlds: Worlds, skus: &[&str]) -> World {
    let world = worlds.with(extending()).await;
    for sku in skus {
        world.put(sku, seed::bought(sku)).await;
    }
    world
}

/// Number and expiry of each batch that is active.
async fn expiries(world: &World) -> Vec<(Amount, String)> {
    let points = world.points(GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna")).await;
    points.data.iter().map(|row| (row.amount, row.expiry_date.to_string())).collect()
}

async fn active_points_that_expire_are_extended(worlds: Worlds) {
    let world = earned(worlds, &["EARN", "KEEP"]).await;

    let reply = world.put("EXTEND", seed::bought("EXTEND")).await;

    let [EffectKind::ExtendLoyaltyPointsExpiryDate(extended)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let points = world.points(GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna")).await;
    let change = ExpiryDateChange {
        transaction_uuid: points.data[0].transaction_uuid.clone(),
        previous_expiry_date: Some(at("2026-01-11T00:00:00Z")),
        new_expiry_date: at("2026-01-18T00:00:00Z"),
    };
    assert_eq!(extended.extension_duration, "7D");
    assert_eq!(extended.affected_transactions, Some(vec![change]));
    let unlimited = (5.into(), "unlimited".to_owned());
    assert_eq!(expiries(&world).await, [(50.into(), "2026-01-18T00:00:00Z".into()), unlimited]);
    world.clock().advance(Duration::from_secs(17 * 86_400 - 1));
    assert_eq!(active(&world, "anna").await, Some(55.into()));
    world.clock().advance(Duration::from_secs(1));
    assert_eq!(active(&world, "anna").await, Some(5.into()));
}

async fn an_open_session_extends_nothing_yet(worlds: Worlds) {
    let world = earned(worlds, &["EARN"]).await;

    let reply = world.put("EXTEND", seed::buying("EXTEND")).await;

    assert_eq!(reply.types(), ["extendLoyaltyPointsExpiryDate"]);
    assert_eq!(expiries(&world).await, [(50.into(), "2026-01-11T00:00:00Z".into())]);
}

async fn without_points_that_expire_nothing_is_extended(worlds: Worlds) {
    let world = earned(worlds, &["KEEP"]).await;

    let reply = world.put("EXTEND", seed::bought("EXTEND")).await;

    assert!(reply.effects.is_empty());
}

async fn all_active_points_get_a_new_expiry(worlds: Worlds) {
    let world = earned(worlds, &["EARN", "KEEP"]).await;

    let reply = world.put("SET", seed::bought("SET")).await;

    let [EffectKind::SetLoyaltyPointsExpiryDate(set)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let changes = set.affected_transactions.as_deref().expect("two");
    let previous = changes.iter().map(|change| change.previous_expiry_date);
    let before = [Some(at("2026-01-11T00:00:00Z")), None];
    assert_eq!(previous.collect::<Vec<_>>(), before);
    let june = "2026-06-01T00:00:00Z".to_owned();
    assert_eq!(expiries(&world).await, [(50.into(), june.clone()), (5.into(), june)]);
}

async fn an_event_extends_points_at_once(worlds: Worlds) {
    let extend = PointsExtension {
        program_id: PROGRAM.into(),
        extension_duration: Period::days(7),
        ..PointsExtension::default()
    };
    let rule = Rule::new("Extend")
        .when(Condition::event("played"))
        .then(Reward::ExtendLoyaltyPointsExpiryDate(extend));
    let entry = LedgerEntry {
        expiry_date: at("2026-02-01T00:00:00Z").into(),
        ..LedgerEntry::new(PROGRAM, "anna", 50)
    };
    let seed = seed::rule(rule).loyalty_program(LoyaltyProgram::new(PROGRAM)).ledger_entry(entry);
    let world = worlds.with(seed).await;

    let event = NewEventV2::new("played", "anna");
    world.api.track_event_v2(TrackEventV2::new(event)).await.expect("it is accepted");

    assert_eq!(expiries(&world).await, [(50.into(), "2026-02-08T00:00:00Z".into())]);
}
