//! From a world to the state a fake begins with.

use std::collections::{BTreeSet, HashMap};

use talon_core::RulesetId;
use talon_core::model::{Campaign, CampaignState, CampaignType, Coupon, Referral};

use super::{Ids, State, StoredCampaign, StoredCoupon, StoredProfile, StoredReferral, Zone};
use crate::world::{self, World};

impl State {
    pub(crate) fn load(world: World) -> Self {
        let programs = world.loyalty_programs.into_iter().map(|program| (program.id, program));
        let mut state = Self {
            now: world.now,
            ids: Ids::new(),
            application: world.application.id,
            zone: Zone::named(&world.application.time_zone).unwrap_or_default(),
            case: world.application.case_sensitivity,
            evaluation_mode: world.application.evaluation_mode,
            schema: world.attributes,
            event_types: world.event_types,
            programs: programs.collect(),
            audiences: world
                .audiences
                .into_iter()
                .map(|audience| (audience.id, audience))
                .collect(),
            pools: world.giveaway_pools.into_iter().map(|pool| (pool.id, pool)).collect(),
            budgets: HashMap::new(),
            awarded: HashMap::new(),
            campaigns: Vec::new(),
            counts: HashMap::new(),
            coupons: HashMap::new(),
            referrals: HashMap::new(),
            profiles: HashMap::new(),
            sessions: HashMap::new(),
        };
        for profile in world.profiles {
            state.load_profile(profile);
        }
        for campaign in world.campaigns {
            state.load_campaign(campaign);
        }
        state
    }

    fn load_profile(&mut self, profile: world::Profile) {
        let mut stored = StoredProfile::new(profile.id.clone(), self.ids.number(), self.now);
        stored.profile.attributes = profile.attributes;
        self.profiles.insert(profile.id, stored);
    }

    fn load_campaign(&mut self, campaign: world::Campaign) {
        let largest = self.campaigns.iter().map(|stored| stored.id().get()).max().unwrap_or(0);
        let id = campaign.id.unwrap_or_else(|| (largest + 1).into());
        let ruleset_id = RulesetId::from(id.get());
        let features = campaign.features();
        for coupon in campaign.coupons {
            let coupon = Coupon {
                id: self.ids.number(),
                created: self.now,
                campaign_id: id,
                value: self.case.apply(coupon.value.as_str()).as_ref().into(),
                usage_limit: coupon.usage_limit,
                discount_counter: coupon.discount_limit.map(|_| 0.into()),
                discount_remainder: coupon.discount_limit,
                discount_limit: coupon.discount_limit,
                start_date: coupon.start_date,
                expiry_date: coupon.expiry_date,
                attributes: Some(coupon.attributes),
                recipient_integration_id: coupon.recipient_integration_id,
                reservation: Some(true),
                is_reservation_mandatory: Some(coupon.is_reservation_mandatory),
                ..Coupon::default()
            };
            let stored = StoredCoupon { coupon, reserved_by: BTreeSet::new() };
            self.coupons.insert(stored.coupon.value.clone(), stored);
        }
        for referral in campaign.referrals {
            let advocate = referral.advocate_profile_integration_id.clone();
            let is_deleted = referral.advocate_is_deleted;
            let referral = Referral {
                id: self.ids.number(),
                created: self.now,
                campaign_id: id,
                advocate_profile_integration_id: referral.advocate_profile_integration_id,
                friend_profile_integration_id: referral.friend_profile_integration_id,
                start_date: referral.start_date,
                expiry_date: referral.expiry_date,
                code: self.case.apply(referral.code.as_str()).as_ref().into(),
                usage_limit: referral.usage_limit,
                ..Referral::default()
            };
            if !is_deleted && !self.profiles.contains_key(&advocate) {
                self.load_profile(world::Profile { id: advocate.clone(), ..Default::default() });
            }
            if let Some(profile) = self.profiles.get_mut(&advocate) {
                profile.advocated.insert(referral.code.clone());
            }
            self.referrals.insert(referral.code.clone(), StoredReferral { referral });
        }
        let stored = Campaign {
            id,
            created: self.now,
            application_id: self.application,
            user_id: 1,
            name: campaign.name,
            description: String::new(),
            start_time: campaign.start_time,
            end_time: campaign.end_time,
            attributes: Some(campaign.attributes),
            state: campaign.state.unwrap_or(CampaignState::Enabled),
            active_ruleset_id: Some(ruleset_id),
            reevaluate_on_return: Some(false),
            features,
            coupon_settings: campaign.coupon_settings,
            referral_settings: campaign.referral_settings,
            limits: campaign.limits,
            campaign_type: Some(CampaignType::Advanced),
            stores_imported: Some(false),
            ..Campaign::default()
        };
        let (rules, partial_rewards) = (campaign.rules, campaign.partial_rewards);
        self.campaigns.push(StoredCampaign {
            campaign: stored,
            ruleset_id,
            rules,
            partial_rewards,
        });
    }
}
