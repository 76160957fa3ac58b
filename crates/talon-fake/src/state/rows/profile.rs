//! Profiles.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use talon_core::model::{CustomerProfile, Giveaway, LoyaltyMembership};
use talon_core::{
    AccountId, CampaignId, CouponCode, EventId, LoyaltyProgramId, ProfileId, ReferralCode,
    SessionId, Timestamp,
};

use super::{LoyaltyCardKey, Membership};
use crate::state::ACCOUNT;
use crate::store::{EncodableRow, EncodedRow, Row};

/// A profile and what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredProfile {
    pub(crate) profile: CustomerProfile,
    pub(crate) first_session: Option<SessionId>,
    /// The head of the list of its sessions; each names the one before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) latest_session: Option<SessionId>,
    /// The head of the list of its events; each names the one before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) latest_event: Option<EventId>,
    /// Coupons of which the profile holds reservations.
    pub(crate) reserved: BTreeSet<CouponCode>,
    /// Referrals whose advocate the profile is.
    pub(crate) advocated: BTreeSet<ReferralCode>,
    /// How often the profile redeemed each coupon.
    pub(crate) redeemed: BTreeMap<CouponCode, i64>,
    pub(crate) giveaways: Vec<Giveaway>,
    /// Loyalty cards that the profile shares.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) cards: BTreeSet<LoyaltyCardKey>,
    /// Campaigns in which the profile redeemed a referral.
    pub(crate) referred_in: BTreeSet<CampaignId>,
    /// Memberships in audiences by their ids, some of which may have ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) memberships: Vec<Membership>,
    /// Whether only an audience knows it: requests for it find no profile.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_hidden: bool,
    /// Programs in which the profile has an account.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) programs: BTreeSet<LoyaltyProgramId>,
}

impl StoredProfile {
    /// An empty profile.
    pub(crate) fn new(id: ProfileId, number: i64, now: Timestamp) -> Self {
        let profile = CustomerProfile {
            id: Some(number),
            integration_id: id,
            created: now,
            account_id: AccountId::from(ACCOUNT),
            last_activity: now,
            audience_memberships: Some(Vec::new()),
            ..CustomerProfile::default()
        };
        Self {
            profile,
            first_session: None,
            latest_session: None,
            latest_event: None,
            reserved: BTreeSet::new(),
            advocated: BTreeSet::new(),
            redeemed: BTreeMap::new(),
            giveaways: Vec::new(),
            cards: BTreeSet::new(),
            referred_in: BTreeSet::new(),
            memberships: Vec::new(),
            is_hidden: false,
            programs: BTreeSet::new(),
        }
    }

    /// The profile as replies show it, without memberships that begin later: when points become
    /// active.
    pub(crate) fn shown(&self, now: Timestamp) -> Cow<'_, CustomerProfile> {
        let memberships = self.profile.loyalty_memberships.as_ref();
        let has_begun = |it: &LoyaltyMembership| it.joined.is_none_or(|joined| joined <= now);
        if memberships.is_none_or(|all| all.iter().all(has_begun)) {
            return Cow::Borrowed(&self.profile);
        }
        let mut profile = self.profile.clone();
        let memberships = profile.loyalty_memberships.iter().flatten();
        let begun: Vec<_> = memberships.filter(|it| has_begun(it)).cloned().collect();
        profile.loyalty_memberships = Some(begun).filter(|begun| !begun.is_empty());
        Cow::Owned(profile)
    }

    /// Joins a program, at the earlier instant where the profile joins it already.
    pub(crate) fn join(&mut self, program: LoyaltyProgramId, at: Timestamp) {
        self.programs.insert(program);
        let memberships = self.profile.loyalty_memberships.get_or_insert_default();
        match memberships.iter_mut().find(|it| it.loyalty_program_id == program) {
            Some(known) => known.joined = known.joined.map(|joined| joined.min(at)),
            None => {
                memberships
                    .push(LoyaltyMembership { joined: Some(at), loyalty_program_id: program });
            }
        }
    }

    /// Takes back a membership.
    pub(crate) fn leave(&mut self, program: LoyaltyProgramId) {
        if let Some(memberships) = &mut self.profile.loyalty_memberships {
            memberships.retain(|it| it.loyalty_program_id != program);
            if memberships.is_empty() {
                self.profile.loyalty_memberships = None;
            }
        }
    }

    /// When the profile joined a program, or will with its first active points.
    pub(crate) fn joined(&self, program: LoyaltyProgramId) -> Option<Timestamp> {
        let mut memberships = self.profile.loyalty_memberships.iter().flatten();
        memberships.find(|it| it.loyalty_program_id == program)?.joined
    }
}

impl Row for StoredProfile {
    type Key = ProfileId;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &ProfileId {
        &self.profile.integration_id
    }
}

/// From how many codes, giveaways and cards on a profile is long.
const LONG: usize = 20;

impl EncodableRow for StoredProfile {
    const CHANGES_OFTEN: bool = true;

    fn is_long(&self) -> bool {
        let codes = self.redeemed.len() + self.reserved.len() + self.advocated.len();
        codes + self.giveaways.len() + self.cards.len() > LONG
    }
}
