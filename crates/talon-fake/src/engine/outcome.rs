//! What an evaluation finds and what a request did: types alone, which every other module of the
//! engine uses.

use std::borrow::Cow;
use std::collections::BTreeMap;

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{
    CampaignEligibility, Coupon, CouponRejection, CustomerProfile, CustomerSessionV2, Giveaway,
    LedgerEntry, Referral, ReferralRejection,
};
use talon_core::{
    AchievementId, Amount, AudienceId, CampaignId, CouponCode, CouponId, EventId, ProfileId,
    ReferralId,
};

use crate::rules::AudienceChanges;
use crate::state::{BudgetKey, RuleFailure, StoredProfile, Transaction};

/// Progress that campaigns gave, by achievement.
pub(crate) type ProgressGiven = BTreeMap<(CampaignId, AchievementId), Amount>;

/// Options of an evaluation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EvaluationOptions<'a> {
    /// Evaluates these campaigns and no others, running or not.
    pub(crate) only: Option<&'a [CampaignId]>,
    /// Reports for each campaign whether the session passes it.
    pub(crate) eligibility: bool,
    /// Evaluates all campaigns, whatever the evaluation mode of the application.
    pub(crate) ignores_mode: bool,
    /// Evaluates only campaigns with the feature for events of V3.
    pub(crate) advanced_events: bool,
    /// Audiences that the request made the profile join and leave.
    pub(crate) audience_changes: Option<&'a AudienceChanges>,
    /// Progress that campaigns gave before and that stays: they give only the rest of it.
    pub(crate) progress_given: Option<&'a ProgressGiven>,
    /// Giveaways that an earlier close of the session awarded, which are awarded again.
    pub(crate) awarded: &'a [Effect],
}

/// The result of an evaluation, which has changed nothing yet.
#[derive(Debug, Default)]
pub(crate) struct Evaluation {
    pub(crate) effects: Vec<Effect>,
    /// What the effects use of the campaigns' limits, in the order of the effects.
    pub(crate) limit_uses: Vec<LimitUse>,
    /// What is to be granted, in the order of the rules.
    pub(crate) grants: Vec<Grant>,
    /// Rejections of codes, which follow all other effects.
    pub(crate) rejections: Vec<Effect>,
    /// The first rejected coupon, for the V1 API.
    pub(crate) rejected_coupon: Option<RejectedCode<CouponId, CouponRejection>>,
    /// The rejected referral, for the V1 API.
    pub(crate) rejected_referral: Option<RejectedCode<ReferralId, ReferralRejection>>,
    /// Rules that did not apply, and effects that did not fit into a limit; those of an outcome are
    /// in [`Transaction::failures`](crate::state::Transaction::failures).
    pub(crate) failures: Vec<RuleFailure>,
    /// Campaigns that were evaluated.
    pub(crate) evaluated: Vec<CampaignId>,
    /// Campaigns with a rule that applied.
    pub(crate) triggered: Vec<CampaignId>,
    /// Which campaigns the session passes, where [`EvaluationOptions::eligibility`] is set.
    pub(crate) eligibility: Option<Vec<CampaignEligibility>>,
}

/// How much one effect uses of one counter of a limit.
#[derive(Clone, Debug)]
pub(crate) struct LimitUse {
    /// Position of the effect among the effects of the evaluation.
    pub(crate) effect: usize,
    pub(crate) key: BudgetKey,
    pub(crate) amount: Amount,
}

/// A rejected code and the reason; without a campaign where the code is unknown.
#[derive(Clone, Debug)]
pub(crate) struct RejectedCode<Id, Reason> {
    pub(crate) campaign_id: CampaignId,
    pub(crate) id: Id,
    pub(crate) reason: Reason,
}

/// A reward that changes more than the session: its effect is known when the change is made.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) kind: GrantKind,
    /// How many effects of the evaluation precede the effect of the grant.
    pub(crate) position: usize,
    pub(crate) campaign_id: CampaignId,
    /// Index of the rule in its campaign.
    pub(crate) rule: usize,
    /// The coupon that the rule was evaluated for.
    pub(crate) coupon_id: Option<CouponId>,
}

impl Grant {
    /// Whether an effect is the award of a giveaway by the same rule, for the same coupon.
    pub(crate) fn was_awarded_by(&self, effect: &Effect) -> bool {
        let (GrantKind::AwardGiveaway(pool), EffectKind::AwardGiveaway(award)) =
            (&self.kind, &effect.kind)
        else {
            return false;
        };
        let rule = (effect.campaign_id, usize::try_from(effect.rule_index).ok());
        award.pool_id == *pool
            && rule == (self.campaign_id, Some(self.rule))
            && effect.triggered_by_coupon == self.coupon_id
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GrantKind {
    CreateCoupon,
    CreateReferral,
    ReserveCoupon(CouponCode),
    JoinAudience(AudienceId),
    LeaveAudience(AudienceId),
    /// A code of the pool with this id.
    AwardGiveaway(i64),
}

/// Codes that grants created or awarded.
#[derive(Debug, Default)]
pub(crate) struct IssuedCodes {
    pub(crate) coupons: Vec<Coupon>,
    pub(crate) referrals: Vec<Referral>,
    pub(crate) giveaways: Vec<Giveaway>,
}

/// A session after a request, and what the request did.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) session: CustomerSessionV2,
    /// Total that the shop computed; V1 only.
    pub(crate) own_total: Option<Amount>,
    /// What the customer bought, when the request closed the session.
    pub(crate) purchase: Option<Amount>,
    pub(crate) evaluation: Evaluation,
    pub(crate) issued: IssuedCodes,
    /// Whether the effects are final: points are in the ledger, limits are used up.
    pub(crate) is_booked: bool,
    /// The event that the request raised.
    pub(crate) event: RaisedEvent,
}

/// An event, and what it moved in the ledgers.
#[derive(Debug)]
pub(crate) struct RaisedEvent {
    pub(crate) id: EventId,
    pub(crate) event_type: Cow<'static, str>,
    pub(crate) ledger_entries: Vec<LedgerEntry>,
}

impl Outcome {
    pub(crate) fn effects(&self) -> &[Effect] {
        &self.evaluation.effects
    }

    /// The profile after the request; an anonymous customer has one for the length of a purchase.
    pub(crate) fn profile(&self, tx: &Transaction<'_>) -> CustomerProfile {
        if let Some(profile) = tx.profile_reply(&self.session.profile_id) {
            return profile;
        }
        let mut profile = StoredProfile::new(ProfileId::default(), 0, tx.now).profile;
        if let Some(purchase) = self.purchase {
            (profile.closed_sessions, profile.total_sales) = (1, purchase);
        }
        profile
    }

    /// The profile's id, unless the customer is anonymous.
    pub(crate) fn profile_id(&self) -> Option<&ProfileId> {
        Some(&self.session.profile_id).filter(|id| !id.is_empty())
    }
}

/// A reason of a rejection as effects have it.
pub(crate) trait EffectReason {
    /// The reason that both generations of effects have, for one that only V1's meta data has.
    fn of_effect(self) -> Self;
}

impl EffectReason for CouponRejection {
    fn of_effect(self) -> Self {
        match self {
            Self::CouponValidConditionMissing => Self::CouponRejectedByCondition,
            other => other,
        }
    }
}

impl EffectReason for ReferralRejection {
    fn of_effect(self) -> Self {
        match self {
            Self::ReferralValidConditionMissing => Self::ReferralRejectedByCondition,
            other => other,
        }
    }
}
