//! Eligibility: which campaigns a session passes, for dry runs that ask for it.

use talon_core::model::{
    CampaignEligibility, CampaignEligibilityDetails, CampaignEligibilityFailureDetails,
    CampaignFailureCode, CampaignState, Coupon, CustomerSessionV2, RuleEligibility,
    RuleEligibilityFailureDetails, RuleFailureCode, RuleMetadataEligibility,
};

use super::{Evaluator, RuleOutcome};
use crate::state::StoredCampaign;

impl RuleOutcome<'_> {
    fn eligibility(&self) -> RuleEligibility {
        RuleEligibility {
            passed: self.failure.is_none(),
            coupon_code: self.coupon.map(|coupon| coupon.value.clone()),
            details: self.failure.map(|cause| RuleEligibilityFailureDetails {
                failure_code: if cause.is_of_effect() {
                    RuleFailureCode::EffectFailed
                } else {
                    RuleFailureCode::ConditionNotMet
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
    /// Reports a campaign that was evaluated, where eligibility is asked for.
    pub(super) fn report(
        &mut self,
        campaign: &StoredCampaign,
        coupons: &[Option<&'a Coupon>],
        outcomes: &[RuleOutcome<'a>],
    ) {
        let Some(reported) = &mut self.found.eligibility else { return };
        let of_coupon = |coupon: Option<&Coupon>| {
            let mut mine = outcomes.iter().filter(|it| it.coupon.is_none() || it.coupon == coupon);
            let passes = mine.any(|outcome| outcome.failure.is_none());
            details((!passes).then_some(CampaignFailureCode::AllRulesFailed), coupon)
        };
        let eligibility = match coupons {
            [] => vec![of_coupon(None)],
            _ => coupons.iter().map(|coupon| of_coupon(*coupon)).collect(),
        };
        let rules = campaign.rules.iter().enumerate().map(|(index, rule)| {
            let mine = outcomes.iter().filter(|outcome| outcome.rule == index);
            RuleMetadataEligibility {
                title: rule.name.clone(),
                display_name: rule.display_name.clone(),
                display_description: rule.display_description.clone(),
                related_data: rule.related_data.clone(),
                eligibility: mine.map(RuleOutcome::eligibility).collect(),
            }
        });
        let rules = rules.collect();
        let session = self.facts.session;
        let eligibility = of_campaign(campaign, session, eligibility);
        reported.push(CampaignEligibility { rules, ..eligibility });
    }

    /// Reports the campaigns that run and were not evaluated, each in its place.
    pub(super) fn report_skipped(&mut self) {
        let Some(reported) = self.found.eligibility.take() else { return };
        let mut reported = reported.into_iter().peekable();
        let all = self.tx.state.campaigns.iter().filter_map(|campaign| {
            let skipped = || {
                let code = if campaign.is_for_audience(&self.facts) {
                    CampaignFailureCode::Skipped
                } else {
                    CampaignFailureCode::AudienceNotMatched
                };
                let details = details(Some(code), None);
                of_campaign(campaign, self.facts.session, vec![details])
            };
            let evaluated = reported.next_if(|reported| reported.id == campaign.id());
            evaluated.or_else(|| campaign.runs_at(self.facts.now).then(skipped))
        });
        self.found.eligibility = Some(all.collect());
    }
}

fn of_campaign(
    stored: &StoredCampaign,
    session: &CustomerSessionV2,
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
        // A disabled campaign that was named counts as enabled.
        state: CampaignState::Enabled,
        tags: campaign.tags,
        features: campaign.features,
        eligibility,
        experiment: stored.variant_of(session),
        ..CampaignEligibility::default()
    }
}

fn details(
    failure: Option<CampaignFailureCode>,
    coupon: Option<&Coupon>,
) -> CampaignEligibilityDetails {
    CampaignEligibilityDetails {
        passed: failure.is_none(),
        coupon_code: coupon.map(|coupon| coupon.value.clone()),
        details: failure.map(|failure_code| CampaignEligibilityFailureDetails { failure_code }),
    }
}
