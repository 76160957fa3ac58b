//! What an evaluation has to know of a code, be it a coupon's or a referral's.

use talon_core::effect::EffectKind;
use talon_core::model::LimitAction;
use talon_core::{CampaignId, Timestamp};

use super::Evaluator;
use super::codes::Codes;
use super::failure::{FailureCause, RuleOutcome};
use super::limits::LimitOwner;
use crate::engine::outcome::EffectReason;
use crate::rules::{Facts, Rule};
use crate::state::{StoredCampaign, Transaction};

mod coupon;
mod referral;

/// A code that a customer may enter: that of a coupon or of a referral.
pub(super) trait Code: Sized + 'static {
    type Value: Clone + PartialEq + AsRef<str> + 'static;
    type Id: From<i64>;
    type Rejection: Clone + From<Reason> + EffectReason;

    /// The action that a redemption counts as.
    const REDEMPTION: LimitAction;

    fn find<'a>(tx: &'a Transaction<'_>, value: &Self::Value) -> Option<&'a Self>;
    /// The codes of this kind in an evaluation.
    fn codes<'e, 'a>(evaluator: &'e Evaluator<'a>) -> &'e Codes<'a, Self>;
    fn codes_mut<'e, 'a>(evaluator: &'e mut Evaluator<'a>) -> &'e mut Codes<'a, Self>;
    /// The code that a rule is evaluated for.
    fn of_facts<'a>(facts: &Facts<'a>) -> Option<&'a Self>;
    /// The facts with the code.
    fn in_facts<'a>(&'a self, facts: &Facts<'a>) -> Facts<'a>;
    /// The code that a rule was evaluated for.
    fn of_outcome<'a>(outcome: &RuleOutcome<'a>) -> Option<&'a Self>;
    fn is_wanted_by(rule: &Rule) -> bool;

    fn value(&self) -> &Self::Value;
    fn id(&self) -> Self::Id;
    fn campaign_id(&self) -> CampaignId;
    /// How often it was redeemed, and how often it may be; 0 is without limit.
    fn usage(&self) -> (i64, i64);
    /// Start and end.
    fn validity(&self) -> (Option<Timestamp>, Option<Timestamp>);

    /// Checks that precede those of limits.
    fn check_first(&self, evaluator: &Evaluator<'_>) -> Result<(), Self::Rejection>;
    /// Whether the profile may redeem it.
    fn check_redeemer(
        &self,
        evaluator: &Evaluator<'_>,
        campaign: &StoredCampaign,
    ) -> Result<(), Self::Rejection>;

    fn accepted(&self) -> EffectKind;
    fn rejected(
        value: Self::Value,
        reason: Self::Rejection,
        cause: Option<FailureCause>,
    ) -> EffectKind;
}

/// Reasons of rejections that coupons and referrals share.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reason {
    NotFound,
    /// Its campaign does not run.
    CampaignNotRunning,
    /// Its campaign runs and was not evaluated.
    CampaignNotTriggered,
    /// No rule of its campaign speaks of codes of this kind.
    NoRule,
    Condition,
    Effect,
    LimitReached(LimitOwner),
    NotStarted,
    Expired,
}
