//! Audiences and their members.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use talon_core::{AudienceId, ProfileId};

use crate::store::{MergeRow, Row};

/// An audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StoredAudience {
    pub(crate) id: AudienceId,
    pub(crate) name: String,
}

/// The profiles in an audience. The audiences of a profile are in its row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AudienceMembers {
    audience: AudienceId,
    profiles: BTreeSet<ProfileId>,
}

/// Profiles that join an audience (`true`) or leave it.
pub(crate) type MembershipChanges = BTreeMap<ProfileId, bool>;

impl Row for StoredAudience {
    type Key = AudienceId;
    type Stored = Self;

    fn key(&self) -> &AudienceId {
        &self.id
    }
}

impl Row for AudienceMembers {
    type Key = AudienceId;
    type Stored = Self;

    fn key(&self) -> &AudienceId {
        &self.audience
    }
}

/// Changes of different profiles commute; those of one profile conflict in its row.
impl MergeRow for AudienceMembers {
    type Delta = MembershipChanges;

    fn empty(audience: AudienceId) -> Self {
        Self { audience, profiles: BTreeSet::new() }
    }

    fn is_empty(&self) -> bool {
        self.profiles.is_empty()
    }

    fn merge(&mut self, changes: &MembershipChanges) {
        for (profile, joins) in changes {
            if *joins {
                self.profiles.insert(profile.clone());
            } else {
                self.profiles.remove(profile);
            }
        }
    }
}
