//! Points over time: pending, expiry, and which are spent first.

use std::time::Duration;

use talon_core::effect::{AddLoyaltyPoints, DeductLoyaltyPoints};
use talon_fake::rules::{Pending, Points, Validity};

use super::{PROGRAM, ledger, left, program};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success points_have_a_start_and_an_expiry_date,
        surprise pending_points_cannot_be_spent,
        detail points_expire_when_the_clock_advances,
        surprise the_validity_begins_when_points_become_active,
        surprise points_that_expire_first_are_spent_first,
        surprise a_deduction_happens_as_a_whole_or_not_at_all,
        surprise two_effects_cannot_spend_the_same_points,
        detail a_subledger_is_a_separate_ledger,
        detail a_deduction_names_its_rule,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn points_have_a_start_and_an_expiry_date(worlds: Worlds) {
    let earned = Points {
        name: "Thanks".into(),
        pending: Some(Pending::days(2)),
        validity: Some(Validity::days(30)),
        ..seed::points(PROGRAM, 50)
    };
    let world = worlds.with(program(&[("EARN", Reward::AddLoyaltyPoints(earned))])).await;

    let reply = world.put("cart-1", seed::buying("EARN")).await;

    let [EffectKind::AddLoyaltyPoints(added)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let expected = AddLoyaltyPoints {
        name: "Thanks".into(),
        program_id: PROGRAM.into(),
        value: 50.into(),
        recipient_integration_id: "anna".into(),
        start_date: Some(at("2026-01-03T00:00:00Z")),
        expiry_date: Some(at("2026-02-02T00:00:00Z")),
        expiry_condition: added.expiry_condition.clone(),
        transaction_uuid: added.transaction_uuid.clone(),
        ..AddLoyaltyPoints::default()
    };
    assert_eq!(added, &expected);
    assert!(added.transaction_uuid.is_some());
}

async fn pending_points_cannot_be_spent(worlds: Worlds) {
    let earned = Points { pending: Some(Pending::days(2)), ..seed::points(PROGRAM, 50) };
    let spend = Reward::deduct_loyalty_points(PROGRAM, 50);
    let seed = program(&[("EARN", Reward::AddLoyaltyPoints(earned)), ("SPEND", spend)]);
    let world = worlds.with(seed).await;

    let balance = ledger(&world.put("cart-1", seed::bought("EARN")).await);
    let early = world.fires("cart-2", seed::buying("SPEND")).await;
    world.clock().advance(2 * DAY);
    let late = world.fires("cart-2", seed::buying("SPEND")).await;

    assert_eq!(balance.current_balance, Amount::ZERO);
    assert_eq!(balance.pending_balance, Some(50.into()));
    assert_eq!((early, late, left(&world)), (false, true, 50.into()));
}

async fn points_expire_when_the_clock_advances(worlds: Worlds) {
    let earned = Points { validity: Some(Validity::days(2)), ..seed::points(PROGRAM, 50) };
    let world = worlds.with(program(&[("EARN", Reward::AddLoyaltyPoints(earned))])).await;
    world.put("cart-1", seed::bought("EARN")).await;

    world.clock().advance(DAY);
    let before = left(&world);
    world.clock().advance(DAY);
    let balance = ledger(&world.put("cart-2", seed::buying("NOTHING")).await);

    assert_eq!(before, 50.into());
    assert_eq!(balance.current_balance, Amount::ZERO);
    assert_eq!(balance.expired_balance, Some(0.into()), "it is always 0");
}

async fn the_validity_begins_when_points_become_active(worlds: Worlds) {
    let earned = Points {
        pending: Some(Pending::days(3)),
        validity: Some(Validity::days(1)),
        ..seed::points(PROGRAM, 50)
    };
    let world = worlds.with(program(&[("EARN", Reward::AddLoyaltyPoints(earned))])).await;
    world.put("cart-1", seed::bought("EARN")).await;
    let mut balances = Vec::new();

    for _ in 0..5 {
        balances.push(left(&world));
        world.clock().advance(DAY);
    }

    assert_eq!(balances, [0, 0, 0, 50, 0].map(Amount::from));
}

async fn points_that_expire_first_are_spent_first(worlds: Worlds) {
    let lasting = Reward::add_loyalty_points(PROGRAM, 10);
    let long = Reward::AddLoyaltyPoints(Points {
        validity: Some(Validity::days(20)),
        ..seed::points(PROGRAM, 10)
    });
    let short = Reward::AddLoyaltyPoints(Points {
        validity: Some(Validity::days(10)),
        ..seed::points(PROGRAM, 10)
    });
    let spend = Reward::deduct_loyalty_points(PROGRAM, 15);
    let rewards = [("LASTING", lasting), ("LONG", long), ("SHORT", short), ("SPEND", spend)];
    let world = worlds.with(program(&rewards)).await;
    for sku in ["LASTING", "LONG", "SHORT", "SPEND"] {
        world.put(sku, seed::bought(sku)).await;
    }
    let now = left(&world);

    world.clock().advance(10 * DAY);
    let later = left(&world);
    world.clock().advance(10 * DAY);

    assert_eq!((now, later, left(&world)), (15.into(), 15.into(), 10.into()));
}

async fn a_deduction_happens_as_a_whole_or_not_at_all(worlds: Worlds) {
    let earn = Reward::add_loyalty_points(PROGRAM, 49);
    let spend = Reward::deduct_loyalty_points(PROGRAM, 50);
    let world = worlds.with(program(&[("EARN", earn), ("SPEND", spend)])).await;
    world.put("cart-1", seed::bought("EARN")).await;

    let reply = world.put("cart-2", seed::bought("SPEND")).await;

    assert!(reply.effects.is_empty());
    assert_eq!(left(&world), 49.into());
}

async fn two_effects_cannot_spend_the_same_points(worlds: Worlds) {
    let spend = || Reward::deduct_loyalty_points(PROGRAM, 30);
    let rewards =
        [("EARN", Reward::add_loyalty_points(PROGRAM, 50)), ("SPEND", spend()), ("SPEND", spend())];
    let world = worlds.with(program(&rewards)).await;
    world.put("cart-1", seed::bought("EARN")).await;

    let reply = world.put("cart-2", seed::bought("SPEND")).await;
    let after = left(&world);
    world.put("cart-2", cancelled()).await;

    assert_eq!(reply.types(), ["deductLoyaltyPoints"]);
    assert_eq!((after, left(&world)), (20.into(), 50.into()));
}

async fn a_subledger_is_a_separate_ledger(worlds: Worlds) {
    let miles = Points { sub_ledger_id: "miles".into(), ..seed::points(PROGRAM, 50) };
    let spend = Reward::deduct_loyalty_points(PROGRAM, 50);
    let seed = program(&[("EARN", Reward::AddLoyaltyPoints(miles)), ("SPEND", spend)]);
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", seed::bought("EARN")).await;
    let fires = world.fires("cart-2", seed::buying("SPEND")).await;

    let ledgers = &reply.loyalty.expect("asked for").programs["7"];
    let miles = &ledgers.sub_ledgers.as_ref().expect("one")["miles"];
    assert_eq!((ledgers.ledger.current_balance, miles.current_balance), (0.into(), 50.into()));
    assert!(!fires);
}

async fn a_deduction_names_its_rule(worlds: Worlds) {
    let spend =
        Reward::DeductLoyaltyPoints(Points { name: "Paid".into(), ..seed::points(PROGRAM, 20) });
    let seed = program(&[("EARN", Reward::add_loyalty_points(PROGRAM, 50)), ("SPEND", spend)]);
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::bought("EARN")).await;

    let reply = world.put("cart-2", seed::buying("SPEND")).await;

    let [EffectKind::DeductLoyaltyPoints(deducted)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let expected = DeductLoyaltyPoints {
        rule_title: "SPEND".into(),
        program_id: PROGRAM.into(),
        value: 20.into(),
        name: Some("Paid".into()),
        transaction_uuid: deducted.transaction_uuid.clone(),
        ..DeductLoyaltyPoints::default()
    };
    assert_eq!(deducted, &expected);
}
