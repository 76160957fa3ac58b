//! Why rules do not apply.

use std::fmt;

use talon_core::RulesetId;
use talon_core::model::{Coupon, Referral, RuleFailureReason};

use super::RuleScope;

/// Why a rule did not apply, or an effect of it was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailureCause {
    /// This one of its conditions failed, counted from 0.
    Condition(usize),
    /// This one of its effects does not fit into a limit, counted from 0.
    Effect(usize),
    /// No giveaway is left for this one of its effects, counted from 0.
    NoGiveaway(usize),
    /// Its code was used up by an earlier rule.
    Limit,
    /// Its campaign was not evaluated, for this reason where one is published.
    Excluded(Option<&'static str>),
}

/// The outcome of a rule for one coupon, or without one.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleOutcome<'a> {
    pub(super) rule: usize,
    pub(super) coupon: Option<&'a Coupon>,
    pub(super) referral: Option<&'a Referral>,
    pub(super) failure: Option<FailureCause>,
}

/// A rule that rejected a code.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleRejection {
    pub(super) rule: usize,
    pub(super) cause: FailureCause,
}

impl FailureCause {
    pub(super) fn condition_index(self) -> Option<i64> {
        match self {
            Self::Condition(index) => i64::try_from(index).ok(),
            _ => None,
        }
    }

    pub(super) fn effect_index(self) -> Option<i64> {
        match self {
            Self::Effect(index) | Self::NoGiveaway(index) => i64::try_from(index).ok(),
            _ => None,
        }
    }

    /// Whether the rule holds, and an effect of it cannot be given.
    pub(super) fn is_of_effect(self) -> bool {
        matches!(self, Self::Effect(_) | Self::NoGiveaway(_))
    }

    pub(super) fn exclusion(self) -> Option<String> {
        match self {
            Self::Excluded(reason) => reason.map(ToOwned::to_owned),
            _ => None,
        }
    }

    /// The failure as replies report it.
    pub(super) fn of_rule(self, scope: &RuleScope<'_>, rule: usize) -> RuleFailureReason {
        let (coupon, referral) = (scope.facts.coupon, scope.facts.referral);
        RuleFailureReason {
            campaign_id: scope.campaign.id(),
            campaign_name: scope.campaign.campaign.name.clone(),
            ruleset_id: RulesetId::from(scope.campaign.ruleset_id.get()),
            coupon_id: coupon.map(|coupon| coupon.id),
            coupon_value: coupon.map(|coupon| coupon.value.clone()),
            referral_id: referral.map(|referral| referral.id),
            referral_value: referral.map(|referral| referral.code.clone()),
            rule_index: i64::try_from(rule).unwrap_or(i64::MAX),
            rule_name: scope.campaign.rules[rule].name.clone(),
            condition_index: self.condition_index(),
            effect_index: self.effect_index(),
            details: Some(self.to_string()),
            ..RuleFailureReason::default()
        }
    }
}

/// In words, for the `details` of replies.
impl fmt::Display for FailureCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition(index) => write!(f, "condition {index} of the rule does not hold"),
            Self::Effect(index) => write!(f, "effect {index} of the rule is beyond a limit"),
            Self::NoGiveaway(index) => {
                write!(f, "no giveaway is left for effect {index} of the rule")
            }
            Self::Limit => f.write_str("a limit of the code is reached"),
            Self::Excluded(_) => f.write_str("the campaign was not evaluated"),
        }
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
