//! Achievements that a customer can take part in. BEHAVIOUR-today 6.3.

use talon_core::model::AchievementStatus::{Completed, InProgress, NotStarted};
use talon_fake::Achievement;

use super::{ID, paid, spending_on, ten};
use crate::prelude::*;

cases! {
    "getCustomerAchievements" {
        success an_achievement_is_returned_with_the_progress,
        surprise an_achievement_without_progress_is_not_started,
        surprise by_default_only_active_achievements_are_listed,
        detail scheduled_achievements_are_listed_on_request,
        detail an_achievement_is_not_listed_after_its_end_date,
        detail the_campaigns_are_those_whose_rules_name_it,
        detail campaigns_are_a_filter,
        detail ids_are_a_filter,
        detail progress_is_a_filter,
        detail pages_follow_each_other,
        detail a_page_has_1000_achievements_by_default,
        refused(404) an_unknown_profile_has_no_achievements,
        refused(400) unknown_enum_values_are_refused,
        refused(400) a_page_size_out_of_range_is_refused,
    }
}

fn request() -> GetCustomerAchievements {
    GetCustomerAchievements::new("anna")
}

async fn list(world: &World, request: GetCustomerAchievements) -> AchievementPage {
    world.api.get_customer_achievements(request).await.expect("the profile is known")
}

async fn ids(world: &World, request: GetCustomerAchievements) -> Vec<i64> {
    list(world, request).await.data.iter().map(|entry| entry.id.get()).collect()
}

async fn an_achievement_is_returned_with_the_progress(worlds: Worlds) {
    let achievement = ten()
        .title("Ten spent")
        .description("Ten in a month")
        .period("1M".parse().expect("a period"))
        .fixed_schedule(at("2026-01-01T00:00:00Z"))
        .ends(at("2027-01-01T00:00:00Z"))
        .allow_rollback_after_completion();
    let world = worlds.with(spending_on(achievement)).await;
    world.put("cart-1", paid(4)).await;

    let page = list(&world, request()).await;

    let campaign = seed::campaign_id();
    let reference = CampaignReference { id: campaign, application_id: 1.into() };
    let progress = AchievementProgress {
        status: InProgress,
        progress: 4.into(),
        start_date: Some(at("2026-01-01T00:00:00Z")),
        end_date: Some(at("2026-02-01T00:00:00Z")),
        ..AchievementProgress::default()
    };
    let entry = AchievementStatusEntry {
        id: ID.into(),
        created: world.clock().now(),
        name: "TenSpent".into(),
        title: "Ten spent".into(),
        description: "Ten in a month".into(),
        target: 10.into(),
        period: Some("1M".into()),
        recurrence_policy: Some(AchievementRecurrencePolicy::NoRecurrence),
        activation_policy: Some(AchievementActivationPolicy::FixedSchedule),
        fixed_start_date: Some(at("2026-01-01T00:00:00Z")),
        end_date: Some(at("2027-01-01T00:00:00Z")),
        allow_rollback_after_completion: Some(true),
        campaign_id: Some(campaign),
        campaign_ids: Some(vec![campaign]),
        referenced_by_campaigns: Some(vec![reference]),
        status: Some(AchievementAvailability::Active),
        current_progress: Some(progress),
        ..AchievementStatusEntry::default()
    };
    assert_eq!((page.total_result_size, page.data), (1, vec![entry]));
}

async fn an_achievement_without_progress_is_not_started(worlds: Worlds) {
    let world = worlds.with(spending_on(ten()).profile("anna", Attributes::new())).await;

    let page = list(&world, request()).await;

    let progress = page.data[0].current_progress.as_ref().expect("always sent");
    let not_started = AchievementProgress { status: NotStarted, ..AchievementProgress::default() };
    assert_eq!(*progress, not_started);
    assert_eq!((page.data[0].title.as_str(), page.data[0].description.as_str()), ("TenSpent", ""));
}

/// Achievements of campaigns in every state: 1 and 2 run, 3 and 4 are scheduled, the others are
/// disabled, over or of no campaign.
fn of_all_states() -> Seed {
    let campaign = |id: i64| Campaign::new(format!("Campaign {id}")).id(id);
    let of = |id: i64, campaign: i64| Achievement::new(id, "Progress", 10).campaign(campaign);
    Seed::new()
        .campaign(campaign(10))
        .campaign(campaign(20).starts(at("2026-06-01T00:00:00Z")))
        .campaign(campaign(30).ends(at("2025-06-01T00:00:00Z")))
        .campaign(campaign(40).state(CampaignState::Disabled))
        .achievement(of(2, 10))
        .achievement(of(1, 10).campaign(40))
        .achievement(of(3, 20))
        .achievement(of(4, 10).fixed_schedule(at("2026-06-01T00:00:00Z")))
        .achievement(of(5, 30))
        .achievement(of(6, 40))
        .achievement(of(7, 10).ends(at("2026-01-01T00:00:00Z")))
        .achievement(Achievement::new(8, "Nobody", 10))
        .profile("anna", Attributes::new())
}

async fn by_default_only_active_achievements_are_listed(worlds: Worlds) {
    let world = worlds.with(of_all_states()).await;

    assert_eq!(ids(&world, request()).await, [1, 2]);
}

async fn scheduled_achievements_are_listed_on_request(worlds: Worlds) {
    use AchievementAvailability::{Active, Scheduled};
    let world = worlds.with(of_all_states()).await;

    let scheduled = ids(&world, request().achievement_status([Scheduled])).await;
    let both = ids(&world, request().achievement_status([Active, Scheduled])).await;
    world.clock().set(at("2026-06-01T00:00:00Z"));

    assert_eq!((scheduled, both), (vec![3, 4], vec![1, 2, 3, 4]));
    assert_eq!(ids(&world, request()).await, [1, 2, 3, 4]);
}

async fn an_achievement_is_not_listed_after_its_end_date(worlds: Worlds) {
    let world = worlds.with(spending_on(ten().ends(at("2026-03-01T00:00:00Z")))).await;
    world.put("cart-1", paid(4)).await;
    let before = ids(&world, request()).await;

    world.clock().set(at("2026-03-01T00:00:00Z"));

    assert_eq!((before, ids(&world, request()).await), (vec![ID], vec![]));
}

async fn the_campaigns_are_those_whose_rules_name_it(worlds: Worlds) {
    let completed = !Condition::AchievementCompleted(ID.into());
    let asking = Campaign::new("Ask").id(5).rule(seed::ten_percent().when(completed));
    let starting = Rule::new("Start").then(Reward::StartAchievementProgress(ID.into()));
    let starting = Campaign::new("Start").id(300).rule(starting);
    let other = Campaign::new("Other").id(7).rule(seed::ten_percent());
    let seed = spending_on(ten()).campaign(asking).campaign(starting).campaign(other);
    let world = worlds.with(seed.profile("anna", Attributes::new())).await;

    let page = list(&world, request()).await;

    let ids = [5, seed::CAMPAIGN, 300].map(talon_core::CampaignId::from);
    assert_eq!(page.data[0].campaign_ids.as_deref(), Some(&ids[..]));
    assert_eq!(page.data[0].campaign_id, Some(ids[0]));
    let references = page.data[0].referenced_by_campaigns.iter().flatten();
    assert!(references.map(|reference| reference.id).eq(ids));
}

async fn campaigns_are_a_filter(worlds: Worlds) {
    let world = worlds.with(of_all_states()).await;

    assert_eq!(ids(&world, request().campaign_ids([10])).await, [1, 2]);
    assert_eq!(ids(&world, request().campaign_ids([40, 404])).await, [1]);
    assert!(ids(&world, request().campaign_ids([404])).await.is_empty());
}

async fn ids_are_a_filter(worlds: Worlds) {
    let world = worlds.with(of_all_states()).await;

    assert_eq!(ids(&world, request().achievement_ids([2, 404, 3])).await, [2]);
    assert!(ids(&world, request().achievement_ids([404])).await.is_empty());
}

async fn progress_is_a_filter(worlds: Worlds) {
    let progress = |id: i64| Achievement::new(id, "Progress", 10).campaign(seed::CAMPAIGN);
    let seed = seed::summer()
        .achievement(progress(1))
        .achievement(progress(2).progress("anna", 4))
        .achievement(progress(3).progress("anna", 10));
    let world = worlds.with(seed).await;

    assert_eq!(ids(&world, request().progress_status([NotStarted])).await, [1]);
    assert_eq!(ids(&world, request().progress_status([InProgress])).await, [2]);
    assert_eq!(ids(&world, request().progress_status([Completed])).await, [3]);
    assert_eq!(ids(&world, request().progress_status([Completed, NotStarted])).await, [1, 3]);
}

/// This many achievements of a campaign that runs.
fn many(count: i64) -> Seed {
    let seed = seed::summer().profile("anna", Attributes::new());
    (1..=count).fold(seed, |seed, id| {
        seed.achievement(Achievement::new(id, "Progress", 10).campaign(seed::CAMPAIGN))
    })
}

async fn pages_follow_each_other(worlds: Worlds) {
    let world = worlds.with(many(5)).await;
    let page = async |skip| {
        let page = list(&world, request().page_size(2).skip(skip)).await;
        let ids: Vec<_> = page.data.iter().map(|entry| entry.id.get()).collect();
        (page.total_result_size, ids)
    };

    assert_eq!(page(0).await, (5, vec![1, 2]));
    assert_eq!(page(2).await, (5, vec![3, 4]));
    assert_eq!(page(4).await, (5, vec![5]));
    assert_eq!(page(6).await, (5, vec![]));
}

async fn a_page_has_1000_achievements_by_default(worlds: Worlds) {
    let world = worlds.with(many(1001)).await;

    let page = list(&world, request()).await;

    assert_eq!((page.total_result_size, page.data.len()), (1001, 1000));
}

async fn an_unknown_profile_has_no_achievements(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;

    let refused = refusal(world.api.get_customer_achievements(request()).await);

    assert_eq!(refused.status(), 404);
}

/// The parameter that a request is refused for.
async fn refused_for(world: &World, request: GetCustomerAchievements) -> (u16, String) {
    let refused = refusal(world.api.get_customer_achievements(request).await);
    let parameter = refused.problems()[0].source.parameter.clone();
    (refused.status().as_u16(), parameter.expect("a parameter"))
}

async fn unknown_enum_values_are_refused(worlds: Worlds) {
    let world = worlds.with(of_all_states()).await;

    let over = request().achievement_status([AchievementAvailability::Active, "over".into()]);
    let expired = request().progress_status([AchievementStatus::Expired]);

    assert_eq!(refused_for(&world, over).await, (400, "achievementStatus".into()));
    assert_eq!(refused_for(&world, expired).await, (400, "currentProgressStatus".into()));
}

async fn a_page_size_out_of_range_is_refused(worlds: Worlds) {
    let world = worlds.with(of_all_states()).await;

    for size in [0, 1001] {
        let refused = refused_for(&world, request().page_size(size)).await;
        assert_eq!(refused, (400, "pageSize".into()));
    }
    assert_eq!(refused_for(&world, request().skip(-1)).await, (400, "skip".into()));
}
