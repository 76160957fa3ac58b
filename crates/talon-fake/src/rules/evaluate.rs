//! From facts to effects.

use talon_core::effect::{
    AcceptCoupon, AcceptReferral, Effect, EffectKind, RejectCoupon, RejectReferral,
};
use talon_core::model::{Coupon, CouponRejection, LimitAction, Referral, ReferralRejection};
use talon_core::{Amount, CampaignId, CouponCode, CouponId, ReferralCode, ReferralId};

use super::Facts;
use crate::state::{BudgetKey, StoredCampaign, Transaction};

mod budget;
mod effects;
mod eligible;

use budget::{Place, Spending};

pub(crate) use budget::{discount_of, use_up};
pub(crate) use effects::{Promise, Promised};

/// What an evaluation found.
#[derive(Debug, Default)]
pub(crate) struct Evaluation {
    pub(crate) effects: Vec<Effect>,
    pub(crate) accepted_coupons: Vec<CouponCode>,
    pub(crate) accepted_referral: Option<ReferralCode>,
    /// The first coupon rejected, for the V1 API.
    pub(crate) rejected_coupon: Option<Rejected<CouponId, CouponRejection>>,
    pub(crate) rejected_referral: Option<Rejected<ReferralId, ReferralRejection>>,
    /// Campaigns with a rule that fired.
    pub(crate) triggered: Vec<CampaignId>,
    /// What it would use up of the campaigns' limits.
    pub(crate) spent: Vec<(BudgetKey, Amount)>,
    /// What has to be made before its effect can be told.
    pub(crate) promises: Vec<Promise>,
}

/// A code that was rejected, and why; of no campaign when nobody knows it.
#[derive(Clone, Debug)]
pub(crate) struct Rejected<Id, Reason> {
    pub(crate) campaign_id: CampaignId,
    pub(crate) id: Id,
    pub(crate) reason: Reason,
}

/// Evaluates every campaign that runs, or of a dry run those it names, running or not.
///
/// Effects of rules come first, in the order of campaigns and rules; rejections follow, coupons
/// before the referral.
pub(crate) fn evaluate(
    tx: &Transaction<'_>,
    facts: &Facts<'_>,
    only: Option<&[CampaignId]>,
) -> Evaluation {
    let mut run = Run {
        tx,
        facts: *facts,
        found: Evaluation::default(),
        rejections: Vec::new(),
        spending: Spending::default(),
    };
    for campaign in &tx.state.campaigns {
        let evaluated = match only {
            Some(ids) => ids.contains(&campaign.id()),
            None => campaign.runs_at(facts.now),
        };
        if evaluated {
            run.campaign(campaign);
        }
    }
    run.reject_the_rest(only.is_some());
    run.found.effects.append(&mut run.rejections);
    run.found.spent = run.spending.into_budgets();
    run.found
}

struct Run<'a> {
    tx: &'a Transaction<'a>,
    facts: Facts<'a>,
    found: Evaluation,
    rejections: Vec<Effect>,
    spending: Spending,
}

/// Why a coupon that passed every check of its own was not accepted.
enum Refused {
    Condition,
    Budget,
}

/// Codes whose rule has an effect that a budget does not allow.
#[derive(Default)]
struct OverBudget<'a> {
    coupons: Vec<&'a CouponCode>,
    referral: bool,
}

impl<'a> Run<'a> {
    fn campaign(&mut self, campaign: &'a StoredCampaign) {
        let coupons = self.eligible_coupons(campaign);
        let referral = self.eligible_referral(campaign);
        let mut over_budget = OverBudget::default();
        for (index, rule) in campaign.rules.iter().enumerate() {
            let referral = rule.when.wants_referral().then_some(referral).flatten();
            let once = [None];
            let each: Vec<_> = coupons.iter().copied().map(Some).collect();
            // A rule that speaks of coupons runs once for each of them.
            let runs = if rule.when.wants_coupon() { each.as_slice() } else { &once };
            for coupon in runs {
                // Without a code to refuse, an effect beyond a budget just does not happen.
                if let Err(Refused::Budget) = self.rule(campaign, index, *coupon, referral) {
                    over_budget.coupons.extend(coupon.map(|coupon| &coupon.value));
                    over_budget.referral |= referral.is_some();
                }
            }
        }
        self.reject_coupons_of(campaign, &over_budget);
        self.reject_referral_of(campaign, &over_budget);
    }

    /// Evaluates one rule, for one coupon where it asks for coupons.
    fn rule(
        &mut self,
        campaign: &'a StoredCampaign,
        index: usize,
        coupon: Option<&'a Coupon>,
        referral: Option<&'a Referral>,
    ) -> Result<(), Refused> {
        let rule = &campaign.rules[index];
        let facts = Facts { coupon, referral, ..self.facts };
        if !rule.when.holds(&facts) {
            return Err(Refused::Condition);
        }
        let place = Place { tx: self.tx, facts, campaign };
        self.check_codes(&place)?;
        let mut kinds = Vec::new();
        for kind in effects::of_rule(rule, &facts) {
            if self.is_affordable(&kind, &kinds) {
                kinds.push(kind);
            }
        }
        self.spending.spend(&place, &mut kinds).map_err(|_| Refused::Budget)?;
        let origin = Origin::of(campaign, index, coupon);
        if let Some(coupon) = coupon {
            self.accept_coupon(&place, &origin, coupon);
        }
        if let Some(referral) = referral {
            self.accept_referral(&place, &origin, referral);
        }
        for promise in effects::promises_of_rule(rule, &facts) {
            self.found.promises.push(promise.by(&origin));
        }
        self.found.effects.extend(kinds.into_iter().map(|kind| origin.effect(kind)));
        if !self.found.triggered.contains(&campaign.id()) {
            self.found.triggered.push(campaign.id());
        }
        Ok(())
    }

    /// Codes accepted earlier in this evaluation may have used up what was left.
    fn check_codes(&self, place: &Place<'_>) -> Result<(), Refused> {
        let coupon = place.facts.coupon;
        if coupon.is_some_and(|coupon| !self.found.accepted_coupons.contains(&coupon.value)) {
            self.spending.check_coupon(place).map_err(|_| Refused::Condition)?;
        }
        Ok(())
    }

    /// Points that a profile does not have, or spends already, are not deducted.
    fn is_affordable(&self, kind: &EffectKind, of_this_rule: &[EffectKind]) -> bool {
        let EffectKind::DeductLoyaltyPoints(deduct) = kind else { return true };
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

    fn accept_coupon(&mut self, place: &Place<'_>, origin: &Origin<'_>, coupon: &Coupon) {
        if !self.found.accepted_coupons.contains(&coupon.value) {
            self.spending.redeem(place, &LimitAction::RedeemCoupon);
            self.found.accepted_coupons.push(coupon.value.clone());
            self.found.effects.push(origin.effect(AcceptCoupon::new(coupon.value.clone())));
        }
    }

    fn accept_referral(&mut self, place: &Place<'_>, origin: &Origin<'_>, referral: &Referral) {
        if self.found.accepted_referral.is_none() {
            self.spending.redeem(place, &LimitAction::RedeemReferral);
            self.found.accepted_referral = Some(referral.code.clone());
            let value = referral.code.clone();
            self.found.effects.push(origin.effect(AcceptReferral { value }));
        }
    }

    fn reject_coupon(
        &mut self,
        origin: &Origin<'_>,
        value: CouponCode,
        id: CouponId,
        reason: CouponRejection,
    ) {
        let rejected = Rejected { campaign_id: origin.campaign_id, id, reason: reason.clone() };
        self.found.rejected_coupon.get_or_insert(rejected);
        self.rejections.push(origin.effect(RejectCoupon::new(value, reason)));
    }

    fn reject_referral(
        &mut self,
        origin: &Origin<'_>,
        value: ReferralCode,
        id: ReferralId,
        rejection_reason: ReferralRejection,
    ) {
        let (campaign_id, reason) = (origin.campaign_id, rejection_reason.clone());
        self.found.rejected_referral = Some(Rejected { campaign_id, id, reason });
        let rejected = RejectReferral { value, rejection_reason, ..RejectReferral::default() };
        self.rejections.push(origin.effect(rejected));
    }
}

/// The rule an effect comes from.
#[derive(Clone, Debug)]
pub(crate) struct Origin<'a> {
    pub(crate) campaign_id: CampaignId,
    ruleset_id: i64,
    rule_index: i64,
    rule_name: &'a str,
    coupon_id: Option<CouponId>,
}

impl<'a> Origin<'a> {
    /// No campaign at all.
    pub(crate) const NONE: Origin<'static> = Origin {
        campaign_id: CampaignId::NONE,
        ruleset_id: -1,
        rule_index: -1,
        rule_name: "",
        coupon_id: None,
    };

    fn of(campaign: &'a StoredCampaign, index: usize, coupon: Option<&Coupon>) -> Self {
        Self {
            campaign_id: campaign.id(),
            ruleset_id: campaign.ruleset_id.get(),
            rule_index: i64::try_from(index).unwrap_or(i64::MAX),
            rule_name: &campaign.rules[index].name,
            coupon_id: coupon.map(|coupon| coupon.id),
        }
    }

    /// A campaign as a whole: its first rule that `wants` the code, else no rule.
    fn of_campaign(campaign: &'a StoredCampaign, wants: impl Fn(&super::Rule) -> bool) -> Self {
        match campaign.rules.iter().position(wants) {
            Some(index) => Self::of(campaign, index, None),
            None => Self {
                campaign_id: campaign.id(),
                ruleset_id: campaign.ruleset_id.get(),
                ..Origin::NONE
            },
        }
    }

    pub(crate) fn effect(&self, kind: impl Into<EffectKind>) -> Effect {
        let mut effect =
            Effect::new(self.campaign_id, self.ruleset_id, self.rule_index, self.rule_name, kind);
        effect.triggered_by_coupon = self.coupon_id;
        effect
    }
}
