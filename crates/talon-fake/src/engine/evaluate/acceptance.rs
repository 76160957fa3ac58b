//! Which codes of a session are valid, which are accepted, and why others are rejected.

use talon_core::{CampaignId, ProfileId, Timestamp};

use super::code::{Code, Reason};
use super::failure::{RejectionCause, RuleOutcome, RuleRejection};
use super::limits::LimitOwner;
use super::{Evaluator, RuleScope, mode};
use crate::engine::outcome::{EffectReason as _, RejectedCode};
use crate::engine::rule_ref::RuleRef;
use crate::state::{FailureCause, StoredCampaign};

/// Why a code is rejected.
struct Rejection<'r, C: Code> {
    rule: RuleRef<'r>,
    reason: C::Rejection,
    cause: Option<RejectionCause>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn profile_id(&self) -> Option<&'a ProfileId> {
        self.facts.profile.map(|profile| &profile.integration_id)
    }

    /// Codes of the session that belong to the campaign and may be redeemed, as far as that needs
    /// no rule.
    pub(super) fn valid_codes<'e, C: Code>(
        &'e self,
        campaign: &'a StoredCampaign,
    ) -> impl Iterator<Item = &'a C> + use<'e, 'a, C> {
        let codes = C::codes(self).of_campaign(campaign.id());
        codes.filter(move |code| self.check(campaign, *code).is_ok())
    }

    /// Checks of a code that need no rule, cheap ones first.
    fn check<C: Code>(
        &self,
        campaign: &'a StoredCampaign,
        code: &'a C,
    ) -> Result<(), C::Rejection> {
        if !campaign.rules.iter().any(C::is_wanted_by) {
            return Err(Reason::NoRule.into());
        }
        code.check_first(self)?;
        let (used, limit) = code.usage();
        if limit > 0 && used >= limit {
            return Err(Reason::LimitReached(LimitOwner::Code).into());
        }
        let scope = RuleScope { facts: code.in_facts(&self.facts), campaign };
        if let Some(owner) = self.usage.reached(&self.limit_scope(&scope), &C::REDEMPTION) {
            return Err(Reason::LimitReached(owner).into());
        }
        code.check_redeemer(self, campaign)?;
        check_validity(code.validity(), self.facts.now).map_err(C::Rejection::from)
    }

    /// Checks that codes which were accepted earlier in this evaluation left room for the code of
    /// this rule. In addition to a coupon, a referral uses the limits of both.
    pub(super) fn check_room<C: Code>(&self, scope: &RuleScope<'a>) -> Result<(), FailureCause> {
        let is_full = self.would_accept::<C>(scope)
            && self.usage.reached(&self.limit_scope(scope), &C::REDEMPTION).is_some();
        if is_full { Err(FailureCause::Limit) } else { Ok(()) }
    }

    /// Whether the rule has a code that none before it accepted.
    pub(super) fn would_accept<C: Code>(&self, scope: &RuleScope<'a>) -> bool {
        C::of_facts(&scope.facts).is_some_and(|code| !C::codes(self).is_accepted(code))
    }

    /// Accepts the code of a rule that applies, unless an earlier rule did.
    pub(super) fn accept<C: Code>(&mut self, scope: &RuleScope<'a>, rule: &RuleRef<'_>) {
        let Some(code) = C::of_facts(&scope.facts) else { return };
        if self.would_accept::<C>(scope) {
            let counted = self.usage.redeem(&self.limit_scope(scope), &C::REDEMPTION);
            C::codes_mut(self).accepted.push(code.value());
            self.add(rule, code.accepted(), counted);
        }
    }

    /// Rejects the codes of a campaign that none of its rules accepted.
    pub(super) fn reject_refused<C: Code>(
        &mut self,
        campaign: &'a StoredCampaign,
        outcomes: &[RuleOutcome<'a>],
    ) {
        for index in 0..C::codes(self).sent.len() {
            let (_, Some(code)) = C::codes(self).sent[index] else { continue };
            if code.campaign_id() == campaign.id() && !C::codes(self).is_accepted(code) {
                let rejection = self.rejection_by_rules(campaign, code, outcomes);
                self.reject::<C>(code.value(), code.id(), rejection);
            }
        }
    }

    fn rejection_by_rules<C: Code>(
        &self,
        campaign: &'a StoredCampaign,
        code: &'a C,
        outcomes: &[RuleOutcome<'a>],
    ) -> Rejection<'a, C> {
        let of_campaign = RuleRef::of_campaign(campaign, C::is_wanted_by);
        if let Err(reason) = self.check(campaign, code) {
            return Rejection { rule: of_campaign, reason, cause: None };
        }
        let refused = outcomes.iter().filter(|outcome| {
            C::of_outcome(outcome).is_some_and(|other| other.value() == code.value())
        });
        let Some(RuleRejection { rule, cause }) = RuleRejection::reported(refused) else {
            let reason = Reason::Condition.into();
            return Rejection { rule: of_campaign, reason, cause: None };
        };
        let reason = if cause.is_of_effect() { Reason::Effect } else { Reason::Condition };
        let rule = RuleRef::new(campaign, rule, None);
        Rejection { rule, reason: reason.into(), cause: Some(RejectionCause::Rule(cause)) }
    }

    /// Rejects unknown codes, and codes of campaigns that were not evaluated.
    pub(super) fn reject_the_rest<C: Code>(&mut self, is_restricted: bool) {
        for index in 0..C::codes(self).sent.len() {
            let (value, stored) = C::codes(self).sent[index];
            let Some(code) = stored else {
                let reason = Reason::NotFound.into();
                let rejection = Rejection { rule: RuleRef::NONE, reason, cause: None };
                self.reject::<C>(value, 0.into(), rejection);
                continue;
            };
            let Some((campaign, cause)) = self.skipped(code.campaign_id(), is_restricted) else {
                continue;
            };
            let reason = match cause {
                Some(_) => Reason::CampaignNotTriggered.into(),
                None => Reason::CampaignNotRunning.into(),
            };
            let rule = RuleRef::of_campaign(campaign, C::is_wanted_by);
            self.reject::<C>(code.value(), code.id(), Rejection { rule, reason, cause });
        }
    }

    /// The campaign, when it was not evaluated, and why although it runs.
    fn skipped(
        &self,
        id: CampaignId,
        is_restricted: bool,
    ) -> Option<(&'a StoredCampaign, Option<RejectionCause>)> {
        let campaign = self.tx.campaign(id)?;
        if self.excluded.contains(&id) {
            // No reason is published for a campaign that is limited to others.
            let is_open = campaign.is_open_to(&self.facts);
            let reason = mode::exclusion(self.tx.state.evaluation_mode).filter(|_| is_open);
            return Some((campaign, Some(RejectionCause::Excluded(reason))));
        }
        let runs = campaign.runs_at(self.facts.now);
        match &self.facts.session.evaluable_campaign_ids {
            Some(ids) if is_restricted => {
                let cause = RejectionCause::Excluded(Some(mode::NOT_IN_THE_SET));
                (!ids.contains(&id)).then_some((campaign, runs.then_some(cause)))
            }
            _ => (!runs).then_some((campaign, None)),
        }
    }

    fn reject<C: Code>(&mut self, value: &C::Value, id: C::Id, rejection: Rejection<'_, C>) {
        let Rejection { rule, reason, cause } = rejection;
        let kind = C::rejected(value.clone(), reason.clone().of_effect(), cause);
        self.found.rejections.push(rule.effect(kind));
        let rejected = RejectedCode { campaign_id: rule.campaign_id, id, reason };
        C::codes_mut(self).rejected.get_or_insert(rejected);
    }
}

/// The start counts, the end does not.
fn check_validity(
    (start, end): (Option<Timestamp>, Option<Timestamp>),
    now: Timestamp,
) -> Result<(), Reason> {
    if end.is_some_and(|end| end <= now) {
        Err(Reason::Expired)
    } else if start.is_some_and(|start| start > now) {
        Err(Reason::NotStarted)
    } else {
        Ok(())
    }
}
