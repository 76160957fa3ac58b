//! Points that a cancellation rolls back or restores.

use std::time::Duration;

use talon_fake::rules::{Pending, Points, Validity};

use super::{PROGRAM, ledger, left, program};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_cancellation_rolls_pending_points_back,
        surprise points_spent_before_a_cancellation_stay_spent,
        surprise restored_points_keep_the_expiry_of_their_batch,
        detail points_are_restored_to_each_of_their_batches,
        surprise a_rollback_of_zero_points_has_no_effect,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn a_cancellation_rolls_pending_points_back(worlds: Worlds) {
    let earned = Points { pending: Some(Pending::days(2)), ..seed::points(PROGRAM, 50) };
    let world = worlds.with(program(&[("EARN", Reward::AddLoyaltyPoints(earned))])).await;
    let earned = world.put("cart-1", seed::bought("EARN")).await;

    let reply = world.put("cart-1", cancelled()).await;
    world.clock().advance(2 * DAY);

    let (EffectKind::AddLoyaltyPoints(added), EffectKind::RollbackAddedLoyaltyPoints(undone)) =
        (&earned.effects[0].kind, &reply.effects[0].kind)
    else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!(undone.transaction_uuid, added.transaction_uuid);
    assert_eq!((undone.value, left(&world)), (50.into(), 0.into()));
}

async fn points_spent_before_a_cancellation_stay_spent(worlds: Worlds) {
    let spend = Reward::deduct_loyalty_points(PROGRAM, 30);
    let seed = program(&[("EARN", Reward::add_loyalty_points(PROGRAM, 50)), ("SPEND", spend)]);
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::bought("EARN")).await;
    world.put("cart-2", seed::bought("SPEND")).await;

    let reply = world.put("cart-1", cancelled()).await;

    let [EffectKind::RollbackAddedLoyaltyPoints(undone)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!(undone.value, 20.into());
    assert_eq!(reply.event.as_ref().expect("asked for").ledger_entries[0].amount, -20);
    assert_eq!(ledger(&reply).spent_balance, Some(0.into()), "it is always 0");
    assert_eq!(left(&world), Amount::ZERO);
}

/// BEHAVIOUR 3.4, 6.4; BEHAVIOUR-today 7.
async fn restored_points_keep_the_expiry_of_their_batch(worlds: Worlds) {
    let earn = Reward::AddLoyaltyPoints(Points {
        validity: Some(Validity::days(10)),
        ..seed::points(PROGRAM, 50)
    });
    let spend = Reward::deduct_loyalty_points(PROGRAM, 30);
    let world = worlds.with(program(&[("EARN", earn), ("SPEND", spend)])).await;
    world.put("cart-1", seed::bought("EARN")).await;
    world.put("cart-2", seed::bought("SPEND")).await;

    let reply = world.put("cart-2", cancelled()).await;
    let given_back = left(&world);
    world.clock().advance(10 * DAY);

    let [EffectKind::RollbackDeductedLoyaltyPoints(undone)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((undone.value, undone.expiry_date), (30.into(), Some(at("2026-01-11T00:00:00Z"))));
    assert_eq!((given_back, left(&world)), (50.into(), Amount::ZERO));
}

async fn points_are_restored_to_each_of_their_batches(worlds: Worlds) {
    let short = Reward::AddLoyaltyPoints(Points {
        validity: Some(Validity::days(10)),
        ..seed::points(PROGRAM, 10)
    });
    let long = Reward::add_loyalty_points(PROGRAM, 10);
    let spend = Reward::deduct_loyalty_points(PROGRAM, 15);
    let rewards = [("LONG", long), ("SHORT", short), ("SPEND", spend)];
    let world = worlds.with(program(&rewards)).await;
    for sku in ["LONG", "SHORT", "SPEND"] {
        world.put(sku, seed::bought(sku)).await;
    }

    let reply = world.put("SPEND", cancelled()).await;

    let given = reply.kinds().into_iter().map(|kind| match kind {
        EffectKind::RollbackDeductedLoyaltyPoints(undone) => (undone.value, undone.expiry_date),
        other => panic!("{other:?}"),
    });
    let expected = [(10.into(), Some(at("2026-01-11T00:00:00Z"))), (5.into(), None)];
    assert_eq!(given.collect::<Vec<_>>(), expected);
    let entries = &reply.event.as_ref().expect("asked for").ledger_entries;
    assert_eq!(entries.iter().map(|entry| entry.amount).collect::<Vec<_>>(), [10, 5]);
    assert_eq!(left(&world), 20.into());
}

async fn a_rollback_of_zero_points_has_no_effect(worlds: Worlds) {
    let spend = Reward::deduct_loyalty_points(PROGRAM, 50);
    let seed = program(&[("EARN", Reward::add_loyalty_points(PROGRAM, 50)), ("SPEND", spend)]);
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::bought("EARN")).await;
    world.put("cart-2", seed::bought("SPEND")).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(reply.types(), [""; 0]);
    assert!(reply.event.as_ref().expect("asked for").ledger_entries.is_empty());
    assert_eq!(left(&world), Amount::ZERO);
}
