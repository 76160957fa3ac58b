//! What a rule may look at.

use std::collections::BTreeSet;

use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Event, Referral};
use talon_core::{AchievementId, AudienceId, Timestamp};

use super::{CaseSensitivity, NamedCards};
use crate::zone::Zone;

mod ledgers;

pub use ledgers::BalanceKind;
pub(crate) use ledgers::{LedgerFacts, NoLedgers};

/// Everything an evaluation knows.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Instant of the evaluation.
    pub now: Timestamp,
    /// The session as the request leaves it, totals computed.
    pub session: &'a CustomerSessionV2,
    /// The profile as the request leaves it; `None` for an anonymous customer.
    pub profile: Option<&'a CustomerProfile>,
    /// The event the evaluation is for, when it is for one.
    pub event: Option<&'a Event>,
    /// The coupon under evaluation, in rules that ask for one.
    pub coupon: Option<&'a Coupon>,
    /// The referral under evaluation, in rules that ask for one.
    pub referral: Option<&'a Referral>,
    /// The advocate of the session's referral, when the code is known.
    pub(crate) advocate: Option<&'a CustomerProfile>,
    pub(crate) audience_changes: Option<&'a AudienceChanges>,
    /// Achievements that the profile has completed; known while a rule is evaluated.
    pub(crate) completed_achievements: Option<&'a BTreeSet<AchievementId>>,
    pub(crate) ledgers: &'a dyn LedgerFacts,
    pub(crate) cards: &'a NamedCards,
    pub(crate) zone: &'a Zone,
    pub(crate) case: CaseSensitivity,
    pub(crate) costs: &'a CostIds,
}

/// Audiences that a request made its profile join, and those that it made it leave.
#[derive(Clone, Debug, Default)]
pub(crate) struct AudienceChanges {
    pub(crate) joined: BTreeSet<AudienceId>,
    pub(crate) left: BTreeSet<AudienceId>,
}

/// Ids of additional costs by name, the same in every cart.
pub(crate) type CostIds = std::collections::BTreeMap<String, i64>;

impl Facts<'_> {
    /// The id of an additional cost that a rule names.
    pub(crate) fn cost_id(&self, name: &str) -> i64 {
        self.costs.get(name).copied().unwrap_or_default()
    }

    /// The time where the application is.
    pub(crate) fn local(&self) -> jiff::civil::DateTime {
        self.zone.local(self.now)
    }
}
