//! The state that a world begins with.

mod cards;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, RwLock};

use talon_core::model::{Campaign, CampaignState, CampaignType, Coupon, Referral};
use talon_core::{CampaignId, LoyaltyProgramId, ProfileId, RulesetId};

use super::{
    Campaigns, Ids, LatestTracker, ProgressKey, ProgressTracker, State, StoredAchievement,
    StoredCampaign, StoredCoupon, StoredProfile, StoredProgram, StoredReferral, Tables, USER,
};
use crate::rules::{CostIds, Reward};
use crate::time::Time;
use crate::world::{self, World};
use crate::zone::Zone;

mod audiences;
mod catalogs;
mod loyalty;

impl State {
    pub(crate) fn load(world: &Arc<World>) -> Self {
        let state = Self::empty(Arc::clone(world), Ids::new(), Time::still(world.now));
        for profile in &world.profiles {
            state.load_profile(profile);
        }
        for audience in &world.audiences {
            state.load_audience(audience);
        }
        state.load_loyalty(world);
        state.load_cards();
        for (campaign, stored) in world.campaigns.iter().zip(state.campaigns.iter()) {
            state.load_codes(campaign, stored.id());
        }
        for achievement in state.achievements.values() {
            state.load_progress(achievement);
        }
        state.load_catalogs();
        state
    }

    /// The definitions of a world, with empty tables.
    pub(crate) fn empty(world: Arc<World>, ids: Ids, time: Time) -> Self {
        let campaigns = Arc::new(campaigns(&world));
        let zone = Zone::named(&world.application.time_zone).unwrap_or_default();
        Self {
            time: RwLock::new(time),
            ids,
            application: world.application.id,
            case: world.application.case_sensitivity,
            evaluation_mode: world.application.evaluation_mode,
            schema: world.attributes.clone(),
            event_types: world.event_types.clone(),
            stores: world.stores.as_ref().map(|stores| store_ids(stores)),
            programs: programs(&world),
            pools: by_id(&world.giveaway_pools, |pool| pool.id),
            costs: cost_ids(&world),
            achievements: StoredAchievement::all(&world, &campaigns, &zone),
            zone,
            campaigns,
            tables: Tables::default(),
            replies: Mutex::default(),
            seed: Arc::clone(&world),
            world,
        }
    }

    fn load_profile(&self, profile: &world::Profile) {
        let number = self.next_number();
        let mut stored = StoredProfile::new(profile.id.clone(), number, self.world.now);
        stored.profile.attributes = profile.attributes.clone();
        self.tables.profiles.put(stored);
    }

    pub(crate) fn load_codes(&self, campaign: &world::Campaign, id: CampaignId) {
        for coupon in &campaign.coupons {
            let coupon = self.coupon(coupon, id);
            self.tables.coupons.put(StoredCoupon { coupon, reserved_by: BTreeSet::new() });
        }
        for referral in &campaign.referrals {
            let is_deleted = referral.advocate_is_deleted;
            let referral = self.referral(referral, id);
            self.load_advocate(&referral, is_deleted);
            self.tables.referrals.put(StoredReferral { referral });
        }
    }

    pub(crate) fn coupon(&self, coupon: &world::Coupon, campaign_id: CampaignId) -> Coupon {
        Coupon {
            id: self.next_number(),
            created: self.world.now,
            campaign_id,
            value: self.case.apply(coupon.value.as_str()).as_ref().into(),
            usage_limit: coupon.usage_limit,
            discount_counter: coupon.discount_limit.map(|_| 0.into()),
            discount_remainder: coupon.discount_limit,
            discount_limit: coupon.discount_limit,
            start_date: coupon.start_date,
            expiry_date: coupon.expiry_date,
            attributes: Some(coupon.attributes.clone()),
            recipient_integration_id: coupon.recipient_integration_id.clone(),
            reservation: Some(true),
            is_reservation_mandatory: Some(coupon.is_reservation_mandatory),
            ..Coupon::default()
        }
    }

    fn referral(&self, referral: &world::Referral, campaign_id: CampaignId) -> Referral {
        Referral {
            id: self.next_number(),
            created: self.world.now,
            campaign_id,
            advocate_profile_integration_id: referral.advocate_profile_integration_id.clone(),
            friend_profile_integration_id: referral.friend_profile_integration_id.clone(),
            start_date: referral.start_date,
            expiry_date: referral.expiry_date,
            code: self.case.apply(referral.code.as_str()).as_ref().into(),
            usage_limit: referral.usage_limit,
            ..Referral::default()
        }
    }

    fn load_advocate(&self, referral: &Referral, is_deleted: bool) {
        let id: &ProfileId = &referral.advocate_profile_integration_id;
        if !is_deleted || self.tables.profiles.get(id).is_some() {
            self.change_profile(id, |advocate| {
                advocate.advocated.insert(referral.code.clone());
            });
        }
    }

    /// Stores the progress that profiles have from the start.
    fn load_progress(&self, achievement: &StoredAchievement) {
        for initial in &achievement.definition.progress {
            self.ensure_profile(&initial.profile);
            let begun = initial.start.unwrap_or(self.world.now);
            let Some(period) = achievement.period_at(begun) else {
                continue;
            };
            let key = ProgressKey::new(achievement.id(), &initial.profile);
            let id = self.next_number();
            self.tables.latest_trackers.put(LatestTracker { key: key.clone(), tracker: id });
            self.tables.progress_trackers.put(ProgressTracker {
                progress: initial.progress,
                completed: (initial.progress == achievement.definition.target).then_some(begun),
                ..ProgressTracker::new(id, key, period)
            });
        }
    }

    fn ensure_profile(&self, id: &ProfileId) {
        if self.tables.profiles.get(id).is_none() {
            self.load_profile(&world::Profile { id: id.clone(), ..Default::default() });
        }
    }

    /// Changes a profile, which is created when there is none.
    fn change_profile(&self, id: &ProfileId, change: impl FnOnce(&mut StoredProfile)) {
        self.ensure_profile(id);
        if let Some(mut stored) = self.tables.profiles.get(id) {
            change(&mut stored);
            self.tables.profiles.put(stored);
        }
    }

    fn next_number<T: From<i64>>(&self) -> T {
        let mut ids = self.ids.begin();
        let number = ids.number();
        ids.commit();
        number
    }
}

/// A campaign without an id gets the one after the largest before it.
fn campaigns(world: &World) -> Campaigns {
    let mut largest = 0;
    let campaigns = world.campaigns.iter().map(|campaign| {
        let id = campaign.id.unwrap_or_else(|| (largest + 1).into());
        largest = largest.max(id.get());
        stored(world, campaign, id)
    });
    campaigns.collect()
}

fn stored(world: &World, campaign: &world::Campaign, id: CampaignId) -> StoredCampaign {
    let ruleset_id = RulesetId::from(id.get());
    let experiment = world.experiments.iter().flatten().find(|it| it.campaign_id == id);
    let shown = Campaign {
        id,
        created: world.now,
        application_id: world.application.id,
        user_id: USER,
        name: campaign.name.clone(),
        description: campaign.description.clone(),
        tags: campaign.tags.clone(),
        start_time: campaign.start_time,
        end_time: campaign.end_time,
        attributes: Some(campaign.attributes.clone()),
        state: campaign.state.clone().unwrap_or(CampaignState::Enabled),
        active_ruleset_id: Some(ruleset_id),
        reevaluate_on_return: Some(campaign.reevaluate_on_return),
        features: campaign.features(),
        coupon_settings: campaign.coupon_settings.clone(),
        referral_settings: campaign.referral_settings.clone(),
        limits: campaign.limits.clone(),
        campaign_type: Some(CampaignType::Advanced),
        stores_imported: Some(false),
        experiment_id: experiment.map(|experiment| experiment.id),
        linked_store_ids: Some(campaign.linked_store_ids.clone()).filter(|ids| !ids.is_empty()),
        ..Campaign::default()
    };
    StoredCampaign {
        campaign: shown,
        ruleset_id,
        rules: campaign.rules.clone(),
        partial_rewards: campaign.partial_rewards,
        reevaluate_on_return: campaign.reevaluate_on_return,
        audiences: campaign.linked_audience_ids.iter().copied().collect(),
        stores: linked_stores(world, campaign),
        experiment: experiment.cloned(),
    }
}

/// Integration ids of the stores that a campaign is limited to.
fn linked_stores(world: &World, campaign: &world::Campaign) -> BTreeSet<String> {
    let stores = world.stores.iter().flatten();
    let linked = stores.filter(|store| campaign.linked_store_ids.contains(&store.id));
    linked.map(|store| store.integration_id.clone()).collect()
}

/// Additional costs are not declared: each one that a rule names gets its position among the names.
fn cost_ids(world: &World) -> CostIds {
    let rules = world.campaigns.iter().flat_map(|campaign| &campaign.rules);
    let names = rules.flat_map(|rule| &rule.then).filter_map(|reward| match reward {
        Reward::SetDiscountPerAdditionalCost(discount)
        | Reward::SetDiscountPerAdditionalCostPerItem(discount) => Some(discount.cost.clone()),
        _ => None,
    });
    names.collect::<BTreeSet<_>>().into_iter().zip(1..).collect()
}

/// The programs that serve the application.
fn programs(world: &World) -> BTreeMap<LoyaltyProgramId, StoredProgram> {
    let application = world.application.id;
    let programs = world.loyalty_programs.iter().filter(|program| program.serves(application));
    programs.map(|program| (program.id, StoredProgram::new(program))).collect()
}

fn store_ids(stores: &[world::Store]) -> BTreeSet<String> {
    stores.iter().map(|store| store.integration_id.clone()).collect()
}

fn by_id<Id: Ord, T: Clone>(things: &[T], id: impl Fn(&T) -> Id) -> BTreeMap<Id, T> {
    things.iter().map(|thing| (id(thing), thing.clone())).collect()
}
