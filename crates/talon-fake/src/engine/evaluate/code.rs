//! What an evaluation has to know of a code, be it a coupon's or a referral's.

use std::collections::BTreeSet;

use talon_core::effect::EffectKind;
use talon_core::model::LimitAction;
use talon_core::{CampaignId, Timestamp};

use super::Evaluator;
use super::failure::{RejectionCause, RuleOutcome};
use super::limits::LimitOwner;
use crate::engine::outcome::{EffectReason, RejectedCode};
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
    fn codes<'e, 'a>(evaluator: &'e Evaluator<'a>) -> &'e SessionCodes<'a, Self>;
    fn codes_mut<'e, 'a>(evaluator: &'e mut Evaluator<'a>) -> &'e mut SessionCodes<'a, Self>;
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
        cause: Option<RejectionCause>,
    ) -> EffectKind;
}

/// The codes of one kind in an evaluation.
pub(super) struct SessionCodes<'a, C: Code> {
    /// Codes of the session, each with what is stored of it.
    pub(super) sent: Vec<(&'a C::Value, Option<&'a C>)>,
    /// Codes that a rule accepted.
    pub(super) accepted: Vec<&'a C::Value>,
    /// The first one that was rejected.
    pub(super) rejected: Option<RejectedCode<C::Id, C::Rejection>>,
}

impl<'a, C: Code> SessionCodes<'a, C> {
    /// Codes that were sent; one in two spellings counts once where case does not matter.
    pub(super) fn new(
        tx: &'a Transaction<'a>,
        sent: impl IntoIterator<Item = &'a C::Value>,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let sent = sent.into_iter().filter(|value| !value.as_ref().is_empty());
        let sent = sent.filter(|value| seen.insert(tx.state.case.apply((*value).as_ref())));
        let sent = sent.map(|value| (value, C::find(tx, value))).collect();
        Self { sent, accepted: Vec::new(), rejected: None }
    }

    pub(super) fn is_accepted(&self, code: &C) -> bool {
        self.accepted.iter().any(|value| *value == code.value())
    }

    /// Codes that are stored and belong to the campaign.
    pub(super) fn of_campaign(
        &self,
        campaign: CampaignId,
    ) -> impl Iterator<Item = &'a C> + use<'_, 'a, C> {
        let stored = self.sent.iter().filter_map(|(_, stored)| *stored);
        stored.filter(move |code| code.campaign_id() == campaign)
    }
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
