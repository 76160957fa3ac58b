//! Progress trackers of a customer in an achievement. BEHAVIOUR-today 6.4.

use talon_core::model::AchievementRecurrencePolicy::{OnCompletion, OnExpiration};
use talon_core::model::AchievementStatus::{Completed, Expired, InProgress};

use super::{ID, paid, recurring, spending_on, ten};
use crate::prelude::*;

cases! {
    "getCustomerAchievementHistory" {
        success trackers_are_returned_the_latest_first,
        surprise a_history_without_progress_is_empty,
        detail the_status_is_a_filter,
        detail the_dates_of_the_filter_are_included,
        detail pages_of_the_history_follow_each_other,
        detail an_achievement_has_a_history_after_its_end_date,
        detail seeded_progress_is_part_of_the_history,
        refused(404) an_unknown_profile_has_no_history,
        refused(404) an_unknown_achievement_has_no_history,
        refused(400) a_status_that_no_tracker_has_is_refused,
        refused(400) a_page_of_the_history_out_of_range_is_refused,
    }
}

fn request() -> GetCustomerAchievementHistory {
    GetCustomerAchievementHistory::new("anna", ID)
}

async fn history(world: &World, request: GetCustomerAchievementHistory) -> AchievementHistoryPage {
    world.api.get_customer_achievement_history(request).await.expect("both are known")
}

async fn progress(world: &World, request: GetCustomerAchievementHistory) -> Vec<Amount> {
    history(world, request).await.data.iter().map(|it| it.progress).collect()
}

fn amounts<const N: usize>(amounts: [i64; N]) -> Vec<Amount> {
    amounts.map(Amount::from).into()
}

/// A purchase on each of the first days of the year: the first tracker expires with 1, the second is
/// completed, the third has 3.
async fn three_days(worlds: Worlds) -> World {
    let daily = recurring(OnExpiration).period("1D".parse().expect("a period"));
    let world = worlds.with(spending_on(daily)).await;
    for (day, price) in [(1, 1), (2, 10), (3, 3)] {
        world.clock().set(at(&format!("2026-01-0{day}T12:00:00Z")));
        world.put(&format!("cart-{day}"), paid(price)).await;
    }
    world
}

async fn trackers_are_returned_the_latest_first(worlds: Worlds) {
    let world = three_days(worlds).await;

    let page = history(&world, request()).await;

    let tracker = |status, progress: i64, day: i64| AchievementProgress {
        status,
        progress: progress.into(),
        start_date: Some(at(&format!("2026-01-0{day}T12:00:00Z"))),
        end_date: Some(at(&format!("2026-01-0{}T12:00:00Z", day + 1))),
        ..AchievementProgress::default()
    };
    let completed = AchievementProgress {
        completion_date: Some(at("2026-01-02T12:00:00Z")),
        ..tracker(Completed, 10, 2)
    };
    assert_eq!(page.total_result_size, 3);
    assert_eq!(page.data, [tracker(InProgress, 3, 3), completed, tracker(Expired, 1, 1)]);
}

async fn a_history_without_progress_is_empty(worlds: Worlds) {
    let world = worlds.with(spending_on(ten()).profile("anna", Attributes::new())).await;

    assert_eq!(history(&world, request()).await, AchievementHistoryPage::default());
}

async fn the_status_is_a_filter(worlds: Worlds) {
    let world = three_days(worlds).await;

    assert_eq!(progress(&world, request().progress_status([InProgress])).await, amounts([3]));
    assert_eq!(progress(&world, request().progress_status([Completed])).await, amounts([10]));
    let ended = request().progress_status([Expired, Completed]);
    assert_eq!(progress(&world, ended).await, amounts([10, 1]));
}

async fn the_dates_of_the_filter_are_included(worlds: Worlds) {
    let world = three_days(worlds).await;
    let second = at("2026-01-02T12:00:00Z");

    assert_eq!(progress(&world, request().start_date(second)).await, amounts([3, 10]));
    assert_eq!(progress(&world, request().end_date(second)).await, amounts([10, 1]));
    let exactly = request().start_date(second).end_date(second);
    assert_eq!(progress(&world, exactly).await, amounts([10]));
    let later = request().start_date(at("2026-02-01T00:00:00Z"));
    assert!(progress(&world, later).await.is_empty());
}

async fn pages_of_the_history_follow_each_other(worlds: Worlds) {
    let world = three_days(worlds).await;

    let first = history(&world, request().page_size(2)).await;
    let second = history(&world, request().page_size(2).skip(2)).await;
    let third = history(&world, request().page_size(2).skip(4)).await;

    assert_eq!((first.total_result_size, first.data.len()), (3, 2));
    assert_eq!((second.total_result_size, second.data.len()), (3, 1));
    assert_eq!((third.total_result_size, third.data.len()), (3, 0));
}

async fn an_achievement_has_a_history_after_its_end_date(worlds: Worlds) {
    let world = worlds.with(spending_on(ten().ends(at("2026-03-01T00:00:00Z")))).await;
    world.put("cart-1", paid(4)).await;

    world.clock().set(at("2026-03-01T00:00:00Z"));

    let page = history(&world, request()).await;
    assert_eq!((page.data[0].status.clone(), page.data[0].end_date), (Expired, None));
}

async fn seeded_progress_is_part_of_the_history(worlds: Worlds) {
    let achievement = recurring(OnCompletion).progress("anna", 4).progress("bert", 9);
    let world = worlds.with(spending_on(achievement)).await;
    let begun = world.clock().now();

    world.put("cart-1", paid(6)).await;

    let page = history(&world, request()).await;
    assert_eq!((page.data[0].status.clone(), page.data[0].start_date), (Completed, Some(begun)));
    let of_bert = GetCustomerAchievementHistory::new("bert", ID);
    assert_eq!(progress(&world, of_bert).await, amounts([9]));
}

async fn refused(world: &World, request: GetCustomerAchievementHistory) -> ApiError {
    refusal(world.api.get_customer_achievement_history(request).await)
}

async fn an_unknown_profile_has_no_history(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;

    assert_eq!(refused(&world, request()).await.status(), 404);
}

async fn an_unknown_achievement_has_no_history(worlds: Worlds) {
    let world = worlds.with(spending_on(ten()).profile("anna", Attributes::new())).await;

    let unknown = GetCustomerAchievementHistory::new("anna", 404);

    assert_eq!(refused(&world, unknown).await.status(), 404);
}

async fn a_status_that_no_tracker_has_is_refused(worlds: Worlds) {
    let world = three_days(worlds).await;

    for status in [AchievementStatus::NotStarted, "over".into()] {
        let refused = refused(&world, request().progress_status([status])).await;
        assert_eq!(refused.status(), 400);
        assert_eq!(refused.problems()[0].source.parameter.as_deref(), Some("progressStatus"));
    }
}

async fn a_page_of_the_history_out_of_range_is_refused(worlds: Worlds) {
    let world = three_days(worlds).await;

    for size in [0, 1001] {
        let refused = refused(&world, request().page_size(size)).await;
        assert_eq!(refused.status(), 400);
        assert_eq!(refused.problems()[0].source.parameter.as_deref(), Some("pageSize"));
    }
}
