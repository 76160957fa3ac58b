//! Progress of profiles in achievements.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use talon_core::{AchievementId, Amount, ProfileId, Timestamp};

use crate::state::key_text::{self, text_key};
use crate::store::Row;

/// A profile's part in an achievement.
///
/// Its text is such as `3/anna`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ProgressKey {
    pub(crate) achievement: AchievementId,
    pub(crate) profile: ProfileId,
}

/// The head of the list of a profile's progress trackers in an achievement; each names the one before
/// it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LatestTracker {
    pub(crate) key: ProgressKey,
    pub(crate) tracker: i64,
}

/// A profile's progress in an achievement within one period, or up to one completion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ProgressTracker {
    pub(crate) id: i64,
    pub(crate) key: ProgressKey,
    pub(crate) progress: Amount,
    pub(crate) start: Timestamp,
    /// When it ends; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) end: Option<Timestamp>,
    /// When the target was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) completed: Option<Timestamp>,
    /// The tracker before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<i64>,
}

impl ProgressTracker {
    /// A tracker without progress, of a period.
    pub(crate) fn new(
        id: i64,
        key: ProgressKey,
        (start, end): (Timestamp, Option<Timestamp>),
    ) -> Self {
        Self { id, key, progress: Amount::ZERO, start, end, completed: None, before: None }
    }
}

impl ProgressKey {
    pub(crate) fn new(achievement: AchievementId, profile: &ProfileId) -> Self {
        Self { achievement, profile: profile.clone() }
    }
}

impl fmt::Display for ProgressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.achievement)?;
        key_text::write(f, [self.profile.as_str()])
    }
}

impl FromStr for ProgressKey {
    type Err = key_text::ParseKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = key_text::parts(text);
        let achievement = key_text::number::<i64>(parts.next())?.into();
        match (parts.next(), parts.next()) {
            (Some(profile), None) => Ok(Self { achievement, profile: profile.into() }),
            _ => Err(key_text::ParseKeyError),
        }
    }
}

text_key!(ProgressKey);

impl Row for LatestTracker {
    type Key = ProgressKey;
    type Stored = Self;

    fn key(&self) -> &ProgressKey {
        &self.key
    }
}

impl Row for ProgressTracker {
    type Key = i64;
    type Stored = Self;

    fn key(&self) -> &i64 {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_key_is_read_back() {
        for profile in ["anna", "a/b%2F", ""] {
            let key = ProgressKey::new(3.into(), &profile.into());
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        for text in ["", "3", "x/anna", "3/a/b"] {
            assert!(text.parse::<ProgressKey>().is_err(), "{text}");
        }
    }
}
