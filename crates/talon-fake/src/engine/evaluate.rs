//! From facts to effects.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{
    CampaignEligibility, Coupon, CouponRejection, Referral, ReferralRejection, RuleFailureReason,
};
use talon_core::{Amount, CampaignId, CouponCode, CouponId, ReferralCode, ReferralId};

use crate::rules::Facts;
use crate::state::{BudgetKey, StoredCampaign, Transaction};

mod codes;
mod eligibility;
mod failure;
mod limit_scope;
mod limits;
mod mode;
mod rejections;
mod rewards;
mod rule_ref;

use eligibility::RuleOutcome;
use failure::{FailureCause, RuleRejection, RuleRejections};
use limit_scope::LimitScope;
use limits::LimitUsage;
use rewards::RewardOutcome;
pub(crate) use rule_ref::RuleRef;

pub(crate) use limit_scope::{has_room, use_up};
pub(crate) use limits::discount_of;
pub(crate) use rejections::EffectReason;
pub(crate) use rewards::{Grant, GrantKind};

/// What only a dry run asks of an evaluation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EvaluationOptions<'a> {
    /// Evaluate these campaigns and no others, running or not.
    pub(crate) only: Option<&'a [CampaignId]>,
    /// Tell of each campaign whether the session passes it.
    pub(crate) eligibility: bool,
}

/// What an evaluation found.
#[derive(Debug, Default)]
pub(crate) struct Evaluation {
    pub(crate) effects: Vec<Effect>,
    pub(crate) accepted_coupons: Vec<CouponCode>,
    pub(crate) accepted_referral: Option<ReferralCode>,
    /// The first coupon rejected, for the V1 API.
    pub(crate) rejected_coupon: Option<RejectedCode<CouponId, CouponRejection>>,
    pub(crate) rejected_referral: Option<RejectedCode<ReferralId, ReferralRejection>>,
    /// Rules that did not apply, and effects that did not fit into a limit.
    pub(crate) failures: Vec<RuleFailureReason>,
    /// Campaigns that were evaluated.
    pub(crate) evaluated: Vec<CampaignId>,
    /// Campaigns with a rule that fired.
    pub(crate) triggered: Vec<CampaignId>,
    /// What it would use up of the campaigns' limits.
    pub(crate) spent: Vec<(BudgetKey, Amount)>,
    /// What the codes that were not accepted are told, after everything else.
    pub(crate) rejections: Vec<Effect>,
    /// What has to be issued before its effect can be told.
    pub(crate) grants: Vec<Grant>,
    /// Which campaigns the session passes, where that was options for.
    pub(crate) eligibility: Option<Vec<CampaignEligibility>>,
}

/// A code that was rejected, and why; of no campaign when nobody knows it.
#[derive(Clone, Debug)]
pub(crate) struct RejectedCode<Id, Reason> {
    pub(crate) campaign_id: CampaignId,
    pub(crate) id: Id,
    pub(crate) reason: Reason,
}

/// Evaluates every campaign that runs, or of a dry run those it names.
///
/// Effects of rules come in the order of campaigns and rules; rejections of coupons come before
/// that of the referral.
pub(crate) fn evaluate(
    tx: &Transaction<'_>,
    facts: &Facts<'_>,
    options: EvaluationOptions<'_>,
) -> Evaluation {
    let campaigns = tx.state.campaigns.iter().filter(|campaign| match options.only {
        Some(ids) => ids.contains(&campaign.id()),
        None => campaign.runs_at(facts.now),
    });
    let campaigns: Vec<_> = campaigns.collect();
    let chosen = mode::chosen(tx, facts, &campaigns);
    let mut run = Evaluator::new(tx, facts);
    run.found.eligibility = options.eligibility.then(Vec::new);
    for campaign in &campaigns {
        match chosen {
            Some(one) if one != campaign.id() => run.excluded.push(campaign.id()),
            _ => {
                run.found.evaluated.push(campaign.id());
                run.campaign(campaign);
            }
        }
    }
    run.reject_the_rest(options.only.is_some());
    run.tell_of_the_skipped();
    run.found.spent = run.usage.into_budgets();
    run.found
}

struct Evaluator<'a> {
    tx: &'a Transaction<'a>,
    facts: Facts<'a>,
    found: Evaluation,
    usage: LimitUsage,
    /// Campaigns that another one was chosen over.
    excluded: Vec<CampaignId>,
}

impl<'a> Evaluator<'a> {
    fn new(tx: &'a Transaction<'a>, facts: &Facts<'a>) -> Self {
        let (found, usage) = (Evaluation::default(), LimitUsage::default());
        Self { tx, facts: *facts, found, usage, excluded: Vec::new() }
    }

    fn campaign(&mut self, campaign: &'a StoredCampaign) {
        let coupons = self.eligible_coupons(campaign);
        let referral = self.eligible_referral(campaign);
        let (mut refusals, mut tried) = (RuleRejections::default(), Vec::new());
        for (index, rule) in campaign.rules.iter().enumerate() {
            let referral = rule.when.wants_referral().then_some(referral).flatten();
            let once = [None];
            let each: Vec<_> = coupons.iter().copied().map(Some).collect();
            // A rule that speaks of coupons runs once for each of them, and without one where
            // there is none: it may ask for just that.
            let runs = if rule.when.wants_coupon() && !each.is_empty() { &each } else { &once[..] };
            for coupon in runs {
                let scope = self.scope(campaign, *coupon, referral);
                let outcome = self.rule(&scope, index);
                if self.found.eligibility.is_some() {
                    tried.push(RuleOutcome::new(&scope, index, outcome.err()));
                }
                if let Err(cause) = outcome {
                    self.found.failures.push(cause.of_rule(&scope, index));
                    refusals.note(&scope, RuleRejection { rule: index, cause });
                }
            }
        }
        self.tell_of(campaign, &coupons, &tried);
        self.reject_coupons_of(campaign, &refusals);
        self.reject_referral_of(campaign, &refusals);
    }

    fn scope(
        &self,
        campaign: &'a StoredCampaign,
        coupon: Option<&'a Coupon>,
        referral: Option<&'a Referral>,
    ) -> LimitScope<'a> {
        LimitScope { tx: self.tx, facts: Facts { coupon, referral, ..self.facts }, campaign }
    }

    /// Evaluates one rule, for one coupon where it asks for coupons.
    ///
    /// An effect beyond a limit is dropped, and the others stay. But where a code has yet to be
    /// accepted it is not, and the rule gives nothing: a code that is rejected is worth nothing.
    fn rule(&mut self, scope: &LimitScope<'a>, index: usize) -> Result<(), FailureCause> {
        let rule = &scope.campaign.rules[index];
        if let Some(condition) = rule.when.first_failing(&scope.facts) {
            return Err(FailureCause::Condition(condition));
        }
        self.check_codes(scope)?;
        let before = self.usage.clone();
        let (mut given, mut beyond) = (Vec::new(), None);
        for (effect, mut one) in rewards::of_rule(rule, &scope.facts) {
            if let RewardOutcome::Effect(kind) = &mut one {
                if !self.is_affordable(kind, &given) {
                    continue;
                }
                if self.usage.spend(scope, kind).is_err() {
                    beyond.get_or_insert(FailureCause::Effect(effect));
                    continue;
                }
            }
            given.push(one);
        }
        if let Some(cause) = beyond {
            if self.has_code_to_accept(scope) || given.is_empty() {
                self.usage = before;
                return Err(cause);
            }
            self.found.failures.push(cause.of_rule(scope, index));
        }
        self.fire(scope, index, given);
        Ok(())
    }

    /// Accepts the codes of a rule that applies, and gives what it gives.
    fn fire(&mut self, scope: &LimitScope<'a>, index: usize, given: Vec<RewardOutcome>) {
        let origin = RuleRef::of(scope.campaign, index, scope.facts.coupon);
        if let Some(coupon) = scope.facts.coupon {
            self.accept_coupon(scope, &origin, coupon);
        }
        if let Some(referral) = scope.facts.referral {
            self.accept_referral(scope, &origin, referral);
        }
        for one in given {
            match one {
                RewardOutcome::Effect(kind) => self.found.effects.push(origin.effect(kind)),
                RewardOutcome::Grant(promised) => {
                    let position = self.found.effects.len();
                    self.found.grants.push(promised.by(&origin, position));
                }
            }
        }
        let campaign = scope.campaign.id();
        if !self.found.triggered.contains(&campaign) {
            self.found.triggered.push(campaign);
        }
    }

    /// Whether a code of this rule was accepted by none before it.
    fn has_code_to_accept(&self, scope: &LimitScope<'_>) -> bool {
        let accepted = &self.found.accepted_coupons;
        scope.facts.coupon.is_some_and(|coupon| !accepted.contains(&coupon.value))
            || scope.facts.referral.is_some() && self.found.accepted_referral.is_none()
    }

    /// Codes accepted earlier in this evaluation may have used up what was left.
    fn check_codes(&self, scope: &LimitScope<'_>) -> Result<(), FailureCause> {
        let coupon = scope.facts.coupon;
        if coupon.is_some_and(|coupon| !self.found.accepted_coupons.contains(&coupon.value)) {
            self.usage.check_coupon(scope).map_err(|_| FailureCause::Limit)?;
        }
        // Beside a coupon, a referral uses up the limits of both.
        if scope.facts.referral.is_some() && self.found.accepted_referral.is_none() {
            self.usage.check_referral(scope).map_err(|_| FailureCause::Limit)?;
        }
        Ok(())
    }

    /// Points that a profile does not have, or spends already, are not deducted.
    fn is_affordable(&self, kind: &EffectKind, of_this_rule: &[RewardOutcome]) -> bool {
        let EffectKind::DeductLoyaltyPoints(deduct) = kind else { return true };
        let of_this_rule = of_this_rule.iter().filter_map(|given| match given {
            RewardOutcome::Effect(kind) => Some(kind),
            RewardOutcome::Grant(_) => None,
        });
        let earlier = self.found.effects.iter().map(|effect| &effect.kind).chain(of_this_rule);
        let ledger = (deduct.program_id, &deduct.sub_ledger_id);
        let spent: Amount = earlier
            .filter_map(|kind| match kind {
                EffectKind::DeductLoyaltyPoints(other) => Some(other),
                _ => None,
            })
            .filter(|other| (other.program_id, &other.sub_ledger_id) == ledger)
            .map(|other| other.value)
            .sum();
        let profile = self.facts.profile.map(|profile| &profile.integration_id);
        let balance = profile.map(|profile| {
            let (program, subledger) = (deduct.program_id, &*deduct.sub_ledger_id);
            self.tx.balance(profile, program, subledger, self.facts.now).active
        });
        balance.unwrap_or_default() >= spent + deduct.value
    }
}
