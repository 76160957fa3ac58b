//! Achievements: progress that rules add, and how customers see it.

use talon_core::AchievementId;
use talon_core::effect::IncreaseAchievementProgress;
use talon_core::model::{AchievementRecurrencePolicy, CustomerProfileUpdate};
use talon_fake::Achievement;
use talon_fake::rules::Progress;

use crate::prelude::*;

pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod progress;
pub(crate) mod recurrence;
pub(crate) mod replies;
pub(crate) mod rollback;

/// The achievement of most cases.
const ID: i64 = 3;

/// It is completed by 10.
fn ten() -> Achievement {
    Achievement::new(ID, "TenSpent", 10)
}

fn recurring(policy: AchievementRecurrencePolicy) -> Achievement {
    ten().recurs(policy)
}

/// Progress by the sum of the cart.
fn what_is_spent() -> Reward {
    let (achievement_id, percent) = (AchievementId::from(ID), Some(100.into()));
    Reward::IncreaseAchievementProgress(Progress { achievement_id, percent, amount: None })
}

/// A campaign that adds what is spent to the progress.
fn counting() -> Campaign {
    Campaign::new("Count").id(seed::CAMPAIGN).rule(Rule::new("Spent").then(what_is_spent()))
}

/// A world in which what is spent is progress in an achievement.
fn spending_on(achievement: Achievement) -> Seed {
    seed::of(counting()).achievement(achievement)
}

fn hours(hours: u64) -> std::time::Duration {
    std::time::Duration::from_secs(hours * 3600)
}

/// A purchase of Anna.
fn paid(price: i64) -> NewCustomerSessionV2 {
    cart(price).profile("anna").state(SessionState::Closed)
}

/// Every increase among effects.
fn increases(reply: &impl ReadEffects) -> Vec<&IncreaseAchievementProgress> {
    let increases = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::IncreaseAchievementProgress(increase) => Some(increase),
        _ => None,
    });
    increases.collect()
}

/// Delta, value and completion of every increase among effects.
fn steps(reply: &impl ReadEffects) -> Vec<(Amount, Amount, bool)> {
    let step = |it: &IncreaseAchievementProgress| (it.delta, it.value, it.is_just_completed);
    increases(reply).into_iter().map(step).collect()
}

fn step(delta: i64, value: i64, is_just_completed: bool) -> (Amount, Amount, bool) {
    (delta.into(), value.into(), is_just_completed)
}

/// The progress of a profile in the achievement.
async fn progress_of(world: &World, profile: &str) -> AchievementProgress {
    let request = GetCustomerAchievements::new(profile).achievement_ids([ID]);
    let page = world.api.get_customer_achievements(request).await.expect("a known profile");
    let entry = page.data.into_iter().next().expect("it is active");
    entry.current_progress.expect("always sent")
}

/// Status and progress of Anna in the achievement.
async fn standing(world: &World) -> (AchievementStatus, Amount) {
    let progress = progress_of(world, "anna").await;
    (progress.status, progress.progress)
}

/// Status and progress of each progress tracker of Anna, the latest first.
async fn trackers(world: &World) -> Vec<(AchievementStatus, Amount)> {
    let request = GetCustomerAchievementHistory::new("anna", ID);
    let page = world.api.get_customer_achievement_history(request).await.expect("both are known");
    page.data.into_iter().map(|it| (it.status, it.progress)).collect()
}

/// Runs the rules for Anna without a session.
async fn update_profile(world: &World, content: &[ResponseContent]) -> CustomerProfileUpdate {
    let profile = NewCustomerProfile::default().response_content(content.iter().cloned());
    let request = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(true);
    world.api.update_customer_profile_v2(request).await.expect("the update is accepted")
}
