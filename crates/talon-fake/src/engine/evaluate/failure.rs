//! Why rules do not apply.

use std::fmt;

use talon_core::model::{Coupon, Referral};

use super::RuleScope;
use crate::rules::Facts;
use crate::state::{FailedCodes, FailureCause, RuleFailure};

/// The outcome of a rule for one coupon, or without one.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleOutcome<'a> {
    pub(super) rule: usize,
    pub(super) coupon: Option<&'a Coupon>,
    pub(super) referral: Option<&'a Referral>,
    pub(super) failure: Option<FailureCause>,
}

/// Why a code is rejected.
#[derive(Clone, Copy, Debug)]
pub(super) enum RejectionCause {
    /// A rule of its campaign did not apply.
    Rule(FailureCause),
    /// Its campaign was not evaluated, for this reason where one is published.
    Excluded(Option<&'static str>),
}

/// A rule that rejected a code.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleRejection {
    pub(super) rule: usize,
    pub(super) cause: FailureCause,
}

impl RejectionCause {
    pub(super) fn condition_index(self) -> Option<i64> {
        self.of_rule()?.condition_index()
    }

    pub(super) fn effect_index(self) -> Option<i64> {
        self.of_rule()?.effect_index()
    }

    pub(super) fn exclusion(self) -> Option<String> {
        match self {
            Self::Excluded(reason) => reason.map(ToOwned::to_owned),
            Self::Rule(_) => None,
        }
    }

    fn of_rule(self) -> Option<FailureCause> {
        match self {
            Self::Rule(cause) => Some(cause),
            Self::Excluded(_) => None,
        }
    }
}

/// In words, for the `details` of effects.
impl fmt::Display for RejectionCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(cause) => cause.fmt(f),
            Self::Excluded(_) => f.write_str("the campaign was not evaluated"),
        }
    }
}

impl RuleScope<'_> {
    /// The failure of a rule.
    pub(super) fn failure(&self, rule: usize, cause: FailureCause) -> RuleFailure {
        let Facts { coupon, referral, .. } = self.facts;
        let has_code = coupon.is_some() || referral.is_some();
        let codes = || FailedCodes {
            coupon: coupon.map(|coupon| (coupon.id, coupon.value.clone())),
            referral: referral.map(|referral| (referral.id, referral.code.clone())),
        };
        let codes = has_code.then(|| Box::new(codes()));
        RuleFailure { campaign: self.campaign.id(), rule, cause, codes }
    }
}

impl RuleOutcome<'_> {
    /// Whether the rule did not apply to a code.
    pub(super) fn rejects_code(&self) -> bool {
        self.failure.is_some() && (self.coupon.is_some() || self.referral.is_some())
    }
}

impl RuleRejection {
    /// The rejection that is reported: the first one by an effect, since that rule was close to
    /// applying, else the first one.
    pub(super) fn reported<'o, 'a: 'o>(
        outcomes: impl Iterator<Item = &'o RuleOutcome<'a>>,
    ) -> Option<Self> {
        let rejections = outcomes
            .filter_map(|outcome| Some(Self { rule: outcome.rule, cause: outcome.failure? }));
        let is_close = |rejection: &Self| rejection.cause.is_of_effect();
        rejections.reduce(
            |first, later| {
                if is_close(&later) && !is_close(&first) { later } else { first }
            },
        )
    }
}
