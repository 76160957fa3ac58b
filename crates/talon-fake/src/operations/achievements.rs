//! Achievements of a customer, and the history of one.

use talon_core::model::{
    AchievementAvailability, AchievementHistoryPage, AchievementPage, AchievementStatus,
    AchievementStatusEntry,
};
use talon_core::operations::{GetCustomerAchievementHistory, GetCustomerAchievements};
use talon_core::{ApiError, Problem};

use super::Execute;
use super::reply::achievements;
use crate::page::PageRequest;
use crate::state::Transaction;

/// Size of a page unless the request names one.
const PAGE_SIZE: i64 = 1000;

impl Execute for GetCustomerAchievements {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<AchievementPage, ApiError> {
        use AchievementStatus::{Completed, InProgress, NotStarted};
        let availabilities = AchievementAvailability::KNOWN.iter();
        let availabilities: Vec<_> = availabilities.map(AchievementAvailability::as_str).collect();
        let asked = self.achievement_status.iter().map(AchievementAvailability::as_str);
        check_words("achievementStatus", asked, &availabilities)?;
        let progress = [InProgress, Completed, NotStarted];
        check_statuses("currentProgressStatus", &self.progress_status, &progress)?;
        let page = PageRequest::new(self.page_size, self.skip, PAGE_SIZE)?;
        tx.expect_profile(&self.profile_id)?;
        let all = tx.state.achievements.values().filter_map(|achievement| {
            let entry = achievements::status_entry(tx, achievement, &self.profile_id)?;
            passes(self, &entry).then_some(entry)
        });
        let (total_result_size, data) = page_of(page, all.collect());
        Ok(AchievementPage { total_result_size, data })
    }
}

/// Whether an achievement passes the filters of a request.
fn passes(request: &GetCustomerAchievements, entry: &AchievementStatusEntry) -> bool {
    let campaigns = entry.campaign_ids.as_deref().unwrap_or_default();
    let is_of_campaign = request.campaign_ids.is_empty()
        || campaigns.iter().any(|campaign| request.campaign_ids.contains(campaign));
    let is_named =
        request.achievement_ids.is_empty() || request.achievement_ids.contains(&entry.id);
    let wanted = match &*request.achievement_status {
        [] => &[AchievementAvailability::Active],
        wanted => wanted,
    };
    let is_available = entry.status.as_ref().is_some_and(|status| wanted.contains(status));
    let progress = entry.current_progress.as_ref();
    let has_status = request.progress_status.is_empty()
        || progress.is_some_and(|progress| request.progress_status.contains(&progress.status));
    is_of_campaign && is_named && is_available && has_status
}

impl Execute for GetCustomerAchievementHistory {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<AchievementHistoryPage, ApiError> {
        use AchievementStatus::{Completed, Expired, InProgress};
        let statuses = [InProgress, Completed, Expired];
        check_statuses("progressStatus", &self.progress_status, &statuses)?;
        let page = PageRequest::new(self.page_size, self.skip, PAGE_SIZE)?;
        tx.expect_profile(&self.profile_id)?;
        let achievement = tx.expect_achievement(self.achievement_id)?;
        let trackers = tx.trackers(self.achievement_id, &self.profile_id).filter(|tracker| {
            self.start_date.is_none_or(|from| from <= tracker.start)
                && self.end_date.is_none_or(|until| tracker.start <= until)
        });
        let all = trackers.map(|tracker| achievements::progress(tx, achievement, tracker));
        let wanted = &self.progress_status;
        let all = all.filter(|progress| wanted.is_empty() || wanted.contains(&progress.status));
        let (total_result_size, data) = page_of(page, all.collect());
        Ok(AchievementHistoryPage { total_result_size, data })
    }
}

/// The size of a list, and the rows of its page.
fn page_of<T>(page: PageRequest, all: Vec<T>) -> (i64, Vec<T>) {
    (i64::try_from(all.len()).unwrap_or(i64::MAX), page.page(all).rows)
}

fn check_statuses(
    parameter: &str,
    asked: &[AchievementStatus],
    known: &[AchievementStatus],
) -> Result<(), ApiError> {
    let known: Vec<_> = known.iter().map(AchievementStatus::as_str).collect();
    check_words(parameter, asked.iter().map(AchievementStatus::as_str), &known)
}

/// Refuses a query parameter with a word that it does not know.
fn check_words<'w>(
    parameter: &str,
    mut asked: impl Iterator<Item = &'w str>,
    known: &[&str],
) -> Result<(), ApiError> {
    match asked.find(|word| !known.contains(word)) {
        None => Ok(()),
        Some(word) => {
            let details = format!("\"{word}\" is none of {}", known.join(", "));
            Err(ApiError::invalid(Problem::parameter(parameter, "enum", details)))
        }
    }
}
