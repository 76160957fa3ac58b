//! Campaigns.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::model::{CampaignFeature, CampaignState, CodeGeneratorSettings, LimitConfig};
use talon_core::{Attributes, AudienceId, CampaignId, Timestamp};

mod links;

use super::{Coupon, Referral, World, instant};
use crate::rules::Rule;

/// The default pattern of codes.
pub(crate) fn default_code_settings() -> CodeGeneratorSettings {
    CodeGeneratorSettings::new("########")
}

/// A campaign: codes, and the rules that are evaluated while it runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Campaign {
    /// Its id, 1 or more; the next free number unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CampaignId>,
    /// Its name.
    pub name: String,
    /// What it is for; empty unless given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Words that it is found by in the service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Features that are switched on, in addition to those that its codes and rules need.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<CampaignFeature>,
    /// Enabled unless given; a disabled or archived campaign does not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<CampaignState>,
    /// The first instant at which it runs; from the beginning when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_time: Option<Timestamp>,
    /// The first instant at which it no longer runs; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<Timestamp>,
    /// Its attributes.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    /// How referral codes are made; when absent, as `########` in a campaign that has referrals,
    /// and switched off in any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral_settings: Option<CodeGeneratorSettings>,
    /// How coupons created by rules are made; `########` of A–Z and 0–9 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon_settings: Option<CodeGeneratorSettings>,
    /// Limits of its effects, each for the campaign as a whole or by entity and period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitConfig>,
    /// Whether its rules are evaluated for events of V3 too; not unless given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub advanced_events: bool,
    /// Whether a return of items may evaluate it again; not unless given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reevaluate_on_return: bool,
    /// Ids of the stores that it is limited to; everywhere when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked_store_ids: Vec<i64>,
    /// Audiences that it is limited to: it is evaluated for members of one of them. For everybody when
    /// left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked_audience_ids: Vec<AudienceId>,
    /// Whether a discount beyond a limit is reduced to what is left; otherwise it is not given, which
    /// is the default.
    #[serde(default)]
    pub partial_rewards: bool,
    /// Its coupons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<Coupon>,
    /// Its referrals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub referrals: Vec<Referral>,
    /// Its rules, in the order of their evaluation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
}

impl World {
    pub(super) fn next_campaign_id(&self) -> CampaignId {
        let largest = self.campaigns.iter().filter_map(|campaign| campaign.id).max();
        largest.map_or(0, CampaignId::get).saturating_add(1).into()
    }

    /// Puts a campaign in the place of the one with its id, or behind all others; returns the place.
    pub(crate) fn put_campaign(&mut self, mut campaign: Campaign) -> usize {
        let id = campaign.id.unwrap_or_else(|| self.next_campaign_id());
        campaign.id = Some(id);
        campaign.switch_referrals_on();
        let place = self.campaigns.iter().position(|known| known.id == Some(id));
        let place = place.unwrap_or(self.campaigns.len());
        self.campaigns.splice(place..self.campaigns.len().min(place + 1), [campaign]);
        place
    }

    /// Adds a campaign; its id is the next free number unless it has one.
    #[must_use]
    pub fn campaign(mut self, mut campaign: Campaign) -> Self {
        campaign.id = campaign.id.or(Some(self.next_campaign_id()));
        self.campaigns.push(campaign);
        self
    }
}

impl Campaign {
    /// An enabled campaign without codes and rules.
    ///
    /// ```
    /// use talon_core::model::{LimitAction, LimitConfig};
    /// use talon_fake::rules::{Condition, Discount, Reward, Rule};
    /// use talon_fake::{Campaign, Coupon};
    ///
    /// let spring = Campaign::new("Spring")
    ///     .starts("2026-03-01T00:00:00Z")
    ///     .ends("2026-06-01T00:00:00Z")
    ///     .coupon(Coupon::new("SPRING").usage_limit(100))
    ///     .coupon("FRIENDS")
    ///     .limit(LimitConfig {
    ///         action: LimitAction::SetDiscount,
    ///         limit: 5000.into(),
    ///         period: None,
    ///         entities: Vec::new(),
    ///     })
    ///     .rule(
    ///         Rule::new("10 % off")
    ///             .when(Condition::coupon_valid())
    ///             .then(Reward::set_discount("10 % off", Discount::percent(10))),
    ///     );
    /// assert_eq!(spring.coupons.len(), 2);
    /// ```
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Gives it an id.
    #[must_use]
    pub fn id(mut self, id: impl Into<CampaignId>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets its state: enabled, disabled or archived.
    #[must_use]
    pub fn state(mut self, state: CampaignState) -> Self {
        self.state = Some(state);
        self
    }

    /// Makes it run from a [time](crate::world#times) on.
    #[must_use]
    #[track_caller]
    pub fn starts(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.start_time = Some(instant(at));
        self
    }

    /// Makes it run before a [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn ends(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.end_time = Some(instant(at));
        self
    }

    /// Gives it attributes.
    #[must_use]
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = attributes;
        self
    }

    /// Sets the pattern of the coupons that its rules create.
    #[must_use]
    pub fn coupon_settings(mut self, settings: CodeGeneratorSettings) -> Self {
        self.coupon_settings = Some(settings);
        self
    }

    /// Enables referrals, and sets the pattern of their codes.
    #[must_use]
    pub fn referral_settings(mut self, settings: CodeGeneratorSettings) -> Self {
        self.referral_settings = Some(settings);
        self
    }

    /// Adds a coupon: a code, or a [`Coupon`].
    #[must_use]
    pub fn coupon(mut self, coupon: impl Into<Coupon>) -> Self {
        self.coupons.push(coupon.into());
        self
    }

    /// Enables referrals, with codes made from `pattern`; each `#` becomes a random character.
    #[must_use]
    pub fn referrals(mut self, pattern: impl Into<String>) -> Self {
        self.referral_settings = Some(CodeGeneratorSettings::new(pattern));
        self
    }

    /// Adds a referral, and enables referrals.
    #[must_use]
    pub fn referral(mut self, referral: Referral) -> Self {
        self.referrals.push(referral);
        self.switch_referrals_on();
        self
    }

    /// Adds a limit.
    #[must_use]
    pub fn limit(mut self, limit: LimitConfig) -> Self {
        self.limits.push(limit);
        self
    }

    /// Reduces discounts beyond a limit to what is left, instead of not giving them.
    #[must_use]
    pub fn partial_rewards(mut self) -> Self {
        self.partial_rewards = true;
        self
    }

    /// Has its rules evaluated for events of V3 too.
    #[must_use]
    pub fn advanced_events(mut self) -> Self {
        self.advanced_events = true;
        self
    }

    /// Has it evaluated again when items of a session come back, if the request asks for rules.
    #[must_use]
    pub fn reevaluate_on_return(mut self) -> Self {
        self.reevaluate_on_return = true;
        self
    }

    /// Adds a rule.
    #[must_use]
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Enables referrals in a campaign that has some.
    pub(super) fn switch_referrals_on(&mut self) {
        if !self.referrals.is_empty() {
            self.referral_settings.get_or_insert_with(default_code_settings);
        }
    }

    pub(crate) fn features(&self) -> Vec<CampaignFeature> {
        let mut features = vec![CampaignFeature::Coupons];
        if self.referral_settings.is_some() {
            features.push(CampaignFeature::Referrals);
        }
        if self.rules.iter().any(Rule::is_about_points) {
            features.push(CampaignFeature::Loyalty);
        }
        if self.rules.iter().any(Rule::awards_giveaways) {
            features.push(CampaignFeature::Giveaways);
        }
        if self.rules.iter().any(|rule| rule.names_achievement(|_| true)) {
            features.push(CampaignFeature::Achievements);
        }
        if self.advanced_events {
            features.push(CampaignFeature::AdvancedEvents);
        }
        for feature in &self.features {
            if !features.contains(feature) {
                features.push(feature.clone());
            }
        }
        features
    }
}
