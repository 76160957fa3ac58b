//! Profiles.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::model::{CustomerProfile, Giveaway};
use talon_core::{
    CouponCode, LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId, ReferralCode, SessionId,
};

use super::{ApiModel, ControlRequest, Reply, list as page, row};
use crate::state::{StoredProfile, Transaction};

/// A profile, and what belongs to it.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct ProfileRow {
    #[schemars(with = "ApiModel")]
    profile: CustomerProfile,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_session: Option<SessionId>,
    /// Coupons of which the profile holds reservations.
    reserved_coupons: BTreeSet<CouponCode>,
    /// How often the profile redeemed each coupon.
    redeemed_coupons: BTreeMap<CouponCode, i64>,
    /// Referrals whose advocate the profile is.
    advocated_referrals: BTreeSet<ReferralCode>,
    #[schemars(with = "Vec<ApiModel>")]
    giveaways: Vec<Giveaway>,
    /// Loyalty cards that the profile shares.
    loyalty_cards: Vec<CardName>,
}

/// A loyalty card, by its program and identifier.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct CardName {
    program_id: LoyaltyProgramId,
    identifier: LoyaltyCardIdentifier,
}

pub(in super::super) fn list(call: &ControlRequest<'_>) -> Reply {
    let (request, state) = (call.page()?, call.world()?.state());
    let tx = Transaction::new(&state);
    // Those that only an audience knows are no profiles for requests.
    let profiles = state.tables.profiles.all().into_iter().filter(|stored| !stored.is_hidden);
    Ok(page(request, profiles.collect(), |stored| Some(ProfileRow::new(&tx, stored))))
}

pub(in super::super) fn show(call: &ControlRequest<'_>) -> Reply {
    let (state, id) = (call.world()?.state(), ProfileId::from(call.id()));
    let tx = Transaction::new(&state);
    let stored = tx.profile(&id).filter(|stored| !stored.is_hidden);
    row(stored.map(|stored| ProfileRow::new(&tx, stored)))
}

impl ProfileRow {
    fn new(tx: &Transaction<'_>, stored: &StoredProfile) -> Self {
        let cards = stored
            .cards
            .iter()
            .map(|card| CardName { program_id: card.program, identifier: card.identifier.clone() });
        Self {
            profile: tx.with_memberships(stored).into_owned(),
            latest_session: stored.latest_session.clone(),
            reserved_coupons: stored.reserved.clone(),
            redeemed_coupons: stored.redeemed.clone(),
            advocated_referrals: stored.advocated.clone(),
            giveaways: stored.giveaways.clone(),
            loyalty_cards: cards.collect(),
        }
    }
}
