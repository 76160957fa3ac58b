//! What a cancellation, a reopening or a return takes back. BEHAVIOUR-today 2.2, 2.3, 7.3, 7.6.

use std::time::Duration;

use talon_fake::rules::{Pending, Points, Validity};
use talon_fake::world::ReturnPolicy;

use super::PROGRAM;
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise active_points_stay_with_the_customer_by_default,
        detail pending_points_are_rolled_back_by_every_policy,
        detail points_that_wait_for_an_action_are_rolled_back,
        success points_are_rolled_back_as_far_as_the_balance_reaches,
        success an_unlimited_rollback_makes_the_balance_negative,
        surprise the_transaction_says_that_it_makes_the_balance_negative,
        surprise new_points_pay_what_is_owed_first,
        surprise pending_points_pay_what_is_owed_when_they_become_active,
        detail deducted_points_pay_what_is_owed_when_they_come_back,
        surprise points_that_expired_are_not_rolled_back,
        surprise an_open_session_shows_what_would_be_owed,
    }
    "reopenCustomerSession" {
        surprise active_points_stay_when_a_session_is_reopened,
        detail a_reopened_session_may_make_the_balance_negative,
    }
    "returnCartItems" {
        surprise active_points_of_returned_units_stay_by_default,
        detail points_of_returned_units_may_make_the_balance_negative,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Items that add and deduct points, in a program with this policy.
fn shop(policy: ReturnPolicy) -> Seed {
    let later = Points { pending: Some(Pending::days(2)), ..seed::points(PROGRAM, 50) };
    let short = Points { validity: Some(Validity::days(2)), ..seed::points(PROGRAM, 50) };
    let waiting = Points { pending: Some(Pending::OnAction), ..seed::points(PROGRAM, 50) };
    let rewards = [
        ("EARN", Reward::add_loyalty_points(PROGRAM, 50)),
        ("LATER", Reward::AddLoyaltyPoints(later)),
        ("SHORT", Reward::AddLoyaltyPoints(short)),
        ("WAIT", Reward::AddLoyaltyPoints(waiting)),
        ("SPEND", Reward::deduct_loyalty_points(PROGRAM, 40)),
        ("EACH", Reward::add_loyalty_points_per_item(PROGRAM, 30, ItemFilter::sku("EACH"))),
    ];
    seed::rewards_by_sku(LoyaltyProgram::new(PROGRAM).return_policy(policy), &rewards)
}

/// Buys items one after another, in sessions of their names.
async fn bought(worlds: Worlds, policy: ReturnPolicy, skus: &[&str]) -> World {
    let world = worlds.with(shop(policy)).await;
    for sku in skus {
        world.put(sku, seed::bought(sku)).await;
    }
    world
}

/// Points that are active and that are owed.
async fn balance(world: &World) -> [Amount; 2] {
    let balance = world.balance(PROGRAM, "anna").await;
    [balance.active_points, balance.negative_points].map(Option::unwrap_or_default)
}

/// Cancels a session, and returns the points that its effects say were taken back.
async fn taken_back(world: &World, session: &str) -> Vec<Amount> {
    let reply = world.put(session, cancelled()).await;
    let taken = reply.kinds().into_iter().map(|kind| match kind {
        EffectKind::RollbackAddedLoyaltyPoints(undone) => undone.value,
        other => panic!("{other:?}"),
    });
    taken.collect()
}

fn numbers<const N: usize>(numbers: [i64; N]) -> [Amount; N] {
    numbers.map(Amount::from)
}

async fn active_points_stay_with_the_customer_by_default(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::default(), &["EARN"]).await;

    let taken = taken_back(&world, "EARN").await;

    assert_eq!((taken, balance(&world).await), (vec![], numbers([50, 0])));
}

async fn pending_points_are_rolled_back_by_every_policy(worlds: Worlds) {
    for policy in [ReturnPolicy::OnlyPending, ReturnPolicy::WithinBalance, ReturnPolicy::Unlimited]
    {
        let world = bought(worlds, policy, &["LATER"]).await;

        let taken = taken_back(&world, "LATER").await;
        world.clock().advance(2 * DAY);

        assert_eq!(
            (taken, balance(&world).await),
            (vec![50.into()], numbers([0, 0])),
            "{policy:?}"
        );
    }
}

async fn points_that_wait_for_an_action_are_rolled_back(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::OnlyPending, &["WAIT"]).await;

    let taken = taken_back(&world, "WAIT").await;

    assert_eq!(taken, [50.into()]);
    assert_eq!(world.balance(PROGRAM, "anna").await.pending_points, Some(0.into()));
}

async fn points_are_rolled_back_as_far_as_the_balance_reaches(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::WithinBalance, &["SHORT", "EARN", "SPEND"]).await;
    let before = balance(&world).await;

    // 40 of its points are spent: others are taken in their place, of which there are 50.
    let first = taken_back(&world, "SHORT").await;
    let then = balance(&world).await;
    let last = taken_back(&world, "EARN").await;

    assert_eq!((before, first, then), (numbers([60, 0]), vec![50.into()], numbers([10, 0])));
    assert_eq!((last, balance(&world).await), (vec![10.into()], numbers([0, 0])));
}

async fn an_unlimited_rollback_makes_the_balance_negative(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SPEND"]).await;

    let taken = taken_back(&world, "EARN").await;

    assert_eq!((taken, balance(&world).await), (vec![50.into()], numbers([0, 40])));
}

async fn the_transaction_says_that_it_makes_the_balance_negative(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SPEND"]).await;
    taken_back(&world, "EARN").await;

    let request = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna");
    let rows = world.transactions(request).await.data;

    let flag = |row: &LoyaltyTransaction| row.flags.as_ref()?.creates_negative_balance;
    assert_eq!(rows.iter().map(flag).collect::<Vec<_>>(), [Some(true), None, None]);
    assert_eq!(rows[0].amount, 50.into());
}

async fn new_points_pay_what_is_owed_first(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SPEND"]).await;
    taken_back(&world, "EARN").await;

    world.put("cart-1", seed::bought("EARN")).await;

    assert_eq!(balance(&world).await, numbers([10, 0]));
    let points = world.points(GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna")).await;
    assert_eq!(points.data.iter().map(|row| row.amount).collect::<Vec<_>>(), [10.into()]);
}

async fn pending_points_pay_what_is_owed_when_they_become_active(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SPEND", "LATER"]).await;
    taken_back(&world, "EARN").await;
    let before = balance(&world).await;

    world.clock().advance(2 * DAY);

    assert_eq!((before, balance(&world).await), (numbers([0, 40]), numbers([10, 0])));
}

async fn deducted_points_pay_what_is_owed_when_they_come_back(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SPEND"]).await;
    taken_back(&world, "EARN").await;

    let reply = world.put("SPEND", cancelled()).await;

    assert_eq!(reply.types(), ["rollbackDeductedLoyaltyPoints"]);
    assert_eq!(balance(&world).await, numbers([0, 0]));
}

async fn points_that_expired_are_not_rolled_back(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SHORT", "SPEND"]).await;
    world.clock().advance(2 * DAY);

    // The 40 that were spent are owed; the 10 that expired are not.
    let taken = taken_back(&world, "SHORT").await;

    assert_eq!((taken, balance(&world).await), (vec![40.into()], numbers([10, 0])));
    let expired = world.balance(PROGRAM, "anna").await.expired_points;
    assert_eq!(expired, Some(10.into()));
}

async fn an_open_session_shows_what_would_be_owed(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SPEND"]).await;
    taken_back(&world, "EARN").await;

    let reply = world.put("cart-1", seed::buying("EARN")).await;

    let ledger = &reply.loyalty.as_ref().expect("asked for").programs["7"].ledger;
    assert_eq!((ledger.current_balance, ledger.negative_balance), (0.into(), Some(40.into())));
    assert_eq!(ledger.tentative_current_balance, Some(10.into()));
    assert_eq!(ledger.tentative_negative_balance, Some(0.into()));
    assert_eq!(balance(&world).await, numbers([0, 40]));
}

async fn active_points_stay_when_a_session_is_reopened(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::OnlyPending, &["EARN", "LATER"]).await;

    let active = world.reopen("EARN").await;
    let pending = world.reopen("LATER").await;

    assert_eq!(active.types(), [""; 0]);
    assert_eq!(pending.types(), ["rollbackAddedLoyaltyPoints"]);
    assert_eq!(balance(&world).await, numbers([50, 0]));
}

async fn a_reopened_session_may_make_the_balance_negative(worlds: Worlds) {
    let world = bought(worlds, ReturnPolicy::Unlimited, &["EARN", "SPEND"]).await;

    world.reopen("EARN").await;
    let reopened = balance(&world).await;
    world.put("EARN", closed()).await;

    assert_eq!((reopened, balance(&world).await), (numbers([0, 40]), numbers([10, 0])));
}

fn two_each() -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default()
        .profile("anna")
        .cart_items([CartItem::new("EACH", 2).price(1)])
        .state(SessionState::Closed)
}

async fn active_points_of_returned_units_stay_by_default(worlds: Worlds) {
    let world = worlds.with(shop(ReturnPolicy::default())).await;
    world.put("cart-1", two_each()).await;

    let reply = world.give_back("cart-1", [ReturnedCartItem::at(0).quantity(1)]).await;

    assert_eq!((reply.types(), balance(&world).await), (vec![], numbers([60, 0])));
}

async fn points_of_returned_units_may_make_the_balance_negative(worlds: Worlds) {
    let world = worlds.with(shop(ReturnPolicy::Unlimited)).await;
    world.put("cart-1", two_each()).await;
    world.put("SPEND", seed::bought("SPEND")).await;

    let reply = world.give_back("cart-1", [ReturnedCartItem::at(0)]).await;

    let rollback = "rollbackAddedLoyaltyPoints";
    assert_eq!((reply.types(), balance(&world).await), (vec![rollback; 2], numbers([0, 40])));
}
