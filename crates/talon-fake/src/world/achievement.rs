//! Achievements.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::model::{AchievementActivationPolicy, AchievementRecurrencePolicy};
use talon_core::{AchievementId, Amount, CampaignId, ProfileId, Timestamp};

use super::{World, instant};
use crate::rules::Period;

mod schedule;

/// An achievement: a target that customers reach by the progress that rules give them.
///
/// Progress stops at the target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Achievement {
    /// Its id.
    pub id: AchievementId,
    /// Its name in effects: a letter, then one or more letters, digits and `_`.
    pub name: String,
    /// Title shown to customers; the name when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The progress that completes it, more than 0 and at most 10¹⁵.
    pub target: Amount,
    /// Campaigns that use it, in addition to those whose rules name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub campaign_ids: Vec<CampaignId>,
    /// Whether and when it can be repeated; `no_recurrence` unless given.
    #[serde(default = "no_recurrence")]
    pub recurrence_policy: AchievementRecurrencePolicy,
    /// What starts its period; `user_action`, the first progress, unless given.
    #[serde(default = "user_action")]
    pub activation_policy: AchievementActivationPolicy,
    /// IANA name of the time zone of its periods; that of the application unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The time that a customer has; unlimited when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The start of the first period on a fixed schedule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_start_date: Option<Timestamp>,
    /// The first instant at which no customer makes progress; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Timestamp>,
    /// Whether progress can be rolled back after completion, which one that recurs on completion
    /// never allows; not unless given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_rollback_after_completion: bool,
    /// Progress that profiles have from the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<InitialProgress>,
}

/// Progress that a profile has from the start. A profile that is not declared is created.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InitialProgress {
    /// The profile.
    pub profile: ProfileId,
    /// Its progress, from 0 to the target, which completes the achievement. Less than the target in an
    /// achievement that recurs on completion.
    pub progress: Amount,
    /// When its progress began, and was completed; the time of the world unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Timestamp>,
}

fn no_recurrence() -> AchievementRecurrencePolicy {
    AchievementRecurrencePolicy::NoRecurrence
}

fn user_action() -> AchievementActivationPolicy {
    AchievementActivationPolicy::UserAction
}

impl Achievement {
    /// An achievement that is completed once, without a time limit.
    ///
    /// ```
    /// use talon_core::model::AchievementRecurrencePolicy;
    /// use talon_fake::world::Achievement;
    ///
    /// let coffees = Achievement::new(3, "TenCoffees", 10)
    ///     .recurs(AchievementRecurrencePolicy::OnExpiration)
    ///     .period("1M_U".parse()?)
    ///     .progress("anna", 4);
    ///
    /// let of_a_file = r#"{"id": 3, "name": "TenCoffees", "target": 10,
    ///     "recurrencePolicy": "on_expiration", "period": "1M_U",
    ///     "progress": [{"profile": "anna", "progress": 4}]}"#;
    /// assert_eq!(coffees, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        id: impl Into<AchievementId>,
        name: impl Into<String>,
        target: impl Into<Amount>,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            title: None,
            description: String::new(),
            target: target.into(),
            campaign_ids: Vec::new(),
            time_zone: None,
            recurrence_policy: no_recurrence(),
            activation_policy: user_action(),
            period: None,
            fixed_start_date: None,
            end_date: None,
            allow_rollback_after_completion: false,
            progress: Vec::new(),
        }
    }

    /// Sets the title that customers see.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Adds a campaign that uses it, whose rules need not name it.
    #[must_use]
    pub fn campaign(mut self, id: impl Into<CampaignId>) -> Self {
        self.campaign_ids.push(id.into());
        self
    }

    /// Sets the time zone of its periods by its IANA name, such as `Europe/Berlin`.
    #[must_use]
    pub fn time_zone(mut self, name: impl Into<String>) -> Self {
        self.time_zone = Some(name.into());
        self
    }

    /// Sets whether and when it can be repeated.
    #[must_use]
    pub fn recurs(mut self, policy: AchievementRecurrencePolicy) -> Self {
        self.recurrence_policy = policy;
        self
    }

    /// Sets the time that a customer has.
    #[must_use]
    pub fn period(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Has its periods follow a fixed schedule, the same for all customers, which begins
    /// at this [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn fixed_schedule(mut self, start: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.activation_policy = AchievementActivationPolicy::FixedSchedule;
        self.fixed_start_date = Some(instant(start));
        self
    }

    /// Ends it for all customers at this [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn ends(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.end_date = Some(instant(at));
        self
    }

    /// Allows that progress is rolled back after completion.
    #[must_use]
    pub fn allow_rollback_after_completion(mut self) -> Self {
        self.allow_rollback_after_completion = true;
        self
    }

    /// Gives a profile progress from the start.
    #[must_use]
    pub fn progress(mut self, profile: impl Into<ProfileId>, progress: impl Into<Amount>) -> Self {
        let (profile, progress) = (profile.into(), progress.into());
        self.progress.push(InitialProgress { profile, progress, start: None });
        self
    }

    /// Gives a profile progress that began at this [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn progress_since(
        mut self,
        start: impl TryInto<Timestamp, Error: fmt::Display>,
        profile: impl Into<ProfileId>,
        progress: impl Into<Amount>,
    ) -> Self {
        let (profile, progress, start) = (profile.into(), progress.into(), Some(instant(start)));
        self.progress.push(InitialProgress { profile, progress, start });
        self
    }
}

impl World {
    /// Adds an achievement.
    #[must_use]
    pub fn achievement(mut self, achievement: Achievement) -> Self {
        self.achievements.push(achievement);
        self
    }
}
