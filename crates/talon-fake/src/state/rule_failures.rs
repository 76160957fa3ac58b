//! Why rules did not apply, without the texts of replies.

use std::fmt;
use std::sync::Arc;

use talon_core::model::RuleFailureReason;
use talon_core::{CampaignId, CouponCode, CouponId, ReferralCode, ReferralId};

use super::Campaigns;

/// Why a rule did not apply, or an effect of it was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureCause {
    /// This one of its conditions failed, counted from 0.
    Condition(usize),
    /// This one of its effects does not fit into a limit, counted from 0.
    Effect(usize),
    /// No giveaway is left for this one of its effects, counted from 0.
    NoGiveaway(usize),
    /// Its code was used up by an earlier rule.
    Limit,
}

/// A rule that did not apply, or an effect of it that was dropped.
///
/// A session may fail thousands of rules, and few requests ask for the reasons: the texts are those of
/// the campaign, and are made when they are read.
#[derive(Clone, Debug)]
pub(crate) struct RuleFailure {
    pub(crate) campaign: CampaignId,
    pub(crate) rule: usize,
    pub(crate) cause: FailureCause,
    /// The codes that the rule was evaluated for, if any.
    pub(crate) codes: Option<Box<FailedCodes>>,
}

/// The codes of a session that a rule did not apply to.
#[derive(Clone, Debug)]
pub(crate) struct FailedCodes {
    pub(crate) coupon: Option<(CouponId, CouponCode)>,
    pub(crate) referral: Option<(ReferralId, ReferralCode)>,
}

/// The failures of one request, and the campaigns as they were at that time.
#[derive(Debug)]
pub(crate) struct RuleFailures {
    campaigns: Arc<Campaigns>,
    failures: Vec<RuleFailure>,
}

impl FailureCause {
    pub(crate) fn condition_index(self) -> Option<i64> {
        match self {
            Self::Condition(index) => i64::try_from(index).ok(),
            _ => None,
        }
    }

    pub(crate) fn effect_index(self) -> Option<i64> {
        match self {
            Self::Effect(index) | Self::NoGiveaway(index) => i64::try_from(index).ok(),
            _ => None,
        }
    }

    /// Whether the rule holds, and an effect of it cannot be given.
    pub(crate) fn is_of_effect(self) -> bool {
        matches!(self, Self::Effect(_) | Self::NoGiveaway(_))
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
        }
    }
}

impl RuleFailure {
    /// The failure as replies report it; `None` of a campaign that is not among them.
    pub(crate) fn reason(&self, campaigns: &Campaigns) -> Option<RuleFailureReason> {
        let campaign = campaigns.get(self.campaign)?;
        let codes = self.codes.as_deref();
        let (coupon_id, coupon_value) = codes.and_then(|codes| codes.coupon.clone()).unzip();
        let (referral_id, referral_value) = codes.and_then(|it| it.referral.clone()).unzip();
        Some(RuleFailureReason {
            campaign_id: self.campaign,
            campaign_name: campaign.campaign.name.clone(),
            ruleset_id: campaign.ruleset_id,
            coupon_id,
            coupon_value,
            referral_id,
            referral_value,
            rule_index: i64::try_from(self.rule).unwrap_or(i64::MAX),
            rule_name: campaign.rules.get(self.rule)?.name.clone(),
            condition_index: self.cause.condition_index(),
            effect_index: self.cause.effect_index(),
            details: Some(self.cause.to_string()),
            ..RuleFailureReason::default()
        })
    }
}

impl RuleFailures {
    pub(crate) fn new(campaigns: &Arc<Campaigns>, failures: Vec<RuleFailure>) -> Self {
        Self { campaigns: Arc::clone(campaigns), failures }
    }

    pub(crate) fn len(&self) -> usize {
        self.failures.len()
    }

    /// The failures as replies report them.
    pub(crate) fn reasons(&self) -> Vec<RuleFailureReason> {
        self.failures.iter().filter_map(|failure| failure.reason(&self.campaigns)).collect()
    }
}
