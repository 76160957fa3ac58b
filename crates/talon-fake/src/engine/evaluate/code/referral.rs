//! Referrals as codes.

use talon_core::effect::{AcceptReferral, EffectKind, RejectReferral};
use talon_core::model::{LimitAction, Referral, ReferralRejection};
use talon_core::{CampaignId, ReferralCode, ReferralId, Timestamp};

use super::{Code, Reason, SessionCodes};
use crate::engine::evaluate::Evaluator;
use crate::engine::evaluate::failure::{RejectionCause, RuleOutcome};
use crate::engine::evaluate::limits::LimitOwner;
use crate::rules::{Facts, Rule};
use crate::state::{StoredCampaign, Transaction};

impl From<Reason> for ReferralRejection {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::NotFound => Self::ReferralNotFound,
            Reason::CampaignNotRunning => Self::ReferralPartOfNotRunningCampaign,
            Reason::CampaignNotTriggered => Self::ReferralPartOfNotTriggeredCampaign,
            Reason::NoRule => Self::ReferralValidConditionMissing,
            Reason::Condition => Self::ReferralRejectedByCondition,
            Reason::Effect => Self::EffectCouldNotBeApplied,
            Reason::LimitReached(LimitOwner::Campaign) => Self::CampaignLimitReached,
            Reason::LimitReached(LimitOwner::Code) => Self::ReferralLimitReached,
            Reason::LimitReached(LimitOwner::Profile) => Self::ProfileLimitReached,
            Reason::NotStarted => Self::ReferralStartDateInFuture,
            Reason::Expired => Self::ReferralExpired,
        }
    }
}

impl Code for Referral {
    type Value = ReferralCode;
    type Id = ReferralId;
    type Rejection = ReferralRejection;

    const REDEMPTION: LimitAction = LimitAction::RedeemReferral;

    fn find<'a>(tx: &'a Transaction<'_>, value: &ReferralCode) -> Option<&'a Self> {
        tx.referral(value).map(|stored| &stored.referral)
    }

    fn codes<'e, 'a>(evaluator: &'e Evaluator<'a>) -> &'e SessionCodes<'a, Self> {
        &evaluator.referrals
    }

    fn codes_mut<'e, 'a>(evaluator: &'e mut Evaluator<'a>) -> &'e mut SessionCodes<'a, Self> {
        &mut evaluator.referrals
    }

    fn of_facts<'a>(facts: &Facts<'a>) -> Option<&'a Self> {
        facts.referral
    }

    fn in_facts<'a>(&'a self, facts: &Facts<'a>) -> Facts<'a> {
        Facts { coupon: None, referral: Some(self), ..*facts }
    }

    fn of_outcome<'a>(outcome: &RuleOutcome<'a>) -> Option<&'a Self> {
        outcome.referral
    }

    fn is_wanted_by(rule: &Rule) -> bool {
        rule.when.wants_referral()
    }

    fn value(&self) -> &ReferralCode {
        &self.code
    }

    fn id(&self) -> ReferralId {
        self.id
    }

    fn campaign_id(&self) -> CampaignId {
        self.campaign_id
    }

    fn usage(&self) -> (i64, i64) {
        (self.usage_counter, self.usage_limit)
    }

    fn validity(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        (self.start_date, self.expiry_date)
    }

    fn check_first(&self, evaluator: &Evaluator<'_>) -> Result<(), ReferralRejection> {
        if evaluator.profile_id() == Some(&self.advocate_profile_integration_id) {
            return Err(ReferralRejection::ReferralRecipientIdSameAsAdvocate);
        }
        Ok(())
    }

    fn check_redeemer(
        &self,
        evaluator: &Evaluator<'_>,
        campaign: &StoredCampaign,
    ) -> Result<(), ReferralRejection> {
        let (tx, profile) = (evaluator.tx, evaluator.profile_id());
        if tx.profile(&self.advocate_profile_integration_id).is_none() {
            return Err(ReferralRejection::AdvocateNotFound);
        }
        let stored = profile.and_then(|id| tx.profile(id));
        if stored.is_some_and(|stored| stored.referred_in.contains(&campaign.id())) {
            return Err(ReferralRejection::ReferralCustomerAlreadyReferred);
        }
        let friend = self.friend_profile_integration_id.as_ref();
        if friend.is_some_and(|friend| !friend.is_empty() && Some(friend) != profile) {
            return Err(ReferralRejection::ReferralRecipientDoesNotMatch);
        }
        Ok(())
    }

    fn accepted(&self) -> EffectKind {
        AcceptReferral { value: self.code.clone() }.into()
    }

    fn rejected(
        value: ReferralCode,
        rejection_reason: ReferralRejection,
        cause: Option<RejectionCause>,
    ) -> EffectKind {
        RejectReferral {
            value,
            rejection_reason,
            condition_index: cause.and_then(RejectionCause::condition_index),
            effect_index: cause.and_then(RejectionCause::effect_index),
            details: cause.map(|cause| cause.to_string()),
            campaign_exclusion_reason: cause.and_then(RejectionCause::exclusion),
        }
        .into()
    }
}
