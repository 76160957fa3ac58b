//! Why rules do not apply.

use std::fmt;

use talon_core::model::RuleFailureReason;
use talon_core::{CouponCode, RulesetId};

use super::limit_scope::LimitScope;

/// Why a rule did not apply, or an effect of it was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailureCause {
    /// This one of its conditions failed, counted from 0.
    Condition(usize),
    /// This one of its effects does not fit into a limit, counted from 0.
    Effect(usize),
    /// Its code was used up by a rule before it.
    Limit,
    /// Its campaign was not evaluated, for this reason where it is published.
    Excluded(Option<&'static str>),
}

/// A rule that refused a code.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleRejection {
    pub(super) rule: usize,
    pub(super) cause: FailureCause,
}

/// What the rules of a campaign had against its codes.
#[derive(Debug, Default)]
pub(super) struct RuleRejections<'a> {
    coupons: Vec<(&'a CouponCode, RuleRejection)>,
    referral: Option<RuleRejection>,
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
            Self::Effect(index) => i64::try_from(index).ok(),
            _ => None,
        }
    }

    pub(super) fn exclusion(self) -> Option<String> {
        match self {
            Self::Excluded(reason) => reason.map(ToOwned::to_owned),
            _ => None,
        }
    }

    /// The failure as a reply tells it.
    pub(super) fn of_rule(self, scope: &LimitScope<'_>, rule: usize) -> RuleFailureReason {
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
            Self::Limit => f.write_str("a limit of the code is reached"),
            Self::Excluded(_) => f.write_str("the campaign was not evaluated"),
        }
    }
}

impl<'a> RuleRejections<'a> {
    pub(super) fn note(&mut self, scope: &LimitScope<'a>, refused: RuleRejection) {
        if let Some(coupon) = scope.facts.coupon {
            self.coupons.push((&coupon.value, refused));
        }
        if scope.facts.referral.is_some() {
            self.referral = Some(self.referral.map_or(refused, |first| first.or(refused)));
        }
    }

    /// What is told of a coupon that no rule accepted.
    pub(super) fn of_coupon(&self, code: &CouponCode) -> Option<RuleRejection> {
        let mine = self.coupons.iter().filter(|(refused, _)| *refused == code);
        mine.map(|(_, refused)| *refused).reduce(RuleRejection::or)
    }

    /// What is told of a referral that no rule accepted.
    pub(super) fn of_referral(&self) -> Option<RuleRejection> {
        self.referral
    }
}

impl RuleRejection {
    /// A rule that was close to applying says more than one that was not; else the first.
    fn or(self, later: Self) -> Self {
        let is_close = |refused: Self| matches!(refused.cause, FailureCause::Effect(_));
        if is_close(later) && !is_close(self) { later } else { self }
    }
}
