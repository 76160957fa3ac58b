//! Progress that rules add. BEHAVIOUR-today 6.5.

use std::collections::BTreeSet;

use talon_core::effect::StartAchievementProgress;
use talon_core::model::AchievementStatus::{Completed, InProgress, NotStarted};
use tokio::task::JoinSet;

use super::{
    ID, counting, hours, increases, paid, progress_of, spending_on, standing, step, steps, ten,
    trackers, update_profile, what_is_spent,
};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success progress_is_made_when_the_session_closes,
        surprise an_open_session_makes_no_progress,
        detail a_dry_run_makes_no_progress,
        surprise progress_stops_at_the_target,
        detail a_completed_achievement_has_no_more_effects,
        detail several_rewards_of_an_evaluation_add_up,
        detail a_start_opens_a_tracker,
        detail a_start_and_an_increase_share_a_tracker,
        surprise a_start_does_not_reset_progress,
        detail an_anonymous_customer_makes_no_progress,
        detail each_profile_has_its_own_progress,
        detail an_increase_by_zero_has_no_effect,
        detail no_progress_is_made_after_the_end_date,
        surprise completion_is_a_condition_of_later_rules,
        detail completion_is_a_condition_of_later_sessions,
        surprise concurrent_sessions_lose_no_progress,
    }
    "trackEvent" {
        detail an_event_makes_progress_at_once,
    }
    "trackEventV2" {
        detail an_event_outside_sessions_makes_progress_at_once,
    }
    "updateCustomerProfileV2" {
        detail a_profile_update_makes_progress_at_once,
    }
}

async fn progress_is_made_when_the_session_closes(worlds: Worlds) {
    let world = worlds.with(spending_on(ten().period("5D".parse().expect("a period")))).await;

    let reply = world.put("cart-1", paid(4)).await;

    let [increase] = increases(&reply)[..] else { panic!("{:?}", reply.effects) };
    assert_eq!(increase.achievement_id.get(), ID);
    assert_eq!(increase.achievement_name, "TenSpent");
    assert_eq!((increase.delta, increase.value, increase.target), (4.into(), 4.into(), 10.into()));
    assert!(!increase.is_just_completed && increase.progress_tracker_id.is_some());
    let progress = progress_of(&world, "anna").await;
    let now = world.clock().now();
    let end = now.checked_add(hours(5 * 24));
    assert_eq!((progress.status, progress.progress), (InProgress, 4.into()));
    assert_eq!((progress.start_date, progress.end_date), (Some(now), end));
    assert_eq!(progress.completion_date, None);
}

async fn an_open_session_makes_no_progress(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;

    let open = world.put("cart-1", cart(4).profile("anna")).await;
    let again = world.put("cart-1", cart(4).profile("anna")).await;

    assert_eq!((steps(&open), steps(&again)), (vec![step(4, 4, false)], vec![step(4, 4, false)]));
    assert_eq!(standing(&world).await, (NotStarted, 0.into()));
    assert!(trackers(&world).await.is_empty());
}

async fn a_dry_run_makes_no_progress(worlds: Worlds) {
    let world = worlds.with(spending_on(ten()).profile("anna", Attributes::new())).await;

    let tried = world.try_out("cart-1", paid(4)).await;

    assert_eq!(steps(&tried), [step(4, 4, false)]);
    assert_eq!(standing(&world).await, (NotStarted, 0.into()));
}

async fn progress_stops_at_the_target(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    world.put("cart-1", paid(7)).await;

    let reply = world.put("cart-2", paid(7)).await;

    assert_eq!(steps(&reply), [step(3, 10, true)]);
    let progress = progress_of(&world, "anna").await;
    assert_eq!((progress.status, progress.progress), (Completed, 10.into()));
    assert_eq!(progress.completion_date, Some(world.clock().now()));
}

async fn a_completed_achievement_has_no_more_effects(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    world.put("cart-1", paid(10)).await;

    assert!(!world.fires("cart-2", paid(1)).await);
    assert_eq!(trackers(&world).await, [(Completed, 10.into())]);
}

async fn several_rewards_of_an_evaluation_add_up(worlds: Worlds) {
    let rule = Rule::new("More")
        .then(Reward::increase_achievement_progress(ID, 2))
        .then(Reward::increase_achievement_progress(ID, 3));
    let world = worlds.with(seed::of(counting().rule(rule)).achievement(ten())).await;

    let reply = world.put("cart-1", paid(4)).await;

    assert_eq!(steps(&reply), [step(4, 4, false), step(2, 6, false), step(3, 9, false)]);
    let ids: BTreeSet<_> = increases(&reply).iter().map(|it| it.progress_tracker_id).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(trackers(&world).await, [(InProgress, 9.into())]);
}

fn starting() -> Rule {
    Rule::new("Start").then(Reward::StartAchievementProgress(ID.into()))
}

fn started(reply: &IntegrationStateV2) -> Vec<&StartAchievementProgress> {
    let started = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::StartAchievementProgress(started) => Some(started),
        _ => None,
    });
    started.collect()
}

async fn a_start_opens_a_tracker(worlds: Worlds) {
    let achievement = ten().period("1h".parse().expect("a period"));
    let world = worlds.with(seed::rule(starting()).achievement(achievement)).await;

    let reply = world.put("cart-1", paid(4)).await;

    let [started] = started(&reply)[..] else { panic!("{:?}", reply.effects) };
    let now = world.clock().now();
    let end = now.checked_add(hours(1));
    assert_eq!((started.achievement_id.get(), started.target), (ID, 10.into()));
    assert_eq!((started.start_date, started.end_date), (now, end));
    assert_eq!(trackers(&world).await, [(InProgress, 0.into())]);
}

async fn a_start_and_an_increase_share_a_tracker(worlds: Worlds) {
    let rule = starting().then(what_is_spent());
    let world = worlds.with(seed::rule(rule).achievement(ten())).await;

    let reply = world.put("cart-1", paid(4)).await;

    assert_eq!(reply.types(), ["startAchievementProgress", "increaseAchievementProgress"]);
    let of_start = started(&reply)[0].progress_tracker_id;
    assert_eq!(increases(&reply)[0].progress_tracker_id, Some(of_start));
}

async fn a_start_does_not_reset_progress(worlds: Worlds) {
    let rule = starting().then(what_is_spent());
    let world = worlds.with(seed::rule(rule).achievement(ten())).await;
    world.put("cart-1", paid(4)).await;

    let second = world.put("cart-2", paid(6)).await;
    let third = world.put("cart-3", paid(1)).await;

    assert_eq!(second.types(), ["increaseAchievementProgress"]);
    assert!(third.effects.is_empty());
    assert_eq!(trackers(&world).await, [(Completed, 10.into())]);
}

async fn an_anonymous_customer_makes_no_progress(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;

    assert!(!world.fires("cart-1", cart(4).state(SessionState::Closed)).await);
}

async fn each_profile_has_its_own_progress(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;
    world.put("cart-1", paid(4)).await;

    let reply = world.put("cart-2", paid(5).profile("bert")).await;

    assert_eq!(steps(&reply), [step(5, 5, false)]);
    assert_eq!(progress_of(&world, "anna").await.progress, 4.into());
    assert_eq!(progress_of(&world, "bert").await.progress, 5.into());
}

async fn an_increase_by_zero_has_no_effect(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;

    assert!(!world.fires("cart-1", paid(0)).await);
    assert!(trackers(&world).await.is_empty());
}

async fn no_progress_is_made_after_the_end_date(worlds: Worlds) {
    let world = worlds.with(spending_on(ten().ends(at("2026-03-01T00:00:00Z")))).await;
    world.clock().set(at("2026-02-28T23:59:59Z"));
    let before = world.put("cart-1", paid(4)).await;

    world.clock().set(at("2026-03-01T00:00:00Z"));
    let after = world.put("cart-2", paid(4)).await;

    assert_eq!((before.effects.len(), after.effects.len()), (1, 0));
    assert_eq!(trackers(&world).await, [(AchievementStatus::Expired, 4.into())]);
}

fn rewarding() -> Seed {
    let completed = Condition::AchievementCompleted(ID.into());
    seed::of(counting().rule(seed::ten_percent().when(completed))).achievement(ten())
}

async fn completion_is_a_condition_of_later_rules(worlds: Worlds) {
    let world = worlds.with(rewarding()).await;

    let before = world.put("cart-1", paid(9)).await;
    let reaching = world.put("cart-2", paid(1)).await;

    assert_eq!(before.types(), ["increaseAchievementProgress"]);
    assert_eq!(reaching.types(), ["increaseAchievementProgress", "setDiscount"]);
}

async fn completion_is_a_condition_of_later_sessions(worlds: Worlds) {
    let world = worlds.with(rewarding()).await;
    world.put("cart-1", paid(10)).await;

    assert_eq!(world.put("cart-2", paid(5)).await.types(), ["setDiscount"]);
    let other = world.put("cart-3", paid(5).profile("bert")).await;
    assert_eq!(other.types(), ["increaseAchievementProgress"]);
}

async fn concurrent_sessions_lose_no_progress(worlds: Worlds) {
    const CALLERS: i64 = 64;
    let achievement = talon_fake::Achievement::new(ID, "Many", CALLERS);
    let world = worlds.with(spending_on(achievement)).await;

    let calls: JoinSet<_> = (0..CALLERS)
        .map(|caller| {
            let world = world.clone();
            async move { world.put(&format!("cart-{caller}"), paid(1)).await }
        })
        .collect();
    let replies = calls.join_all().await;

    let increases: Vec<_> = replies.iter().flat_map(increases).collect();
    let values: BTreeSet<_> = increases.iter().map(|it| it.value).collect();
    let trackers_seen: BTreeSet<_> = increases.iter().map(|it| it.progress_tracker_id).collect();
    assert_eq!(values, (1..=CALLERS).map(Amount::from).collect());
    assert_eq!(increases.iter().filter(|it| it.is_just_completed).count(), 1);
    assert_eq!(trackers_seen.len(), 1);
    assert_eq!(trackers(&world).await, [(Completed, CALLERS.into())]);
}

fn one_each() -> Seed {
    seed::always(Reward::increase_achievement_progress(ID, 1)).achievement(ten())
}

async fn an_event_makes_progress_at_once(worlds: Worlds) {
    let world = worlds.with(one_each()).await;

    let reply = world.track(NewEvent::new("danced", "cart-1").profile("anna")).await;

    assert_eq!(steps(&reply.event), [step(1, 1, false)]);
    assert_eq!(standing(&world).await, (InProgress, 1.into()));
}

async fn an_event_outside_sessions_makes_progress_at_once(worlds: Worlds) {
    let world = worlds.with(one_each()).await;

    let reply = world.track_v2(TrackEventV2::new(NewEventV2::new("danced", "anna"))).await;

    assert_eq!(steps(&reply), [step(1, 1, false)]);
    assert_eq!(standing(&world).await, (InProgress, 1.into()));
}

async fn a_profile_update_makes_progress_at_once(worlds: Worlds) {
    let world = worlds.with(one_each()).await;

    update_profile(&world, &[]).await;
    update_profile(&world, &[]).await;

    assert_eq!(standing(&world).await, (InProgress, 2.into()));
}
