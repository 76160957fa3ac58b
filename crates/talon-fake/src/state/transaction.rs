//! Changes that happen as a whole or not at all.

use std::collections::HashMap;
use std::hash::Hash;

use http::StatusCode;
use talon_core::model::{Campaign, Coupon};
use talon_core::{
    Amount, ApiError, CampaignId, CouponCode, ProfileId, ReferralCode, SessionId, Timestamp,
};

use super::{
    BudgetKey, CampaignCounts, Ids, State, StoredCampaign, StoredCoupon, StoredProfile,
    StoredReferral, StoredSession,
};

/// What one request reads and writes.
///
/// Reads fall through to the state, writes stay here until they are applied. A refused request and
/// a dry one drop them: that is all there is to either.
#[derive(Debug)]
pub(crate) struct Transaction<'s> {
    pub(crate) state: &'s State,
    pub(crate) now: Timestamp,
    changes: Changes,
}

/// What a transaction wrote.
#[derive(Debug)]
pub(crate) struct Changes {
    ids: Ids,
    counts: HashMap<CampaignId, CampaignCounts>,
    coupons: HashMap<CouponCode, StoredCoupon>,
    referrals: HashMap<ReferralCode, StoredReferral>,
    profiles: HashMap<ProfileId, StoredProfile>,
    sessions: HashMap<SessionId, StoredSession>,
    budgets: HashMap<BudgetKey, Amount>,
    awarded: HashMap<i64, usize>,
}

impl State {
    pub(crate) fn apply(&mut self, changes: Changes) {
        self.ids = changes.ids;
        self.counts.extend(changes.counts);
        self.coupons.extend(changes.coupons);
        self.referrals.extend(changes.referrals);
        self.profiles.extend(changes.profiles);
        self.sessions.extend(changes.sessions);
        self.budgets.extend(changes.budgets);
        self.awarded.extend(changes.awarded);
    }
}

impl<'s> Transaction<'s> {
    pub(crate) fn new(state: &'s State) -> Self {
        let changes = Changes {
            ids: state.ids.clone(),
            counts: HashMap::new(),
            coupons: HashMap::new(),
            referrals: HashMap::new(),
            profiles: HashMap::new(),
            sessions: HashMap::new(),
            budgets: HashMap::new(),
            awarded: HashMap::new(),
        };
        Self { state, now: state.now, changes }
    }

    pub(crate) fn finish(self) -> Changes {
        self.changes
    }

    pub(crate) fn ids(&mut self) -> &mut Ids {
        &mut self.changes.ids
    }

    pub(crate) fn campaign(&self, id: CampaignId) -> Option<&'s StoredCampaign> {
        self.state.campaigns.iter().find(|stored| stored.id() == id)
    }

    /// The campaign as replies show it, with its counters.
    pub(crate) fn campaign_reply(&self, id: CampaignId) -> Option<Campaign> {
        let counts = self.counts(id);
        let stored = self.campaign(id)?;
        Some(Campaign {
            frontend_state: Some(stored.frontend_state_at(self.now)),
            coupon_redemption_count: Some(counts.coupon_redemptions),
            referral_redemption_count: Some(counts.referral_redemptions),
            discount_count: Some(counts.discount),
            discount_effect_count: Some(counts.discount_effects),
            coupon_creation_count: Some(counts.coupon_creations),
            referral_creation_count: Some(counts.referral_creations),
            ..stored.campaign.clone()
        })
    }

    pub(crate) fn counts(&self, id: CampaignId) -> CampaignCounts {
        let counts = self.changes.counts.get(&id).or_else(|| self.state.counts.get(&id));
        counts.cloned().unwrap_or_default()
    }

    pub(crate) fn counts_mut(&mut self, id: CampaignId) -> &mut CampaignCounts {
        let counts = self.state.counts.get(&id).cloned();
        self.changes.counts.entry(id).or_insert_with(|| counts.unwrap_or_default())
    }

    /// How much of a budget is used up.
    pub(crate) fn budget(&self, key: &BudgetKey) -> Amount {
        let used = self.changes.budgets.get(key).or_else(|| self.state.budgets.get(key));
        used.copied().unwrap_or_default()
    }

    /// Uses up some of a budget, or gives it back.
    pub(crate) fn spend(&mut self, key: &BudgetKey, amount: Amount) {
        let used = self.budget(key) + amount;
        self.changes.budgets.insert(key.clone(), used);
    }

    /// How many codes of a pool of giveaways are left.
    pub(crate) fn giveaways_left(&self, pool: i64) -> usize {
        let codes = self.state.pools.get(&pool).map_or(0, |pool| pool.codes.len());
        codes.saturating_sub(self.awarded(pool))
    }

    fn awarded(&self, pool: i64) -> usize {
        let gone = self.changes.awarded.get(&pool).or_else(|| self.state.awarded.get(&pool));
        gone.copied().unwrap_or(0)
    }

    /// Takes the next code of a pool of giveaways, if one is left.
    pub(crate) fn award(&mut self, pool: i64) -> Option<String> {
        let codes = &self.state.pools.get(&pool)?.codes;
        let gone = self.awarded(pool);
        let code = codes.get(gone)?.clone();
        self.changes.awarded.insert(pool, gone + 1);
        Some(code)
    }

    pub(crate) fn coupon(&self, code: &CouponCode) -> Option<&StoredCoupon> {
        let code: &str = &self.state.case.apply(code.as_str());
        self.changes.coupons.get(code).or_else(|| self.state.coupons.get(code))
    }

    pub(crate) fn coupon_mut(&mut self, code: &CouponCode) -> Option<&mut StoredCoupon> {
        let code = CouponCode::from(&*self.state.case.apply(code.as_str()));
        write(&mut self.changes.coupons, &self.state.coupons, &code)
    }

    pub(crate) fn coupon_reply(&self, code: &CouponCode) -> Option<Coupon> {
        self.coupon(code).map(|stored| stored.coupon.clone())
    }

    pub(crate) fn put_coupon(&mut self, coupon: StoredCoupon) {
        self.changes.coupons.insert(coupon.coupon.value.clone(), coupon);
    }

    pub(crate) fn referral(&self, code: &ReferralCode) -> Option<&StoredReferral> {
        let code: &str = &self.state.case.apply(code.as_str());
        self.changes.referrals.get(code).or_else(|| self.state.referrals.get(code))
    }

    pub(crate) fn referral_mut(&mut self, code: &ReferralCode) -> Option<&mut StoredReferral> {
        let code = ReferralCode::from(&*self.state.case.apply(code.as_str()));
        write(&mut self.changes.referrals, &self.state.referrals, &code)
    }

    pub(crate) fn put_referral(&mut self, referral: StoredReferral) {
        self.changes.referrals.insert(referral.referral.code.clone(), referral);
    }

    pub(crate) fn profile(&self, id: &ProfileId) -> Option<&StoredProfile> {
        self.changes.profiles.get(id).or_else(|| self.state.profiles.get(id))
    }

    pub(crate) fn profile_mut(&mut self, id: &ProfileId) -> Option<&mut StoredProfile> {
        write(&mut self.changes.profiles, &self.state.profiles, id)
    }

    /// The profile, created empty when there is none.
    pub(crate) fn profile_or_new(&mut self, id: &ProfileId) -> &mut StoredProfile {
        let found = self.profile(id).cloned();
        let (ids, now) = (&mut self.changes.ids, self.now);
        let profile = || found.unwrap_or_else(|| StoredProfile::new(id.clone(), ids.number(), now));
        self.changes.profiles.entry(id.clone()).or_insert_with(profile)
    }

    pub(crate) fn session(&self, id: &SessionId) -> Option<&StoredSession> {
        self.changes.sessions.get(id).or_else(|| self.state.sessions.get(id))
    }

    pub(crate) fn put_session(&mut self, session: StoredSession) {
        self.changes.sessions.insert(session.session.integration_id.clone(), session);
    }

    /// The coupon, or the refusal that there is none.
    pub(crate) fn expect_coupon(&self, code: &CouponCode) -> Result<&StoredCoupon, ApiError> {
        self.coupon(code).ok_or_else(|| not_found("coupon"))
    }

    /// The profile, or the refusal that there is none.
    pub(crate) fn expect_profile(&self, id: &ProfileId) -> Result<&StoredProfile, ApiError> {
        self.profile(id).ok_or_else(|| not_found("customer profile"))
    }
}

fn not_found(what: &str) -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, format!("Not found: no such {what}"))
}

/// Copies a stored value on its first write.
fn write<'c, K: Clone + Eq + Hash, V: Clone>(
    changes: &'c mut HashMap<K, V>,
    stored: &HashMap<K, V>,
    key: &K,
) -> Option<&'c mut V> {
    if !changes.contains_key(key) {
        changes.insert(key.clone(), stored.get(key)?.clone());
    }
    changes.get_mut(key)
}
