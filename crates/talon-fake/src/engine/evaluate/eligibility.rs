//! Which campaigns a session passes: told of dry runs, on request.

use talon_core::model::{
    CampaignEligibility, CampaignEligibilityDetails, CampaignEligibilityFailureDetails,
    CampaignFailureCode, CampaignState, Coupon, Referral, RuleEligibility,
    RuleEligibilityFailureDetails, RuleFailureCode, RuleMetadataEligibility,
};

use super::{Evaluator, FailureCause, LimitScope};
use crate::state::StoredCampaign;

/// A rule, and what came of it with one coupon, or without.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleOutcome<'a> {
    rule: usize,
    coupon: Option<&'a Coupon>,
    referral: Option<&'a Referral>,
    failure: Option<FailureCause>,
}

impl<'a> RuleOutcome<'a> {
    pub(super) fn new(scope: &LimitScope<'a>, rule: usize, failure: Option<FailureCause>) -> Self {
        Self { rule, coupon: scope.facts.coupon, referral: scope.facts.referral, failure }
    }

    fn outcome(&self) -> RuleEligibility {
        RuleEligibility {
            passed: self.failure.is_none(),
            coupon_code: self.coupon.map(|coupon| coupon.value.clone()),
            details: self.failure.map(|cause| RuleEligibilityFailureDetails {
                failure_code: match cause {
                    FailureCause::Effect(_) => RuleFailureCode::EffectFailed,
                    _ => RuleFailureCode::ConditionNotMet,
                },
                coupon_id: self.coupon.map(|coupon| coupon.id),
                coupon_value: self.coupon.map(|coupon| coupon.value.clone()),
                referral_id: self.referral.map(|referral| referral.id),
                referral_value: self.referral.map(|referral| referral.code.clone()),
                condition_index: cause.condition_index(),
                effect_index: cause.effect_index(),
                details: cause.to_string(),
            }),
        }
    }
}

impl<'a> Evaluator<'a> {
    /// Tells of a campaign that was evaluated.
    pub(super) fn tell_of(
        &mut self,
        campaign: &StoredCampaign,
        coupons: &[&'a Coupon],
        tried: &[RuleOutcome<'a>],
    ) {
        let Some(told) = &mut self.found.eligibility else { return };
        let passes = |coupon: Option<&Coupon>| {
            let mine = |one: &RuleOutcome<'_>| one.coupon.is_none() || one.coupon == coupon;
            tried.iter().any(|one| mine(one) && one.failure.is_none())
        };
        let of_coupon = |coupon: Option<&Coupon>| {
            let failure = (!passes(coupon)).then_some(CampaignFailureCode::AllRulesFailed);
            outcome(failure, coupon)
        };
        let eligibility = match coupons {
            [] => vec![of_coupon(None)],
            _ => coupons.iter().map(|coupon| of_coupon(Some(coupon))).collect(),
        };
        let rules = campaign.rules.iter().enumerate().map(|(index, rule)| {
            let mine = tried.iter().filter(|one| one.rule == index);
            RuleMetadataEligibility {
                title: rule.name.clone(),
                eligibility: mine.map(RuleOutcome::outcome).collect(),
                ..RuleMetadataEligibility::default()
            }
        });
        told.push(CampaignEligibility { rules: rules.collect(), ..of(campaign, eligibility) });
    }

    /// Tells of the campaigns that run and were not evaluated, each in its scope.
    pub(super) fn tell_of_the_skipped(&mut self) {
        let Some(told) = self.found.eligibility.take() else { return };
        let mut told = told.into_iter().peekable();
        let all = self.tx.state.campaigns.iter().filter_map(|campaign| {
            let skipped = || of(campaign, vec![outcome(Some(CampaignFailureCode::Skipped), None)]);
            let told = told.next_if(|told| told.id == campaign.id());
            told.or_else(|| campaign.runs_at(self.facts.now).then(skipped))
        });
        self.found.eligibility = Some(all.collect());
    }
}

fn of(
    stored: &StoredCampaign,
    eligibility: Vec<CampaignEligibilityDetails>,
) -> CampaignEligibility {
    let campaign = stored.campaign.clone();
    CampaignEligibility {
        application_id: campaign.application_id,
        id: campaign.id,
        name: campaign.name,
        description: Some(campaign.description).filter(|description| !description.is_empty()),
        start_time: campaign.start_time,
        end_time: campaign.end_time,
        attributes: campaign.attributes,
        // The only one there is here: a disabled campaign that was named counts as enabled.
        state: CampaignState::Enabled,
        tags: campaign.tags,
        features: campaign.features,
        eligibility,
        ..CampaignEligibility::default()
    }
}

fn outcome(
    failure: Option<CampaignFailureCode>,
    coupon: Option<&Coupon>,
) -> CampaignEligibilityDetails {
    CampaignEligibilityDetails {
        passed: failure.is_none(),
        coupon_code: coupon.map(|coupon| coupon.value.clone()),
        details: failure.map(|failure_code| CampaignEligibilityFailureDetails { failure_code }),
    }
}
