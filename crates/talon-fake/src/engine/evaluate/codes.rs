//! Which codes may be evaluated, and why the others are rejected.

use std::collections::BTreeSet;

use talon_core::model::{
    Coupon, CouponRejection, LimitAction, LimitEntity, Referral, ReferralRejection,
};
use talon_core::{CampaignId, CouponCode, CouponId, ProfileId, ReferralId, Timestamp};

use super::{Evaluator, FailureCause, RuleRef, RuleRejections, mode};
use crate::rules::Rule;
use crate::state::{StoredCampaign, StoredCoupon};

impl<'a> Evaluator<'a> {
    /// Codes of the session; one in two spellings counts once where case does not matter.
    fn codes(&self) -> Vec<&'a CouponCode> {
        let mut seen = BTreeSet::new();
        let codes = self.facts.session.coupon_codes.iter().flatten();
        codes.filter(|code| seen.insert(self.facts.case.apply(code.as_str()))).collect()
    }

    fn profile_id(&self) -> Option<&'a ProfileId> {
        self.facts.profile.map(|profile| &profile.integration_id)
    }

    /// Coupons of the session that belong to the campaign and pass every check of their own.
    pub(super) fn eligible_coupons(&self, campaign: &'a StoredCampaign) -> Vec<&'a Coupon> {
        let mine = self.codes().into_iter().filter_map(|code| self.tx.coupon(code));
        mine.filter(|stored| stored.coupon.campaign_id == campaign.id())
            .filter(|stored| self.check_coupon(campaign, stored).is_ok())
            .map(|stored| &stored.coupon)
            .collect()
    }

    /// The session's referral, when it belongs to the campaign and passes every check of its own.
    pub(super) fn eligible_referral(&self, campaign: &'a StoredCampaign) -> Option<&'a Referral> {
        let code = self.facts.session.referral_code.as_ref()?;
        let referral = &self.tx.referral(code)?.referral;
        let mine = referral.campaign_id == campaign.id();
        (mine && self.check_referral(campaign, referral).is_ok()).then_some(referral)
    }

    pub(super) fn reject_coupons_of(
        &mut self,
        campaign: &'a StoredCampaign,
        refusals: &RuleRejections<'_>,
    ) {
        for code in self.codes() {
            let Some(stored) = self.tx.coupon(code) else { continue };
            if stored.coupon.campaign_id != campaign.id() {
                continue;
            }
            if self.found.accepted_coupons.contains(&stored.coupon.value) {
                continue;
            }
            let refused = refusals.of_coupon(&stored.coupon.value);
            let cause = refused.map(|refused| refused.cause);
            let (reason, cause) = match (self.check_coupon(campaign, stored), cause) {
                (Err(reason), _) => (reason, None),
                (Ok(()), Some(FailureCause::Effect(_))) => {
                    (CouponRejection::EffectCouldNotBeApplied, cause)
                }
                (Ok(()), _) => (CouponRejection::CouponRejectedByCondition, cause),
            };
            let origin = match refused.filter(|_| cause.is_some()) {
                Some(refused) => RuleRef::of(campaign, refused.rule, None),
                None => RuleRef::of_campaign(campaign, wants_coupon),
            };
            let (value, id) = (stored.coupon.value.clone(), stored.coupon.id);
            self.reject_coupon(&origin, value, id, reason, cause);
        }
    }

    pub(super) fn reject_referral_of(
        &mut self,
        campaign: &'a StoredCampaign,
        refusals: &RuleRejections<'_>,
    ) {
        let Some(code) = &self.facts.session.referral_code else { return };
        let Some(stored) = self.tx.referral(code) else { return };
        let accepted = self.found.accepted_referral.as_ref() == Some(&stored.referral.code);
        if stored.referral.campaign_id != campaign.id() || accepted {
            return;
        }
        let refused = refusals.of_referral();
        let cause = refused.map(|refused| refused.cause);
        let (reason, cause) = match (self.check_referral(campaign, &stored.referral), cause) {
            (Err(reason), _) => (reason, None),
            (Ok(()), Some(FailureCause::Effect(_))) => {
                (ReferralRejection::EffectCouldNotBeApplied, cause)
            }
            (Ok(()), _) => (ReferralRejection::ReferralRejectedByCondition, cause),
        };
        let origin = match refused.filter(|_| cause.is_some()) {
            Some(refused) => RuleRef::of(campaign, refused.rule, None),
            None => RuleRef::of_campaign(campaign, wants_referral),
        };
        let (value, id) = (stored.referral.code.clone(), stored.referral.id);
        self.reject_referral(&origin, value, id, reason, cause);
    }

    /// Rejects codes of campaigns that were not evaluated, and codes nobody knows.
    pub(super) fn reject_the_rest(&mut self, restricted: bool) {
        for code in self.codes() {
            let Some(stored) = self.tx.coupon(code) else {
                let none = CouponId::from(0);
                let reason = CouponRejection::CouponNotFound;
                self.reject_coupon(&RuleRef::NONE, code.clone(), none, reason, None);
                continue;
            };
            if let Some((campaign, cause)) = self.skipped(stored.coupon.campaign_id, restricted) {
                let origin = RuleRef::of_campaign(campaign, wants_coupon);
                let reason = if cause.is_some() {
                    CouponRejection::CouponPartOfNotTriggeredCampaign
                } else {
                    CouponRejection::CouponPartOfNotRunningCampaign
                };
                let (value, id) = (stored.coupon.value.clone(), stored.coupon.id);
                self.reject_coupon(&origin, value, id, reason, cause);
            }
        }
        self.reject_the_referral(restricted);
    }

    fn reject_the_referral(&mut self, restricted: bool) {
        let Some(code) = self.facts.session.referral_code.as_ref().filter(|code| !code.is_empty())
        else {
            return;
        };
        let Some(stored) = self.tx.referral(code) else {
            let none = ReferralId::from(0);
            let reason = ReferralRejection::ReferralNotFound;
            return self.reject_referral(&RuleRef::NONE, code.clone(), none, reason, None);
        };
        if let Some((campaign, cause)) = self.skipped(stored.referral.campaign_id, restricted) {
            let origin = RuleRef::of_campaign(campaign, wants_referral);
            let reason = if cause.is_some() {
                ReferralRejection::ReferralPartOfNotTriggeredCampaign
            } else {
                ReferralRejection::ReferralPartOfNotRunningCampaign
            };
            let (value, id) = (stored.referral.code.clone(), stored.referral.id);
            self.reject_referral(&origin, value, id, reason, cause);
        }
    }

    /// The campaign, when it was not evaluated, and why although it runs.
    fn skipped(
        &self,
        id: CampaignId,
        restricted: bool,
    ) -> Option<(&'a StoredCampaign, Option<FailureCause>)> {
        let campaign = self.tx.campaign(id)?;
        if self.excluded.contains(&id) {
            let cause = FailureCause::Excluded(mode::exclusion(self.tx.state.evaluation_mode));
            return Some((campaign, Some(cause)));
        }
        let runs = campaign.runs_at(self.facts.now);
        match &self.facts.session.evaluable_campaign_ids {
            Some(ids) if restricted => (!ids.contains(&id)).then_some((
                campaign,
                runs.then_some(FailureCause::Excluded(Some(mode::NOT_IN_THE_SET))),
            )),
            _ => (!runs).then_some((campaign, None)),
        }
    }

    /// Checks of a coupon that need no rule, cheap ones first.
    fn check_coupon(
        &self,
        campaign: &'a StoredCampaign,
        stored: &'a StoredCoupon,
    ) -> Result<(), CouponRejection> {
        let coupon = &stored.coupon;
        if !campaign.rules.iter().any(wants_coupon) {
            return Err(CouponRejection::CouponValidConditionMissing);
        }
        if coupon.usage_limit > 0 && coupon.usage_counter >= coupon.usage_limit {
            return Err(CouponRejection::CouponLimitReached);
        }
        self.usage.check_coupon(&self.scope(campaign, Some(coupon), None))?;
        let profile = self.profile_id();
        if profile.is_none() && limits_profiles(campaign) {
            return Err(CouponRejection::ProfileRequired);
        }
        if coupon.is_reservation_mandatory == Some(true) {
            let profile = profile.ok_or(CouponRejection::ProfileRequired)?;
            if !stored.reserved_by.contains(profile) {
                return Err(CouponRejection::CouponReservationRequired);
            }
        }
        if coupon.recipient_integration_id.is_some()
            && coupon.recipient_integration_id.as_ref() != profile
        {
            return Err(CouponRejection::CouponRecipientDoesNotMatch);
        }
        if has_passed(coupon.expiry_date, self.facts.now) {
            return Err(CouponRejection::CouponExpired);
        }
        if is_ahead(coupon.start_date, self.facts.now) {
            return Err(CouponRejection::CouponStartDateInFuture);
        }
        Ok(())
    }

    /// Checks of a referral that need no rule, cheap ones first.
    fn check_referral(
        &self,
        campaign: &'a StoredCampaign,
        referral: &'a Referral,
    ) -> Result<(), ReferralRejection> {
        if !campaign.rules.iter().any(wants_referral) {
            return Err(ReferralRejection::ReferralValidConditionMissing);
        }
        let profile = self.profile_id();
        if profile == Some(&referral.advocate_profile_integration_id) {
            return Err(ReferralRejection::ReferralRecipientIdSameAsAdvocate);
        }
        if referral.usage_limit > 0 && referral.usage_counter >= referral.usage_limit {
            return Err(ReferralRejection::ReferralLimitReached);
        }
        self.usage.check_referral(&self.scope(campaign, None, Some(referral)))?;
        if self.tx.profile(&referral.advocate_profile_integration_id).is_none() {
            return Err(ReferralRejection::AdvocateNotFound);
        }
        let stored = profile.and_then(|id| self.tx.profile(id));
        if stored.is_some_and(|stored| stored.referred_in.contains(&campaign.id())) {
            return Err(ReferralRejection::ReferralCustomerAlreadyReferred);
        }
        let friend = referral.friend_profile_integration_id.as_ref();
        if friend.is_some_and(|friend| !friend.is_empty() && Some(friend) != profile) {
            return Err(ReferralRejection::ReferralRecipientDoesNotMatch);
        }
        if has_passed(referral.expiry_date, self.facts.now) {
            return Err(ReferralRejection::ReferralExpired);
        }
        if is_ahead(referral.start_date, self.facts.now) {
            return Err(ReferralRejection::ReferralStartDateInFuture);
        }
        Ok(())
    }
}

/// Whether a limit of the campaign counts by profile what a coupon may give.
fn limits_profiles(campaign: &StoredCampaign) -> bool {
    let mut limits = campaign.campaign.limits.iter();
    limits.any(|it| {
        it.action != LimitAction::RedeemReferral && it.entities.contains(&LimitEntity::Profile)
    })
}

fn wants_coupon(rule: &Rule) -> bool {
    rule.when.wants_coupon()
}

fn wants_referral(rule: &Rule) -> bool {
    rule.when.wants_referral()
}

/// Whether the end of a validity is reached; the end itself no longer counts.
fn has_passed(end: Option<Timestamp>, now: Timestamp) -> bool {
    end.is_some_and(|end| end <= now)
}

/// Whether the start of a validity is still ahead; the start itself counts.
fn is_ahead(start: Option<Timestamp>, now: Timestamp) -> bool {
    start.is_some_and(|start| start > now)
}
