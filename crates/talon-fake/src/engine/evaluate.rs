//! From facts to effects.
//!
//! Evaluation only reads: it has the transaction as a shared reference, and every method that
//! writes takes a mutable one. It returns the effects, what they use of limits, and the grants;
//! other modules of the engine write them.

use talon_core::Amount;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{CampaignFeature, Coupon, Referral};
use talon_core::{CampaignId, CouponId};

use super::achievements::TentativeProgress;
use super::ledger::{TentativeLedgers, account_of_customer};
use super::limits::LimitScope;
use super::outcome::{Evaluation, EvaluationOptions, Grant, GrantKind, LimitUse};
use super::rule_ref::RuleRef;
use crate::rules::Facts;
use crate::state::{FailureCause, StoredCampaign, Transaction};

mod acceptance;
mod code;
mod eligibility;
mod experiment;
mod failure;
mod giveaways;
mod limits;
mod links;
mod mode;
mod progress;
mod rewards;

use code::SessionCodes;
use failure::RuleOutcome;
use limits::{Counted, LimitUsage};
use rewards::{Given, RewardOutcome};

/// Evaluates every campaign that runs, or the campaigns that the options name.
///
/// Effects of rules come in the order of campaigns and rules; rejections of coupons precede that
/// of the referral.
pub(super) fn evaluate(
    tx: &Transaction<'_>,
    facts: &Facts<'_>,
    options: EvaluationOptions<'_>,
) -> Evaluation {
    let campaigns = tx.state.campaigns.iter().filter(|campaign| match options.only {
        Some(ids) => ids.contains(&campaign.id()) && !campaign.is_archived(),
        None => campaign.runs_at(facts.now),
    });
    let advanced = &CampaignFeature::AdvancedEvents;
    let campaigns = campaigns.filter(|campaign| {
        !options.advanced_events || campaign.campaign.features.contains(advanced)
    });
    let (campaigns, closed): (Vec<_>, Vec<_>) =
        campaigns.partition(|campaign| campaign.is_open_to(facts));
    let chosen = if options.ignores_mode {
        None
    } else {
        mode::chosen(tx, facts, &campaigns, options.awarded)
    };
    let mut evaluator = Evaluator::new(tx, facts, options.awarded);
    evaluator.found.eligibility = options.eligibility.then(Vec::new);
    evaluator.progress.subtract(options.progress_given);
    evaluator.excluded = closed.into_iter().map(StoredCampaign::id).collect();
    for campaign in &campaigns {
        match chosen {
            Some(one) if one != campaign.id() => evaluator.excluded.push(campaign.id()),
            _ => {
                evaluator.found.evaluated.push(campaign.id());
                evaluator.campaign(campaign);
            }
        }
    }
    evaluator.reject_the_rest::<Coupon>(options.only.is_some());
    evaluator.reject_the_rest::<Referral>(options.only.is_some());
    evaluator.report_skipped();
    evaluator.into_evaluation()
}

/// An evaluation that is under way.
struct Evaluator<'a> {
    tx: &'a Transaction<'a>,
    facts: Facts<'a>,
    found: Evaluation,
    usage: LimitUsage,
    progress: TentativeProgress,
    coupons: SessionCodes<'a, Coupon>,
    referrals: SessionCodes<'a, Referral>,
    /// Campaigns that are limited to others, and those that another one was chosen over.
    excluded: Vec<CampaignId>,
    /// Ledgers with the points of the effects that were found.
    ledgers: TentativeLedgers<'a>,
    /// Giveaways that an earlier close of the session awarded.
    awarded: &'a [Effect],
}

/// A campaign, and the facts with the codes that a rule is evaluated for.
#[derive(Clone, Copy)]
struct RuleScope<'a> {
    facts: Facts<'a>,
    campaign: &'a StoredCampaign,
}

impl RuleScope<'_> {
    fn coupon_id(&self) -> Option<CouponId> {
        self.facts.coupon.map(|coupon| coupon.id)
    }
}

impl<'a> Evaluator<'a> {
    fn new(tx: &'a Transaction<'a>, facts: &Facts<'a>, awarded: &'a [Effect]) -> Self {
        Self {
            tx,
            facts: *facts,
            found: Evaluation::default(),
            usage: LimitUsage::default(),
            progress: TentativeProgress::new(tx, facts.profile.map(|it| &it.integration_id)),
            coupons: SessionCodes::new(tx, facts.session.coupon_codes.iter().flatten()),
            referrals: SessionCodes::new(tx, &facts.session.referral_code),
            excluded: Vec::new(),
            ledgers: TentativeLedgers::new(tx, facts.session),
            awarded,
        }
    }

    fn into_evaluation(self) -> Evaluation {
        Evaluation {
            rejected_coupon: self.coupons.rejected,
            rejected_referral: self.referrals.rejected,
            ..self.found
        }
    }

    fn campaign(&mut self, campaign: &'a StoredCampaign) {
        let coupons: Vec<_> = self.valid_codes::<Coupon>(campaign).map(Some).collect();
        let referral = self.valid_codes::<Referral>(campaign).next();
        let mut outcomes = Vec::new();
        for (rule, data) in campaign.rules.iter().enumerate() {
            let referral = data.when.wants_referral().then_some(referral).flatten();
            // A rule that speaks of coupons is evaluated once for each of them, and once without
            // where there is none, since its condition may be just that.
            let each = data.when.wants_coupon() && !coupons.is_empty();
            for coupon in if each { &coupons[..] } else { &[None] } {
                let facts = Facts { coupon: *coupon, referral, ..self.facts };
                let scope = RuleScope { facts, campaign };
                let failure = self.rule(&scope, rule).err();
                if let Some(cause) = failure {
                    self.found.failures.push(scope.failure(rule, cause));
                }
                let outcome = RuleOutcome { rule, coupon: *coupon, referral, failure };
                if self.found.eligibility.is_some() || outcome.rejects_code() {
                    outcomes.push(outcome);
                }
            }
        }
        self.report(campaign, &coupons, &outcomes);
        self.reject_refused::<Coupon>(campaign, &outcomes);
        self.reject_refused::<Referral>(campaign, &outcomes);
    }

    /// Evaluates one rule, for one coupon where it speaks of coupons.
    ///
    /// An effect that exceeds a limit is dropped, and the others stay. Where the rule would accept
    /// a code, all of its effects are dropped instead: a code that is rejected gives nothing.
    fn rule(&mut self, scope: &RuleScope<'a>, rule: usize) -> Result<(), FailureCause> {
        let data = &scope.campaign.rules[rule];
        if let Some(condition) = data.when.first_failing(&self.facts_of(scope)) {
            return Err(FailureCause::Condition(condition));
        }
        self.check_room::<Coupon>(scope)?;
        self.check_room::<Referral>(scope)?;
        let mut given = rewards::of_rule(self.tx, data, &scope.facts);
        if let Some(cause) = self.afford(scope, rule, &mut given) {
            let accepts =
                self.would_accept::<Coupon>(scope) || self.would_accept::<Referral>(scope);
            if accepts || given.is_empty() {
                self.give_back(scope, &given);
                return Err(cause);
            }
            self.found.failures.push(scope.failure(rule, cause));
        }
        self.apply(scope, rule, given);
        Ok(())
    }

    /// Keeps what fits into the limits, the balance and the pools of giveaways. Returns why the first of
    /// the others does not fit into a limit or a pool.
    fn afford(
        &mut self,
        scope: &RuleScope<'a>,
        rule: usize,
        given: &mut Vec<Given>,
    ) -> Option<FailureCause> {
        let limits = self.limit_scope(scope);
        let (mut kept, mut exceeded) = (0, None);
        for index in 0..given.len() {
            let (before, this) = given.split_at_mut(index);
            let (before, Given { reward, outcome, counted }) = (&before[..kept], &mut this[0]);
            if let RewardOutcome::Grant(GrantKind::AwardGiveaway(pool)) = outcome
                && let Err(cause) = self.check_giveaway(scope, (rule, *reward), *pool, before)
            {
                exceeded.get_or_insert(cause);
                continue;
            }
            if let RewardOutcome::Effect(kind) = outcome {
                if !self.is_affordable(kind, before) {
                    continue;
                }
                let Ok(of_effect) = self.usage.spend(&limits, kind) else {
                    exceeded.get_or_insert(FailureCause::Effect(*reward));
                    continue;
                };
                *counted = of_effect;
            }
            if kept < index {
                given.swap(kept, index);
            }
            kept += 1;
        }
        given.truncate(kept);
        exceeded
    }

    fn give_back(&mut self, scope: &RuleScope<'a>, given: &[Given]) {
        for Given { outcome, counted, .. } in given {
            if let RewardOutcome::Effect(kind) = outcome {
                self.usage.give_back(scope.facts.coupon, kind, counted);
            }
        }
    }

    /// Accepts the codes of a rule that applies, and adds its rewards.
    fn apply(&mut self, scope: &RuleScope<'a>, rule: usize, given: Vec<Given>) {
        let rule_ref = RuleRef::new(scope.campaign, rule, scope.coupon_id());
        self.accept::<Coupon>(scope, &rule_ref);
        self.accept::<Referral>(scope, &rule_ref);
        self.found.effects.reserve(given.len());
        for Given { outcome, counted, .. } in given {
            match outcome {
                RewardOutcome::Effect(kind) => self.add(&rule_ref, kind, counted),
                RewardOutcome::Grant(kind) => self.grant(&rule_ref, rule, kind),
                RewardOutcome::Progress(change) => self.change_progress(&rule_ref, change),
            }
        }
        let campaign = scope.campaign.id();
        if !self.found.triggered.contains(&campaign) {
            self.found.triggered.push(campaign);
        }
    }

    /// Adds an effect, with the counters that it counts against.
    fn add(&mut self, rule_ref: &RuleRef<'_>, kind: EffectKind, counted: Counted) {
        let effect = self.found.effects.len();
        let uses = counted.into_iter().map(|(key, amount)| LimitUse { effect, key, amount });
        self.found.limit_uses.extend(uses);
        let effect = rule_ref.effect(kind);
        let tier = self.ledgers.record(&effect.rule_name, &effect.kind);
        self.found.effects.push(effect);
        self.found.effects.extend(tier.map(|tier| rule_ref.effect(tier)));
    }

    fn grant(&mut self, rule_ref: &RuleRef<'_>, rule: usize, kind: GrantKind) {
        let position = self.found.effects.len();
        let RuleRef { campaign_id, coupon_id, .. } = *rule_ref;
        self.found.grants.push(Grant { kind, position, campaign_id, rule, coupon_id });
    }

    fn limit_scope(&self, scope: &RuleScope<'a>) -> LimitScope<'a> {
        let Facts { session, coupon, referral, .. } = scope.facts;
        LimitScope { tx: self.tx, campaign: scope.campaign, session, coupon, referral }
    }

    /// Whether the profile has the points that an effect deducts, less those that are deducted
    /// already.
    fn is_affordable(&self, kind: &EffectKind, of_this_rule: &[Given]) -> bool {
        let EffectKind::DeductLoyaltyPoints(deduct) = kind else { return true };
        let of_this_rule = of_this_rule.iter().filter_map(|given| match &given.outcome {
            RewardOutcome::Effect(kind) => Some(kind),
            RewardOutcome::Grant(_) | RewardOutcome::Progress(_) => None,
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
        let account = account_of_customer(self.tx, self.facts.session, deduct.program_id);
        let balance = account.map(|key| self.tx.balance(&key, &deduct.sub_ledger_id).active);
        balance.unwrap_or_default() >= spent + deduct.value
    }
}
