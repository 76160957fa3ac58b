//! Rows that a test removes, with what belongs to them.

use std::collections::BTreeSet;

use talon_core::{CampaignId, CouponCode, ProfileId, ReferralCode};

use super::ledger;
use crate::state::{LoyaltyAccountKey, ProgressKey, StoredProfile, Transaction};

/// Removes a coupon and its reservations; returns whether there was one.
pub(crate) fn coupon(tx: &mut Transaction<'_>, code: &CouponCode) -> bool {
    let Some(stored) = tx.coupon(code) else { return false };
    let (code, reserved_by) = (stored.coupon.value.clone(), stored.reserved_by.clone());
    for profile in &reserved_by {
        if let Some(stored) = tx.profile_mut(profile) {
            stored.reserved.remove(&code);
        }
    }
    tx.tables.coupons.remove(&code)
}

/// Removes the coupons and referrals of a campaign.
pub(crate) fn codes_of(tx: &mut Transaction<'_>, campaign: CampaignId) {
    let coupons = tx.state.tables.coupons.all().into_iter();
    for stored in coupons.filter(|stored| stored.coupon.campaign_id == campaign) {
        coupon(tx, &stored.coupon.value);
    }
    let referrals = tx.state.tables.referrals.all().into_iter();
    for stored in referrals.filter(|stored| stored.referral.campaign_id == campaign) {
        referral(tx, &stored.referral.code, &stored.referral.advocate_profile_integration_id);
    }
}

fn referral(tx: &mut Transaction<'_>, code: &ReferralCode, advocate: &ProfileId) {
    if let Some(stored) = tx.profile_mut(advocate) {
        stored.advocated.remove(code);
    }
    tx.tables.referrals.remove(code);
}

/// Removes a profile with its sessions, events, reservations, memberships, points and progress;
/// returns whether there was one. Codes that it redeemed stay used.
pub(crate) fn profile(tx: &mut Transaction<'_>, id: &ProfileId) -> bool {
    let Some(stored) = tx.profile(id).cloned() else { return false };
    sessions_and_events(tx, id);
    reservations(tx, &stored);
    for membership in &stored.memberships {
        super::audiences::leave(tx, id, membership.audience);
    }
    for program in &stored.programs {
        let key = LoyaltyAccountKey::of_profile(*program, id);
        ledger::delete(tx, &key, None);
        tx.tables.loyalty_accounts.remove(&key);
    }
    for achievement in tx.state.achievements.keys() {
        let trackers: Vec<_> = tx.trackers(*achievement, id).map(|tracker| tracker.id).collect();
        for tracker in trackers {
            tx.tables.progress_trackers.remove(&tracker);
        }
        tx.tables.latest_trackers.remove(&ProgressKey::new(*achievement, id));
    }
    tx.tables.profiles.remove(id)
}

fn sessions_and_events(tx: &mut Transaction<'_>, id: &ProfileId) {
    for session in tx.sessions_of(id) {
        let returns = tx.session(&session).map(|stored| tx.returns_of(stored)).unwrap_or_default();
        for row in returns {
            tx.tables.returns.remove(&row.id);
        }
        tx.tables.sessions.remove(&session);
    }
    let events: BTreeSet<_> = tx.events_of(id).into_iter().collect();
    let names = tx.state.tables.event_names.all().into_iter();
    for name in names.filter(|name| events.contains(&name.event)) {
        tx.tables.event_names.remove(&name.integration_id);
    }
    for event in &events {
        tx.tables.events.remove(event);
    }
}

/// Ends reservations of coupons and registrations of cards.
fn reservations(tx: &mut Transaction<'_>, stored: &StoredProfile) {
    let id = &stored.profile.integration_id;
    for code in &stored.reserved {
        if let Some(coupon) = tx.coupon_mut(code) {
            coupon.reserved_by.remove(id);
        }
    }
    for key in &stored.cards {
        if let Some(card) = tx.card_mut(key) {
            card.profiles.retain(|registration| registration.integration_id != *id);
        }
    }
}
