//! Changes that happen as a whole or not at all.

use std::borrow::Cow;

use http::StatusCode;
use talon_core::model::{Campaign, Coupon, Referral, RuleFailureReason};
use talon_core::{
    Amount, ApiError, CampaignId, CouponCode, ProfileId, ReferralCode, SessionId, Timestamp,
};

use super::ids::IdsTx;
use super::tables::TablesTx;
use super::{
    Budget, BudgetKey, CampaignCounts, RuleFailure, RuleFailures, State, StoredCampaign,
    StoredCoupon, StoredProfile, StoredReferral, StoredSession,
};
use crate::store::{Conflict, UnreadableRow};
use crate::time::Time;

mod achievements;
mod audiences;
mod cards;
mod catalogs;
mod giveaways;
mod lists;
mod loyalty;
mod prices;

/// What one request reads and writes.
///
/// Reads fall through to the state, and what was read first is what is read again. Writes stay
/// here until the transaction is [committed](Self::commit), which works only as long as all that
/// was read is still so. A refused request and a dry one drop them: that is all there is to either.
pub(crate) struct Transaction<'s> {
    pub(crate) state: &'s State,
    pub(crate) now: Timestamp,
    /// Whether its writes are dropped: the request is a dry run.
    pub(crate) is_dry: bool,
    /// Why rules did not apply in the last evaluation.
    pub(crate) failures: Vec<RuleFailure>,
    /// The clock when it began.
    pub(super) time: Time,
    pub(super) ids: IdsTx<'s>,
    pub(crate) tables: TablesTx<'s>,
}

impl<'s> Transaction<'s> {
    pub(crate) fn new(state: &'s State) -> Self {
        let time = state.time();
        Self {
            state,
            now: time.now(),
            is_dry: false,
            failures: Vec::new(),
            time,
            ids: state.ids.begin(),
            tables: state.tables.begin(),
        }
    }

    /// Ends the transaction; a refused request and a dry run end it without its writes. Returns
    /// whether it changed anything.
    ///
    /// `record` runs while the rows are locked: transactions that touch the same rows are recorded
    /// in the order in which they took effect.
    ///
    /// # Errors
    /// [`Conflict`] when a row or the clock has changed since the transaction read it.
    pub(crate) fn commit(self, writes: bool, record: &mut dyn FnMut()) -> Result<bool, Conflict> {
        let Self { state, time, ids, tables, .. } = self;
        let mut ids = Some(ids).filter(|_| writes);
        tables.commit(writes, &|| state.time() == time, &mut || {
            if let Some(ids) = ids.take() {
                ids.commit();
            }
            record();
        })
    }

    /// Refuses a request that read a row which cannot be decoded: its result would rest on the
    /// absence of the row.
    pub(crate) fn check_readable(&self) -> Result<(), ApiError> {
        self.tables.unreadable().map_or(Ok(()), |unreadable| Err(failure(unreadable)))
    }

    pub(crate) fn ids(&mut self) -> &mut IdsTx<'s> {
        &mut self.ids
    }

    pub(crate) fn campaign(&self, id: CampaignId) -> Option<&'s StoredCampaign> {
        self.state.campaigns.get(id)
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

    /// Why rules did not apply in the last evaluation, as replies report it.
    pub(crate) fn failure_reasons(&self) -> Vec<RuleFailureReason> {
        let campaigns = &self.state.campaigns;
        self.failures.iter().filter_map(|failure| failure.reason(campaigns)).collect()
    }

    /// Takes the failures out, for the record of the request; `None` when there are none.
    pub(crate) fn take_failures(&mut self) -> Option<RuleFailures> {
        let failures = std::mem::take(&mut self.failures);
        (!failures.is_empty()).then(|| RuleFailures::new(&self.state.campaigns, failures))
    }

    pub(crate) fn counts(&self, id: CampaignId) -> CampaignCounts {
        self.tables.counts.get(&id)
    }

    /// By how much the request moves the counts of a campaign; begins with 0.
    pub(crate) fn counts_mut(&mut self, id: CampaignId) -> &mut CampaignCounts {
        self.tables.counts.delta(id)
    }

    /// How much of a budget is used up.
    pub(crate) fn budget(&self, key: &BudgetKey) -> Amount {
        self.tables.budgets.get(key).map(|budget| budget.used).unwrap_or_default()
    }

    /// Uses up some of a budget, or gives it back.
    pub(crate) fn spend(&mut self, key: &BudgetKey, amount: Amount) {
        match self.tables.budgets.get_mut(key) {
            Some(budget) => budget.used += amount,
            None => drop(self.tables.budgets.put(Budget { key: key.clone(), used: amount })),
        }
    }

    pub(crate) fn coupon(&self, code: &CouponCode) -> Option<&StoredCoupon> {
        self.tables.coupons.get(&*self.spelled(code))
    }

    pub(crate) fn coupon_mut(&mut self, code: &CouponCode) -> Option<&mut StoredCoupon> {
        let code = self.spelled(code);
        self.tables.coupons.get_mut(&code)
    }

    pub(crate) fn coupon_reply(&self, code: &CouponCode) -> Option<Coupon> {
        self.coupon(code).map(|stored| stored.coupon.clone())
    }

    pub(crate) fn put_coupon(&mut self, coupon: StoredCoupon) {
        self.tables.coupons.put(coupon);
    }

    pub(crate) fn referral(&self, code: &ReferralCode) -> Option<&StoredReferral> {
        self.tables.referrals.get(&*self.spelled(code))
    }

    /// A referral as sessions and inventories show it: with its referred customers, also when there
    /// are none.
    pub(crate) fn referral_reply(&self, code: &ReferralCode) -> Option<Referral> {
        let referral = self.referral(code)?.referral.clone();
        let referred_customers = Some(referral.referred_customers.unwrap_or_default());
        Some(Referral { referred_customers, ..referral })
    }

    pub(crate) fn referral_mut(&mut self, code: &ReferralCode) -> Option<&mut StoredReferral> {
        let code = self.spelled(code);
        self.tables.referrals.get_mut(&code)
    }

    pub(crate) fn put_referral(&mut self, referral: StoredReferral) {
        self.tables.referrals.put(referral);
    }

    pub(crate) fn profile(&self, id: &ProfileId) -> Option<&StoredProfile> {
        self.tables.profiles.get(id)
    }

    pub(crate) fn profile_mut(&mut self, id: &ProfileId) -> Option<&mut StoredProfile> {
        self.tables.profiles.get_mut(id)
    }

    /// The profile, created empty when there is none. Requests find it from now on.
    pub(crate) fn profile_or_new(&mut self, id: &ProfileId) -> &mut StoredProfile {
        let profile = self.profile_or_hidden(id);
        profile.is_hidden = false;
        profile
    }

    pub(crate) fn session(&self, id: &SessionId) -> Option<&StoredSession> {
        self.tables.sessions.get(id)
    }

    /// Takes the session out without a copy; the caller puts it back changed.
    pub(crate) fn take_session(&mut self, id: &SessionId) -> Option<StoredSession> {
        self.tables.sessions.take(id)
    }

    pub(crate) fn session_mut(&mut self, id: &SessionId) -> Option<&mut StoredSession> {
        self.tables.sessions.get_mut(id)
    }

    pub(crate) fn put_session(&mut self, session: StoredSession) {
        self.tables.sessions.put(session);
    }

    /// The session, or the refusal that there is none.
    pub(crate) fn expect_session(&self, id: &SessionId) -> Result<&StoredSession, ApiError> {
        self.session(id).ok_or_else(|| not_found("customer session"))
    }

    /// A code as it is stored.
    fn spelled<'c, C>(&self, code: &'c C) -> Cow<'c, C>
    where
        C: AsRef<str> + Clone + From<String>,
    {
        match self.state.case.apply(code.as_ref()) {
            Cow::Borrowed(_) => Cow::Borrowed(code),
            Cow::Owned(spelled) => Cow::Owned(C::from(spelled)),
        }
    }

    /// The coupon, or the refusal that there is none.
    pub(crate) fn expect_coupon(&self, code: &CouponCode) -> Result<&StoredCoupon, ApiError> {
        self.coupon(code).ok_or_else(|| not_found("coupon"))
    }

    /// The profile, or the refusal that there is none.
    pub(crate) fn expect_profile(&self, id: &ProfileId) -> Result<&StoredProfile, ApiError> {
        let visible = self.profile(id).filter(|stored| !stored.is_hidden);
        visible.ok_or_else(|| not_found("customer profile"))
    }
}

/// The refusal of a request whose result would rest on a row that cannot be read.
pub(crate) fn failure(unreadable: &UnreadableRow) -> ApiError {
    let message = format!("The fake failed: {unreadable}");
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message)
}

pub(crate) fn not_found(what: &str) -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, format!("Not found: no such {what}"))
}
