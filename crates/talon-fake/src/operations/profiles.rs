//! Profiles, their inventory and their data.

use talon_core::model::{
    CampaignState, Coupon, CouponState, CustomerInventory, CustomerProfileUpdate, Event,
    IntegrationState, Loyalty, NewCustomerProfile, ResponseContent,
};
use talon_core::operations::{
    DeleteCustomerData, GetCustomerInventory, UpdateCustomerProfile, UpdateCustomerProfileV2,
};
use talon_core::{ApiError, Attributes, ProfileId};

use super::validate::{Problems, check_id};
use super::{CONTENT_OUTSIDE_SESSIONS, Execute, evaluation_options, reply};
use crate::engine::audiences;
use crate::engine::cards;
use crate::engine::ledger;
use crate::engine::lifecycle::evaluate_profile;
use crate::engine::outcome::{EvaluationOptions, Outcome};
use crate::state::{StoredCoupon, StoredProfile, Transaction};

mod batch;

impl Execute for UpdateCustomerProfile {
    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<IntegrationState, ApiError> {
        let is_new = update(tx, &self.profile_id, &self.profile)?;
        let outcome = evaluated(tx, &self.profile_id, is_new, EvaluationOptions::default());
        let event = Event { session_id: None, ..reply::event::built_in(tx, &outcome) };
        Ok(reply::v1::state(tx, &outcome, event))
    }
}

impl Execute for UpdateCustomerProfileV2 {
    fn is_dry(&self) -> bool {
        self.dry == Some(true) && self.run_rule_engine == Some(true)
    }

    fn execute(&self, tx: &mut Transaction<'_>) -> Result<CustomerProfileUpdate, ApiError> {
        let mut problems = Problems::new();
        let content = self.profile.response_content.as_deref();
        problems.response_content(content, CONTENT_OUTSIDE_SESSIONS);
        let runs_rules = self.run_rule_engine == Some(true);
        if runs_rules && !tx.is_dry {
            problems.no_eligibility(content);
        }
        problems.finish()?;
        let before = audiences::of(tx, &self.profile_id);
        let is_new = update(tx, &self.profile_id, &self.profile)?;
        let changes = audiences::changes_since(tx, &self.profile_id, &before);
        let parts = content.unwrap_or_default();
        let only = self.profile.evaluable_campaign_ids.as_deref();
        let outcome = runs_rules.then(|| {
            let options = EvaluationOptions {
                audience_changes: Some(&changes),
                ..evaluation_options(tx.is_dry, only, parts)
            };
            evaluated(tx, &self.profile_id, is_new, options)
        });
        let profile = tx.profile_reply(&self.profile_id);
        let reply = outcome.map_or_else(CustomerProfileUpdate::default, |outcome| {
            reply::v2::profile_update(tx, outcome, parts)
        });
        Ok(CustomerProfileUpdate {
            // Clients of 2020 need it and cannot ask for it: they know of no list.
            customer_profile: content
                .is_none_or(|parts| parts.contains(&ResponseContent::CustomerProfile))
                .then_some(profile)
                .flatten(),
            effects: reply.effects.or(Some(Vec::new())),
            created_coupons: reply.created_coupons.or(Some(Vec::new())),
            created_referrals: reply.created_referrals.or(Some(Vec::new())),
            ..reply
        })
    }
}

/// Merges the attributes; returns whether the profile is new.
fn update(
    tx: &mut Transaction<'_>,
    id: &ProfileId,
    sent: &NewCustomerProfile,
) -> Result<bool, ApiError> {
    check_id("integrationId", id.as_str())?;
    let declared = tx.state.schema.profile.as_ref();
    let mut problems = Problems::new();
    problems.attributes(
        || "/attributes".to_owned(),
        "CustomerProfile",
        declared,
        sent.attributes.as_ref(),
    );
    problems.finish()?;
    let is_new = tx.profile(id).is_none_or(|stored| stored.is_hidden);
    let stored = tx.profile_or_new(id);
    if let Some(attributes) = &sent.attributes {
        stored.profile.attributes.merge(attributes);
    }
    change_audiences(tx, id, sent)?;
    Ok(is_new)
}

fn change_audiences(
    tx: &mut Transaction<'_>,
    id: &ProfileId,
    sent: &NewCustomerProfile,
) -> Result<(), ApiError> {
    let Some(changes) = &sent.audiences_changes else { return Ok(()) };
    let mut problems = Problems::new();
    for (index, audience) in changes.adds.iter().enumerate() {
        if audiences::join(tx, id, *audience).is_none() {
            let pointer = format!("/audiencesChanges/adds/{index}");
            problems.add(pointer, "Not found", "there is no such audience");
        }
    }
    for (index, audience) in changes.deletes.iter().enumerate() {
        if audiences::leave(tx, id, *audience).is_none() {
            let pointer = format!("/audiencesChanges/deletes/{index}");
            problems.add(pointer, "Not found", "there is no such audience");
        }
    }
    problems.finish()
}

/// Runs the rules for a profile without a session.
fn evaluated(
    tx: &mut Transaction<'_>,
    id: &ProfileId,
    is_new: bool,
    options: EvaluationOptions<'_>,
) -> Outcome {
    let event_type = if is_new { "talon_profile_created" } else { "talon_profile_updated" };
    evaluate_profile(tx, id, event_type, options)
}

impl Execute for GetCustomerInventory {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<CustomerInventory, ApiError> {
        let stored = tx.expect_profile(&self.profile_id)?;
        let wants = |flag: Option<bool>| flag == Some(true);
        Ok(CustomerInventory {
            profile: wants(self.profile).then(|| tx.with_memberships(stored).into_owned()),
            referrals: wants(self.referrals).then(|| {
                stored.advocated.iter().filter_map(|code| tx.referral_reply(code)).collect()
            }),
            coupons: wants(self.coupons).then(|| {
                let reserved = stored.reserved.iter().filter_map(|code| tx.coupon(code));
                reserved.map(|coupon| inventory_coupon(tx, stored, coupon)).collect()
            }),
            loyalty: wants(self.loyalty).then(|| loyalty(tx, &self.profile_id)),
            giveaways: wants(self.giveaways).then(|| stored.giveaways.clone()),
            achievements: wants(self.achievements)
                .then(|| reply::achievements::of_inventory(tx, &self.profile_id)),
        })
    }
}

/// Balances of the profile, and the loyalty cards that it shares; these are left out where there
/// are none.
fn loyalty(tx: &Transaction<'_>, profile: &ProfileId) -> Loyalty {
    let cards: Vec<_> =
        tx.cards_of(profile).into_iter().map(|it| cards::reply(tx, it, &[])).collect();
    let cards = Some(cards).filter(|cards| !cards.is_empty());
    Loyalty { cards, ..ledger::balances(tx, profile, &[]) }
}

fn inventory_coupon(
    tx: &Transaction<'_>,
    profile: &StoredProfile,
    stored: &StoredCoupon,
) -> Coupon {
    let redeemed = profile.redeemed.get(&stored.coupon.value).copied().unwrap_or(0);
    Coupon {
        profile_redemption_count: Some(redeemed),
        state: Some(state_of(tx, &stored.coupon, redeemed)),
        ..stored.coupon.clone()
    }
}

fn state_of(tx: &Transaction<'_>, coupon: &Coupon, redeemed: i64) -> CouponState {
    let campaign = tx.campaign(coupon.campaign_id).map(|stored| &stored.campaign);
    // Neither disabled nor over; one that is scheduled counts.
    let is_active = campaign.is_some_and(|campaign| {
        campaign.state == CampaignState::Enabled && campaign.end_time.is_none_or(|end| tx.now < end)
    });
    if redeemed > 0 || (coupon.usage_limit > 0 && coupon.usage_counter >= coupon.usage_limit) {
        CouponState::Used
    } else if coupon.expiry_date.is_some_and(|expiry| expiry <= tx.now) {
        CouponState::Expired
    } else if coupon.start_date.is_some_and(|start| start > tx.now) {
        CouponState::Pending
    } else if is_active {
        CouponState::Active
    } else {
        CouponState::Disabled
    }
}

impl Execute for DeleteCustomerData {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        tx.expect_profile(&self.profile_id)?;
        if let Some(stored) = tx.profile_mut(&self.profile_id) {
            stored.profile.attributes = Attributes::new();
        }
        for id in tx.sessions_of(&self.profile_id) {
            let Some(stored) = tx.session_mut(&id) else { continue };
            stored.session.attributes = Attributes::new();
            for item in &mut stored.session.cart_items {
                item.attributes = None;
            }
        }
        for id in tx.events_of(&self.profile_id) {
            if let Some(stored) = tx.tables.events.get_mut(&id) {
                stored.event.attributes = Attributes::new();
            }
        }
        Ok(())
    }
}
