//! Achievements and the progress of a customer in them, in their three shapes.

use talon_core::model::{
    AchievementAvailability, AchievementProgress, AchievementProgressWithDefinition,
    AchievementStatus, AchievementStatusEntry, CampaignReference, CustomerAchievement,
};
use talon_core::{Amount, CampaignId, ProfileId};

use crate::engine::achievements::{current, status};
use crate::engine::outcome::Outcome;
use crate::state::{ProgressTracker, StoredAchievement, Transaction};

/// A progress tracker.
pub(crate) fn progress(
    tx: &Transaction<'_>,
    achievement: &StoredAchievement,
    tracker: &ProgressTracker,
) -> AchievementProgress {
    AchievementProgress {
        status: status(tx, achievement, tracker),
        progress: tracker.progress,
        start_date: Some(tracker.start),
        completion_date: tracker.completed,
        end_date: tracker.end,
    }
}

/// The progress that counts; without dates where none has begun.
fn current_progress(
    tx: &Transaction<'_>,
    achievement: &StoredAchievement,
    profile: &ProfileId,
) -> AchievementProgress {
    let tracker = current(tx, achievement, profile);
    tracker.map_or_else(
        || AchievementProgress {
            status: AchievementStatus::NotStarted,
            progress: Amount::ZERO,
            ..AchievementProgress::default()
        },
        |tracker| progress(tx, achievement, tracker),
    )
}

/// An achievement in a list of a customer's; `None` where customers can take part neither now nor later.
pub(in crate::operations) fn status_entry(
    tx: &Transaction<'_>,
    achievement: &StoredAchievement,
    profile: &ProfileId,
) -> Option<AchievementStatusEntry> {
    let definition = &achievement.definition;
    Some(AchievementStatusEntry {
        id: definition.id,
        created: tx.state.world.now,
        name: definition.name.clone(),
        title: title(achievement),
        description: definition.description.clone(),
        target: definition.target,
        period: definition.period.map(|period| period.to_string()),
        recurrence_policy: Some(definition.recurrence_policy.clone()),
        activation_policy: Some(definition.activation_policy.clone()),
        fixed_start_date: definition.fixed_start_date,
        end_date: definition.end_date,
        allow_rollback_after_completion: Some(definition.allow_rollback_after_completion),
        campaign_id: achievement.campaigns.first().copied(),
        campaign_ids: Some(achievement.campaigns.clone()),
        referenced_by_campaigns: Some(references(tx, &achievement.campaigns)),
        status: Some(achievement.availability(&tx.state.campaigns, tx.now)?),
        current_progress: Some(current_progress(tx, achievement, profile)),
        ..AchievementStatusEntry::default()
    })
}

/// Achievements in the inventory of a profile: those that customers can take part in now.
pub(in crate::operations) fn of_inventory(
    tx: &Transaction<'_>,
    profile: &ProfileId,
) -> Vec<AchievementProgressWithDefinition> {
    let with_definition = |achievement: &StoredAchievement| {
        let definition = &achievement.definition;
        let progress = current_progress(tx, achievement, profile);
        AchievementProgressWithDefinition {
            status: progress.status,
            progress: progress.progress,
            start_date: progress.start_date,
            completion_date: progress.completion_date,
            end_date: progress.end_date,
            achievement_id: definition.id,
            name: definition.name.clone(),
            title: title(achievement),
            description: definition.description.clone(),
            campaign_id: achievement.campaigns.first().copied().unwrap_or_default(),
            campaign_ids: Some(achievement.campaigns.clone()),
            referenced_by_campaigns: Some(references(tx, &achievement.campaigns)),
            target: Some(definition.target),
            achievement_recurrence_policy: definition.recurrence_policy.clone(),
            achievement_activation_policy: definition.activation_policy.clone(),
            achievement_fixed_start_date: definition.fixed_start_date,
            achievement_end_date: definition.end_date,
            achievement_allow_rollback_after_completion: Some(
                definition.allow_rollback_after_completion,
            ),
        }
    };
    active(tx).map(with_definition).collect()
}

/// Achievements in the reply to a request: those that customers can take part in now, without
/// progress for an anonymous customer.
pub(super) fn of_customer(tx: &Transaction<'_>, outcome: &Outcome) -> Vec<CustomerAchievement> {
    let profile = outcome.profile_id();
    let of_customer = |achievement: &StoredAchievement| {
        let definition = &achievement.definition;
        CustomerAchievement {
            id: definition.id,
            name: definition.name.clone(),
            title: title(achievement),
            description: definition.description.clone(),
            target: definition.target,
            recurrence_policy: definition.recurrence_policy.clone(),
            activation_policy: definition.activation_policy.clone(),
            fixed_start_date: definition.fixed_start_date,
            end_date: definition.end_date,
            allow_rollback_after_completion: definition.allow_rollback_after_completion,
            is_capped_by_target: Some(true),
            campaign_id: achievement.campaigns.first().copied(),
            campaign_ids: Some(achievement.campaigns.clone()),
            referenced_by_campaigns: Some(references(tx, &achievement.campaigns)),
            current_progress: profile.map(|profile| current_progress(tx, achievement, profile)),
        }
    };
    active(tx).map(of_customer).collect()
}

/// The achievements that customers can take part in now, by ascending id.
fn active<'s>(tx: &Transaction<'s>) -> impl Iterator<Item = &'s StoredAchievement> {
    let (state, now) = (tx.state, tx.now);
    state.achievements.values().filter(move |achievement| {
        let availability = achievement.availability(&state.campaigns, now);
        availability == Some(AchievementAvailability::Active)
    })
}

fn title(achievement: &StoredAchievement) -> String {
    let definition = &achievement.definition;
    definition.title.clone().unwrap_or_else(|| definition.name.clone())
}

fn references(tx: &Transaction<'_>, campaigns: &[CampaignId]) -> Vec<CampaignReference> {
    let application_id = tx.state.application;
    let reference = |id: &CampaignId| CampaignReference { id: *id, application_id };
    campaigns.iter().map(reference).collect()
}
