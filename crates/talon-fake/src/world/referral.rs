//! Referrals.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::{ProfileId, ReferralCode, Timestamp};

use super::instant;

/// A referral.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Referral {
    /// Its code, at least 4 characters.
    pub code: ReferralCode,
    /// The profile that refers others.
    pub advocate_profile_integration_id: ProfileId,
    /// Whether the advocate's profile was deleted; `false` unless given, and then the world creates
    /// the profile.
    #[serde(default, skip_serializing_if = "is_false")]
    pub advocate_is_deleted: bool,
    /// The only profile that may redeem it; any profile when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub friend_profile_integration_id: Option<ProfileId>,
    /// How often it may be redeemed, 0 to 999 999; 0, the default, is unlimited.
    #[serde(default)]
    pub usage_limit: i64,
    /// The first instant at which it is valid; from the beginning when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Timestamp>,
    /// The first instant at which it is no longer valid; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<Timestamp>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Referral {
    /// A referral by `advocate`.
    pub fn new(code: impl Into<ReferralCode>, advocate: impl Into<ProfileId>) -> Self {
        Self {
            code: code.into(),
            advocate_profile_integration_id: advocate.into(),
            ..Self::default()
        }
    }

    /// Limits how often it may be redeemed, 0 to 999 999; 0 is unlimited.
    #[must_use]
    pub fn usage_limit(mut self, limit: i64) -> Self {
        self.usage_limit = limit;
        self
    }

    /// Says that the advocate's profile was deleted.
    #[must_use]
    pub fn advocate_is_deleted(mut self) -> Self {
        self.advocate_is_deleted = true;
        self
    }

    /// Makes it valid for one friend.
    #[must_use]
    pub fn friend(mut self, friend: impl Into<ProfileId>) -> Self {
        self.friend_profile_integration_id = Some(friend.into());
        self
    }

    /// Makes it valid before a [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn expires(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.expiry_date = Some(instant(at));
        self
    }

    /// Makes it valid from a [time](crate::world#times) on.
    #[must_use]
    #[track_caller]
    pub fn starts(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.start_date = Some(instant(at));
        self
    }
}
