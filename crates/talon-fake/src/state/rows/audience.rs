//! Audiences and their members.

use std::collections::BTreeMap;

use rpds::RedBlackTreeSetSync;
use serde::{Deserialize, Serialize};
use talon_core::model::Audience;
use talon_core::{AudienceId, ProfileId, Timestamp};

use super::AudienceNameKey;
use crate::store::{MergeRow, Row};

/// An audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredAudience {
    pub(crate) audience: Audience,
    /// Changes when all memberships end, which so changes no row of a profile. No number is used
    /// twice for the same id.
    pub(crate) generation: i64,
}

impl StoredAudience {
    /// Its id in the integration that it comes from.
    pub(crate) fn name(&self) -> Option<AudienceNameKey> {
        let Audience { integration, integration_id, .. } = &self.audience;
        Some(AudienceNameKey::new(integration.as_deref(), integration_id.as_ref()?))
    }
}

/// A membership, in the row of its profile. It has ended when the generation of the audience is
/// another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Membership {
    pub(crate) audience: AudienceId,
    pub(crate) generation: i64,
}

/// The profiles in an audience. The audiences of a profile are in its row.
///
/// Copies share the set, so that readers and snapshots cost a change nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AudienceMembers {
    audience: AudienceId,
    pub(crate) profiles: RedBlackTreeSetSync<ProfileId>,
    /// When a membership began or ended last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) changed: Option<Timestamp>,
}

/// Memberships of an audience that begin and end.
#[derive(Debug, Default)]
pub(crate) struct MembershipChanges {
    /// Whether those before end first.
    end_all: bool,
    /// Profiles that join (`true`) or leave.
    profiles: BTreeMap<ProfileId, bool>,
    changed: Option<Timestamp>,
}

impl AudienceMembers {
    /// The members that an audience begins with.
    pub(crate) fn new(audience: AudienceId, profiles: impl IntoIterator<Item = ProfileId>) -> Self {
        Self { audience, profiles: profiles.into_iter().collect(), changed: None }
    }
}

impl MembershipChanges {
    /// The profile joins (`true`) or leaves.
    pub(crate) fn set(&mut self, profile: ProfileId, is_member: bool, now: Timestamp) {
        self.profiles.insert(profile, is_member);
        self.changed = Some(now);
    }

    /// All memberships end; `None` leaves no trace, for an audience that is deleted.
    pub(crate) fn end_all(&mut self, now: Option<Timestamp>) {
        *self = Self { end_all: true, profiles: BTreeMap::new(), changed: now };
    }
}

impl Row for StoredAudience {
    type Key = AudienceId;
    type Stored = Self;

    fn key(&self) -> &AudienceId {
        &self.audience.id
    }
}

impl Row for AudienceMembers {
    type Key = AudienceId;
    type Stored = Self;

    fn key(&self) -> &AudienceId {
        &self.audience
    }
}

/// Changes of different profiles commute; those of one profile conflict in its row, and the end of
/// all memberships conflicts with every other change in the row of the audience.
impl MergeRow for AudienceMembers {
    type Delta = MembershipChanges;

    fn empty(audience: AudienceId) -> Self {
        Self { audience, ..Self::default() }
    }

    fn is_empty(&self) -> bool {
        self.profiles.is_empty() && self.changed.is_none()
    }

    fn merge(&mut self, changes: &MembershipChanges) {
        if changes.end_all {
            *self = Self::empty(self.audience);
        }
        for (profile, joins) in &changes.profiles {
            if *joins {
                self.profiles.insert_mut(profile.clone());
            } else {
                self.profiles.remove_mut(profile);
            }
        }
        self.changed = self.changed.max(changes.changed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> AudienceMembers {
        AudienceMembers::new(7.into(), ["anna".into(), "ben".into()])
    }

    #[test]
    fn a_copy_keeps_its_members() {
        let mut members = AudienceMembers::empty(7.into());
        let (now, mut joins) = (Timestamp::UNIX_EPOCH, MembershipChanges::default());
        joins.set("anna".into(), true, now);
        joins.set("ben".into(), true, now);
        members.merge(&joins);
        let copy = members.clone();

        let mut leaves = MembershipChanges::default();
        leaves.set("anna".into(), false, now);
        members.merge(&leaves);

        assert_eq!(copy, AudienceMembers { changed: Some(now), ..both() });
        let only_ben = AudienceMembers::new(7.into(), ["ben".into()]);
        assert_eq!(members, AudienceMembers { changed: Some(now), ..only_ben });
    }

    #[test]
    fn the_end_of_all_memberships_precedes_the_changes_after_it() {
        let mut members = AudienceMembers::empty(7.into());
        let now = Timestamp::UNIX_EPOCH;
        let mut joins = MembershipChanges::default();
        joins.set("anna".into(), true, now);
        members.merge(&joins);

        let mut changes = MembershipChanges::default();
        changes.set("ben".into(), true, now);
        changes.end_all(Some(now));
        changes.set("carl".into(), true, now);
        members.merge(&changes);
        assert_eq!(members.profiles.iter().map(ProfileId::as_str).collect::<Vec<_>>(), ["carl"]);

        let mut forgotten = MembershipChanges::default();
        forgotten.end_all(None);
        members.merge(&forgotten);
        assert!(members.is_empty());
    }
}
