//! Progress that is rolled back. BEHAVIOUR-today 6.5.

use talon_core::effect::RollbackIncreasedAchievementProgress;
use talon_core::model::AchievementRecurrencePolicy::{OnCompletion, OnExpiration};
use talon_core::model::AchievementStatus::{Completed, InProgress, NotStarted};

use super::{
    ID, counting, hours, increases, paid, recurring, spending_on, standing, step, steps, ten,
    trackers,
};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success cancelling_a_session_rolls_its_progress_back,
        detail progress_of_other_sessions_stays,
        detail rollbacks_count_down_in_the_order_of_the_increases,
        surprise completion_is_not_rolled_back,
        detail completion_is_rolled_back_where_that_is_allowed,
        surprise on_completion_only_the_tracker_in_progress_is_rolled_back,
        surprise an_expired_tracker_is_not_rolled_back,
        detail a_start_is_not_rolled_back,
    }
    "reopenCustomerSession" {
        success reopening_a_session_rolls_its_progress_back,
        detail a_reopened_session_makes_progress_at_its_next_close,
    }
    "returnCartItems" {
        success a_return_evaluates_progress_again,
        surprise a_return_without_rules_keeps_the_progress,
        detail a_return_that_changes_nothing_keeps_the_tracker,
        detail a_return_keeps_completed_progress,
        surprise on_completion_a_return_subtracts_what_was_completed,
    }
}

fn rollbacks(reply: &impl ReadEffects) -> Vec<&RollbackIncreasedAchievementProgress> {
    let rollbacks = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::RollbackIncreasedAchievementProgress(rollback) => Some(rollback),
        _ => None,
    });
    rollbacks.collect()
}

/// By how much progress was rolled back, and what is left.
fn taken(reply: &impl ReadEffects) -> Vec<(Amount, Amount)> {
    let taken =
        |it: &RollbackIncreasedAchievementProgress| (it.decrease_progress_by, it.current_progress);
    rollbacks(reply).into_iter().map(taken).collect()
}

async fn cancelling_a_session_rolls_its_progress_back(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    let closed = world.put("cart-1", paid(4)).await;

    let reply = world.put("cart-1", cancelled()).await;

    let [rollback] = rollbacks(&reply)[..] else { panic!("{:?}", reply.effects) };
    assert_eq!((rollback.achievement_id.get(), rollback.target), (ID, 10.into()));
    assert_eq!(rollback.achievement_name, "TenSpent");
    assert_eq!(Some(rollback.progress_tracker_id), increases(&closed)[0].progress_tracker_id);
    assert_eq!(taken(&reply), [(4.into(), 0.into())]);
    assert_eq!(standing(&world).await, (InProgress, 0.into()));
}

async fn progress_of_other_sessions_stays(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    world.put("cart-1", paid(4)).await;
    world.put("cart-2", paid(3)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(taken(&reply), [(4.into(), 3.into())]);
    assert_eq!(standing(&world).await, (InProgress, 3.into()));
}

async fn rollbacks_count_down_in_the_order_of_the_increases(worlds: Worlds) {
    let rule = Rule::new("More").then(Reward::increase_achievement_progress(ID, 2));
    let world = worlds.with(seed::of(counting().rule(rule)).achievement(ten())).await;
    world.put("cart-1", paid(3)).await;
    world.put("cart-2", paid(1)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(taken(&reply), [(3.into(), 5.into()), (2.into(), 3.into())]);
    assert_eq!(standing(&world).await, (InProgress, 3.into()));
}

async fn completion_is_not_rolled_back(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    world.put("cart-1", paid(4)).await;
    world.put("cart-2", paid(6)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(standing(&world).await, (Completed, 10.into()));
}

async fn completion_is_rolled_back_where_that_is_allowed(worlds: Worlds) {
    let world = worlds.with(spending_on(ten().allow_rollback_after_completion())).await;
    world.put("cart-1", paid(4)).await;
    world.put("cart-2", paid(60)).await;

    let reply = world.put("cart-2", cancelled()).await;

    assert_eq!(taken(&reply), [(6.into(), 4.into())]);
    assert_eq!(standing(&world).await, (InProgress, 4.into()));
    assert_eq!(steps(&world.put("cart-3", paid(6)).await), [step(6, 10, true)]);
}

async fn on_completion_only_the_tracker_in_progress_is_rolled_back(worlds: Worlds) {
    let recurring = recurring(OnCompletion).allow_rollback_after_completion();
    let world = worlds.with(spending_on(recurring)).await;
    world.put("cart-1", paid(14)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(taken(&reply), [(4.into(), 0.into())]);
    assert_eq!(trackers(&world).await, [(InProgress, 0.into()), (Completed, 10.into())]);
}

async fn an_expired_tracker_is_not_rolled_back(worlds: Worlds) {
    let recurring = recurring(OnExpiration).period("1D".parse().expect("a period"));
    let world = worlds.with(spending_on(recurring)).await;
    world.put("cart-1", paid(4)).await;
    world.clock().advance(hours(24));

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(standing(&world).await, (NotStarted, 0.into()));
    assert_eq!(trackers(&world).await, [(AchievementStatus::Expired, 4.into())]);
}

async fn a_start_is_not_rolled_back(worlds: Worlds) {
    let start = Reward::StartAchievementProgress(ID.into());
    let world = worlds.with(seed::always(start).achievement(ten())).await;
    world.put("cart-1", paid(4)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(standing(&world).await, (InProgress, 0.into()));
}

async fn reopening_a_session_rolls_its_progress_back(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    world.put("cart-1", paid(4)).await;

    let reply = world.reopen("cart-1").await;

    assert_eq!(taken(&reply), [(4.into(), 0.into())]);
    assert_eq!(standing(&world).await, (InProgress, 0.into()));
}

async fn a_reopened_session_makes_progress_at_its_next_close(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    let first = world.put("cart-1", paid(4)).await;
    world.reopen("cart-1").await;

    let reply = world.put("cart-1", paid(6)).await;

    assert_eq!(steps(&reply), [step(6, 6, false)]);
    let tracker = |reply| increases(reply)[0].progress_tracker_id;
    assert_eq!(tracker(&reply), tracker(&first));
    assert_eq!(trackers(&world).await, [(InProgress, 6.into())]);
}

/// A world in which shoes for 60 and two shirts for 20 each were bought, and returns are evaluated
/// again.
async fn bought(worlds: Worlds, achievement: talon_fake::Achievement) -> World {
    let seed = seed::of(counting().reevaluate_on_return()).achievement(achievement);
    let world = worlds.with(seed).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;
    world
}

fn hundreds(target: i64) -> talon_fake::Achievement {
    talon_fake::Achievement::new(ID, "Spent", target)
}

async fn give_shoes_back(world: &World) -> IntegrationStateV2 {
    let request = returning("cart-1", [ReturnedCartItem::at(0)]).run_rule_engine(true);
    world.api.return_cart_items(request).await.expect("the return is accepted")
}

async fn a_return_evaluates_progress_again(worlds: Worlds) {
    let world = bought(worlds, hundreds(200)).await;

    let reply = give_shoes_back(&world).await;

    assert_eq!(
        (taken(&reply), steps(&reply)),
        (vec![(100.into(), 0.into())], vec![step(40, 40, false)])
    );
    assert_eq!(trackers(&world).await, [(InProgress, 40.into())]);
}

async fn a_return_without_rules_keeps_the_progress(worlds: Worlds) {
    let world = bought(worlds, hundreds(200)).await;

    let reply = world.give_back("cart-1", [ReturnedCartItem::at(0)]).await;

    assert!(reply.effects.is_empty());
    assert_eq!(trackers(&world).await, [(InProgress, 100.into())]);
}

async fn a_return_that_changes_nothing_keeps_the_tracker(worlds: Worlds) {
    let campaign = Campaign::new("One").reevaluate_on_return();
    let campaign =
        campaign.rule(Rule::new("One").then(Reward::increase_achievement_progress(ID, 1)));
    let world = worlds.with(seed::of(campaign).achievement(hundreds(200))).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;
    world.put("cart-2", paid(1)).await;

    let reply = give_shoes_back(&world).await;

    assert!(reply.effects.is_empty(), "{:?}", reply.effects);
    assert_eq!(trackers(&world).await, [(InProgress, 2.into())]);
}

async fn a_return_keeps_completed_progress(worlds: Worlds) {
    let world = bought(worlds, hundreds(100)).await;

    let reply = give_shoes_back(&world).await;

    assert!(reply.effects.is_empty(), "{:?}", reply.effects);
    assert_eq!(trackers(&world).await, [(Completed, 100.into())]);
}

async fn on_completion_a_return_subtracts_what_was_completed(worlds: Worlds) {
    let thirty = hundreds(30).recurs(OnCompletion);
    let world = bought(worlds, thirty).await;
    let before = trackers(&world).await;

    // Of the 40 that are left, 90 are completed.
    let reply = give_shoes_back(&world).await;

    assert_eq!((before.len(), before[0].clone()), (4, (InProgress, 10.into())));
    assert_eq!((taken(&reply), steps(&reply)), (vec![(10.into(), 0.into())], vec![]));
    assert_eq!(trackers(&world).await[0], (InProgress, 0.into()));
}
