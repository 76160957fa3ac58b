//! Conditions about audiences.

use talon_core::AudienceId;
use talon_core::model::CustomerProfile;

use super::Condition;
use crate::rules::Facts;

impl Condition {
    /// Whether it asks for memberships in the audience.
    pub(crate) fn names_audience(&self, id: AudienceId) -> bool {
        self.mentions(&|part| match part {
            Self::InAudience(it)
            | Self::AdvocateInAudience(it)
            | Self::JoinedAudience(it)
            | Self::LeftAudience(it) => *it == id,
            _ => false,
        })
    }
}

/// Whether the profile is a member.
pub(super) fn is_member(facts: &Facts<'_>, id: AudienceId) -> bool {
    facts.profile.is_some_and(|profile| belongs_to(profile, id))
}

/// Whether the advocate of the referral is a member.
pub(super) fn has_advocate(facts: &Facts<'_>, id: AudienceId) -> bool {
    let advocate = facts.advocate.filter(|_| facts.referral.is_some());
    advocate.is_some_and(|advocate| belongs_to(advocate, id))
}

fn belongs_to(profile: &CustomerProfile, id: AudienceId) -> bool {
    let memberships = profile.audience_memberships.as_ref();
    memberships.into_iter().flatten().any(|membership| membership.id == id)
}

/// Whether the request made the profile a member.
pub(super) fn was_joined(facts: &Facts<'_>, id: AudienceId) -> bool {
    facts.audience_changes.is_some_and(|changes| changes.joined.contains(&id))
}

/// Whether the request ended the profile's membership.
pub(super) fn was_left(facts: &Facts<'_>, id: AudienceId) -> bool {
    facts.audience_changes.is_some_and(|changes| changes.left.contains(&id))
}
