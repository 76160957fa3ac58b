//! Achievements in replies and in the inventory. BEHAVIOUR-today 6.4.

use talon_core::model::AchievementStatus::{InProgress, NotStarted};

use super::{ID, counting, paid, recurring, spending_on, ten, update_profile};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success achievements_are_returned_as_the_request_leaves_them,
        surprise an_open_session_does_not_change_the_progress,
        detail an_anonymous_customer_has_no_progress,
        detail only_achievements_that_are_active_are_returned,
        detail a_campaign_that_uses_achievements_has_the_feature,
    }
    "updateCustomerProfileV2" {
        detail achievements_are_returned_with_a_profile,
    }
    "trackEventV2" {
        detail achievements_are_returned_with_an_event,
    }
    "getCustomerInventory" {
        detail achievements_are_part_of_the_inventory,
    }
}

async fn put(world: &World, session: NewCustomerSessionV2) -> Vec<CustomerAchievement> {
    let content = [ResponseContent::Achievements];
    let reply =
        world.send(UpdateCustomerSessionV2::new("cart-1", session).response_content(content)).await;
    reply.achievements.expect("asked for")
}

/// Status and progress of the only achievement.
fn only(achievements: &[CustomerAchievement]) -> (AchievementStatus, Amount) {
    let [CustomerAchievement { current_progress: Some(progress), .. }] = achievements else {
        panic!("{achievements:?}");
    };
    (progress.status.clone(), progress.progress)
}

async fn achievements_are_returned_as_the_request_leaves_them(worlds: Worlds) {
    let achievement = ten().title("Ten spent").ends(at("2027-01-01T00:00:00Z"));
    let world = worlds.with(spending_on(achievement)).await;

    let achievements = put(&world, paid(4)).await;

    let campaign = seed::campaign_id();
    let reference = CampaignReference { id: campaign, application_id: 1.into() };
    let progress = AchievementProgress {
        status: InProgress,
        progress: 4.into(),
        start_date: Some(world.clock().now()),
        ..AchievementProgress::default()
    };
    let expected = CustomerAchievement {
        id: ID.into(),
        name: "TenSpent".into(),
        title: "Ten spent".into(),
        target: 10.into(),
        recurrence_policy: AchievementRecurrencePolicy::NoRecurrence,
        activation_policy: AchievementActivationPolicy::UserAction,
        end_date: Some(at("2027-01-01T00:00:00Z")),
        is_capped_by_target: Some(true),
        campaign_id: Some(campaign),
        campaign_ids: Some(vec![campaign]),
        referenced_by_campaigns: Some(vec![reference]),
        current_progress: Some(progress),
        ..CustomerAchievement::default()
    };
    assert_eq!(achievements, [expected]);
}

async fn an_open_session_does_not_change_the_progress(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;

    let achievements = put(&world, cart(4).profile("anna")).await;

    assert_eq!(only(&achievements), (NotStarted, 0.into()));
}

async fn an_anonymous_customer_has_no_progress(worlds: Worlds) {
    let world = worlds.with(spending_on(ten())).await;

    let achievements = put(&world, cart(4)).await;

    assert_eq!(achievements.len(), 1);
    assert_eq!(achievements[0].current_progress, None);
}

async fn only_achievements_that_are_active_are_returned(worlds: Worlds) {
    let scheduled = ten().fixed_schedule(at("2026-06-01T00:00:00Z"));
    let world = worlds.with(spending_on(scheduled)).await;

    assert!(put(&world, paid(4)).await.is_empty());
    world.clock().set(at("2026-06-01T00:00:00Z"));
    let request = NewCustomerProfile::default().response_content([ResponseContent::Achievements]);
    let request = UpdateCustomerProfileV2::new("anna", request).run_rule_engine(true);
    let reply = world.api.update_customer_profile_v2(request).await.expect("accepted");
    assert_eq!(reply.achievements.map(|achievements| achievements.len()), Some(1));
}

fn one_each() -> Seed {
    seed::always(Reward::increase_achievement_progress(ID, 1)).achievement(ten())
}

async fn achievements_are_returned_with_a_profile(worlds: Worlds) {
    let world = worlds.with(one_each()).await;

    let reply = update_profile(&world, &[ResponseContent::Achievements]).await;

    assert_eq!(only(&reply.achievements.expect("asked for")), (InProgress, 1.into()));
}

async fn achievements_are_returned_with_an_event(worlds: Worlds) {
    let world = worlds.with(one_each()).await;

    let event = NewEventV2::new("danced", "anna").response_content([ResponseContent::Achievements]);
    let reply = world.track_v2(TrackEventV2::new(event)).await;

    assert_eq!(only(&reply.achievements.expect("asked for")), (InProgress, 1.into()));
}

async fn achievements_are_part_of_the_inventory(worlds: Worlds) {
    let monthly = recurring(AchievementRecurrencePolicy::OnExpiration)
        .description("Ten in a month")
        .fixed_schedule(at("2026-01-01T00:00:00Z"))
        .period("1M".parse().expect("a period"));
    let world = worlds.with(spending_on(monthly)).await;
    world.put("cart-1", paid(4)).await;

    let request = GetCustomerInventory::new("anna").achievements(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("known");

    let campaign = seed::campaign_id();
    let reference = CampaignReference { id: campaign, application_id: 1.into() };
    let expected = AchievementProgressWithDefinition {
        status: InProgress,
        progress: 4.into(),
        start_date: Some(at("2026-01-01T00:00:00Z")),
        end_date: Some(at("2026-02-01T00:00:00Z")),
        achievement_id: ID.into(),
        name: "TenSpent".into(),
        title: "TenSpent".into(),
        description: "Ten in a month".into(),
        campaign_id: campaign,
        campaign_ids: Some(vec![campaign]),
        referenced_by_campaigns: Some(vec![reference]),
        target: Some(10.into()),
        achievement_recurrence_policy: AchievementRecurrencePolicy::OnExpiration,
        achievement_activation_policy: AchievementActivationPolicy::FixedSchedule,
        achievement_fixed_start_date: Some(at("2026-01-01T00:00:00Z")),
        achievement_allow_rollback_after_completion: Some(false),
        ..AchievementProgressWithDefinition::default()
    };
    assert_eq!(inventory.achievements, Some(vec![expected]));
}

async fn a_campaign_that_uses_achievements_has_the_feature(worlds: Worlds) {
    let world = worlds.with(seed::of(counting()).achievement(ten())).await;

    let reply = world.put("cart-1", paid(4)).await;

    let campaigns = reply.triggered_campaigns.expect("asked for");
    assert!(campaigns[0].features.contains(&CampaignFeature::Achievements));
}
