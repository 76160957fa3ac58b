//! From facts to effects.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{
    CampaignEligibility, Coupon, CouponRejection, Referral, ReferralRejection, RuleFailureReason,
};
use talon_core::{Amount, CampaignId, CouponCode, CouponId, ReferralCode, ReferralId};

use super::Facts;
use crate::state::{BudgetKey, StoredCampaign, Transaction};

mod budget;
mod effects;
mod eligibility;
mod eligible;
mod mode;
mod origin;
mod place;
mod refused;
mod verdict;

use budget::Spending;
use effects::Given;
use eligibility::Tried;
pub(crate) use origin::Origin;
use place::Place;
use refused::{Cause, Refusals, Refused};

pub(crate) use budget::{discount_of, is_of_cart};
pub(crate) use effects::{Promise, Promised};
pub(crate) use place::{has_room, use_up};
pub(crate) use verdict::EffectReason;

/// What only a dry run asks of an evaluation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked<'a> {
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
    pub(crate) rejected_coupon: Option<Rejected<CouponId, CouponRejection>>,
    pub(crate) rejected_referral: Option<Rejected<ReferralId, ReferralRejection>>,
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
    /// What has to be made before its effect can be told.
    pub(crate) promises: Vec<Promise>,
    /// Which campaigns the session passes, where that was asked for.
    pub(crate) eligibility: Option<Vec<CampaignEligibility>>,
}

/// A code that was rejected, and why; of no campaign when nobody knows it.
#[derive(Clone, Debug)]
pub(crate) struct Rejected<Id, Reason> {
    pub(crate) campaign_id: CampaignId,
    pub(crate) id: Id,
    pub(crate) reason: Reason,
}

/// Evaluates every campaign that runs, or of a dry run those it names.
///
/// Effects of rules come in the order of campaigns and rules; rejections of coupons come before
/// that of the referral.
pub(crate) fn evaluate(tx: &Transaction<'_>, facts: &Facts<'_>, asked: Asked<'_>) -> Evaluation {
    let campaigns = tx.state.campaigns.iter().filter(|campaign| match asked.only {
        Some(ids) => ids.contains(&campaign.id()),
        None => campaign.runs_at(facts.now),
    });
    let campaigns: Vec<_> = campaigns.collect();
    let chosen = mode::chosen(tx, facts, &campaigns);
    let mut run = Run::new(tx, facts);
    run.found.eligibility = asked.eligibility.then(Vec::new);
    for campaign in &campaigns {
        match chosen {
            Some(one) if one != campaign.id() => run.excluded.push(campaign.id()),
            _ => {
                run.found.evaluated.push(campaign.id());
                run.campaign(campaign);
            }
        }
    }
    run.reject_the_rest(asked.only.is_some());
    run.tell_of_the_skipped();
    run.found.spent = run.spending.into_budgets();
    run.found
}

struct Run<'a> {
    tx: &'a Transaction<'a>,
    facts: Facts<'a>,
    found: Evaluation,
    spending: Spending,
    /// Campaigns that another one was chosen over.
    excluded: Vec<CampaignId>,
}

impl<'a> Run<'a> {
    fn new(tx: &'a Transaction<'a>, facts: &Facts<'a>) -> Self {
        let (found, spending) = (Evaluation::default(), Spending::default());
        Self { tx, facts: *facts, found, spending, excluded: Vec::new() }
    }

    fn campaign(&mut self, campaign: &'a StoredCampaign) {
        let coupons = self.eligible_coupons(campaign);
        let referral = self.eligible_referral(campaign);
        let (mut refusals, mut tried) = (Refusals::default(), Vec::new());
        for (index, rule) in campaign.rules.iter().enumerate() {
            let referral = rule.when.wants_referral().then_some(referral).flatten();
            let once = [None];
            let each: Vec<_> = coupons.iter().copied().map(Some).collect();
            // A rule that speaks of coupons runs once for each of them, and without one where
            // there is none: it may ask for just that.
            let runs = if rule.when.wants_coupon() && !each.is_empty() { &each } else { &once[..] };
            for coupon in runs {
                let place = self.place(campaign, *coupon, referral);
                let outcome = self.rule(&place, index);
                if self.found.eligibility.is_some() {
                    tried.push(Tried::new(&place, index, outcome.err()));
                }
                if let Err(cause) = outcome {
                    self.found.failures.push(cause.of_rule(&place, index));
                    refusals.note(&place, Refused { rule: index, cause });
                }
            }
        }
        self.tell_of(campaign, &coupons, &tried);
        self.reject_coupons_of(campaign, &refusals);
        self.reject_referral_of(campaign, &refusals);
    }

    fn place(
        &self,
        campaign: &'a StoredCampaign,
        coupon: Option<&'a Coupon>,
        referral: Option<&'a Referral>,
    ) -> Place<'a> {
        Place { tx: self.tx, facts: Facts { coupon, referral, ..self.facts }, campaign }
    }

    /// Evaluates one rule, for one coupon where it asks for coupons.
    ///
    /// An effect beyond a limit is dropped, and the others stay. But where a code has yet to be
    /// accepted it is not, and the rule gives nothing: a code that is rejected is worth nothing.
    fn rule(&mut self, place: &Place<'a>, index: usize) -> Result<(), Cause> {
        let rule = &place.campaign.rules[index];
        if let Some(condition) = rule.when.first_failing(&place.facts) {
            return Err(Cause::Condition(condition));
        }
        self.check_codes(place)?;
        let before = self.spending.clone();
        let (mut given, mut beyond) = (Vec::new(), None);
        for (effect, mut one) in effects::of_rule(rule, &place.facts) {
            if let Given::Effect(kind) = &mut one {
                if !self.is_affordable(kind, &given) {
                    continue;
                }
                if self.spending.spend(place, kind).is_err() {
                    beyond.get_or_insert(Cause::Effect(effect));
                    continue;
                }
            }
            given.push(one);
        }
        if let Some(cause) = beyond {
            if self.has_code_to_accept(place) || given.is_empty() {
                self.spending = before;
                return Err(cause);
            }
            self.found.failures.push(cause.of_rule(place, index));
        }
        self.fire(place, index, given);
        Ok(())
    }

    /// Accepts the codes of a rule that applies, and gives what it gives.
    fn fire(&mut self, place: &Place<'a>, index: usize, given: Vec<Given>) {
        let origin = Origin::of(place.campaign, index, place.facts.coupon);
        if let Some(coupon) = place.facts.coupon {
            self.accept_coupon(place, &origin, coupon);
        }
        if let Some(referral) = place.facts.referral {
            self.accept_referral(place, &origin, referral);
        }
        for one in given {
            match one {
                Given::Effect(kind) => self.found.effects.push(origin.effect(kind)),
                Given::Promise(promised) => {
                    let position = self.found.effects.len();
                    self.found.promises.push(promised.by(&origin, position));
                }
            }
        }
        let campaign = place.campaign.id();
        if !self.found.triggered.contains(&campaign) {
            self.found.triggered.push(campaign);
        }
    }

    /// Whether a code of this rule was accepted by none before it.
    fn has_code_to_accept(&self, place: &Place<'_>) -> bool {
        let accepted = &self.found.accepted_coupons;
        place.facts.coupon.is_some_and(|coupon| !accepted.contains(&coupon.value))
            || place.facts.referral.is_some() && self.found.accepted_referral.is_none()
    }

    /// Codes accepted earlier in this evaluation may have used up what was left.
    fn check_codes(&self, place: &Place<'_>) -> Result<(), Cause> {
        let coupon = place.facts.coupon;
        if coupon.is_some_and(|coupon| !self.found.accepted_coupons.contains(&coupon.value)) {
            self.spending.check_coupon(place).map_err(|_| Cause::Limit)?;
        }
        // Beside a coupon, a referral uses up the limits of both.
        if place.facts.referral.is_some() && self.found.accepted_referral.is_none() {
            self.spending.check_referral(place).map_err(|_| Cause::Limit)?;
        }
        Ok(())
    }

    /// Points that a profile does not have, or spends already, are not deducted.
    fn is_affordable(&self, kind: &EffectKind, of_this_rule: &[Given]) -> bool {
        let EffectKind::DeductLoyaltyPoints(deduct) = kind else { return true };
        let of_this_rule = of_this_rule.iter().filter_map(|given| match given {
            Given::Effect(kind) => Some(kind),
            Given::Promise(_) => None,
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
        let profile = self.facts.profile.and_then(|p| self.tx.profile(&p.integration_id));
        let balance = profile.map(|profile| {
            profile.points.balance(deduct.program_id, &deduct.sub_ledger_id, self.facts.now).active
        });
        balance.unwrap_or_default() >= spent + deduct.value
    }
}
