//! When customers can make progress in an achievement.

use talon_core::Timestamp;
use talon_core::model::{AchievementActivationPolicy, AchievementRecurrencePolicy};

use super::Achievement;
use crate::zone::Zone;

impl Achievement {
    /// Its time zone, where it has one.
    pub(crate) fn own_zone(&self) -> Option<Zone> {
        Zone::named(self.time_zone.as_deref()?)
    }

    pub(crate) fn recurs_on_completion(&self) -> bool {
        self.recurrence_policy == AchievementRecurrencePolicy::OnCompletion
    }

    pub(crate) fn recurs_on_expiration(&self) -> bool {
        self.recurrence_policy == AchievementRecurrencePolicy::OnExpiration
    }

    pub(crate) fn has_fixed_schedule(&self) -> bool {
        self.activation_policy == AchievementActivationPolicy::FixedSchedule
    }

    /// Whether its end date has passed.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.end_date.is_some_and(|end| end <= now)
    }

    /// Start and end of a progress tracker that is opened now; `None` when none can be.
    pub(crate) fn period_at(
        &self,
        now: Timestamp,
        zone: &Zone,
    ) -> Option<(Timestamp, Option<Timestamp>)> {
        if self.is_over(now) {
            return None;
        }
        let end_after = |start| self.period.and_then(|period| period.end(start, zone));
        let first = self.fixed_start_date.filter(|_| self.has_fixed_schedule());
        match (first, self.period) {
            (None, _) => Some((now, end_after(now))),
            (Some(first), Some(period)) if self.recurs_on_expiration() => {
                period.window(first, now, zone)
            }
            (Some(first), _) => {
                let end = end_after(first);
                let is_within = first <= now && end.is_none_or(|end| now < end);
                is_within.then_some((first, end))
            }
        }
    }
}
