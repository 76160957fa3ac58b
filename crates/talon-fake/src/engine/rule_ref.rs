//! The rule that an effect comes from.

use talon_core::effect::{Effect, EffectKind};
use talon_core::{CampaignId, CouponId};

use crate::rules::Rule;
use crate::state::StoredCampaign;

/// The rule that an effect comes from, and the coupon that the rule was evaluated for.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleRef<'a> {
    pub(super) campaign_id: CampaignId,
    ruleset_id: i64,
    rule_index: i64,
    rule_name: &'a str,
    experiment_id: Option<i64>,
    pub(super) coupon_id: Option<CouponId>,
}

impl<'a> RuleRef<'a> {
    /// No campaign.
    pub(super) const NONE: RuleRef<'static> = RuleRef {
        campaign_id: CampaignId::NONE,
        ruleset_id: -1,
        rule_index: -1,
        rule_name: "",
        experiment_id: None,
        coupon_id: None,
    };

    pub(super) fn new(
        campaign: &'a StoredCampaign,
        index: usize,
        coupon_id: Option<CouponId>,
    ) -> Self {
        Self {
            campaign_id: campaign.id(),
            ruleset_id: campaign.ruleset_id.get(),
            rule_index: i64::try_from(index).unwrap_or(i64::MAX),
            rule_name: &campaign.rules[index].name,
            experiment_id: campaign.campaign.experiment_id,
            coupon_id,
        }
    }

    /// A campaign as a whole: its first rule that `is_wanted`, else no rule.
    pub(super) fn of_campaign(
        campaign: &'a StoredCampaign,
        is_wanted: impl Fn(&Rule) -> bool,
    ) -> Self {
        match campaign.rules.iter().position(is_wanted) {
            Some(index) => Self::new(campaign, index, None),
            None => Self {
                campaign_id: campaign.id(),
                ruleset_id: campaign.ruleset_id.get(),
                experiment_id: campaign.campaign.experiment_id,
                ..RuleRef::NONE
            },
        }
    }

    /// An effect of the rule.
    pub(super) fn effect(&self, kind: impl Into<EffectKind>) -> Effect {
        let mut effect =
            Effect::new(self.campaign_id, self.ruleset_id, self.rule_index, self.rule_name, kind);
        effect.triggered_by_coupon = self.coupon_id;
        effect.experiment_id = self.experiment_id;
        effect
    }
}
