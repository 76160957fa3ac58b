//! The rule an effect comes from.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::Coupon;
use talon_core::{CampaignId, CouponId};

use crate::rules::Rule;
use crate::state::StoredCampaign;

/// The rule an effect comes from.
#[derive(Clone, Debug)]
pub(crate) struct RuleRef<'a> {
    pub(crate) campaign_id: CampaignId,
    pub(super) ruleset_id: i64,
    pub(super) rule_index: i64,
    pub(super) rule_name: &'a str,
    pub(super) coupon_id: Option<CouponId>,
}

impl<'a> RuleRef<'a> {
    /// No campaign at all.
    pub(crate) const NONE: RuleRef<'static> = RuleRef {
        campaign_id: CampaignId::NONE,
        ruleset_id: -1,
        rule_index: -1,
        rule_name: "",
        coupon_id: None,
    };

    pub(super) fn of(campaign: &'a StoredCampaign, index: usize, coupon: Option<&Coupon>) -> Self {
        Self {
            campaign_id: campaign.id(),
            ruleset_id: campaign.ruleset_id.get(),
            rule_index: i64::try_from(index).unwrap_or(i64::MAX),
            rule_name: &campaign.rules[index].name,
            coupon_id: coupon.map(|coupon| coupon.id),
        }
    }

    /// A campaign as a whole: its first rule that `wants` the code, else no rule.
    pub(super) fn of_campaign(campaign: &'a StoredCampaign, wants: impl Fn(&Rule) -> bool) -> Self {
        match campaign.rules.iter().position(wants) {
            Some(index) => Self::of(campaign, index, None),
            None => Self {
                campaign_id: campaign.id(),
                ruleset_id: campaign.ruleset_id.get(),
                ..RuleRef::NONE
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
