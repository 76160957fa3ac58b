//! Coupons and referrals.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use talon_core::model::{Coupon, Referral};
use talon_core::{CampaignId, CouponCode, ProfileId, ReferralCode};

use super::{ApiModel, ControlRequest, Reply, list as page, row};
use crate::state::{StoredCoupon, StoredReferral, Transaction};

/// A coupon.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct CouponRow {
    #[schemars(with = "ApiModel")]
    coupon: Coupon,
    /// Profiles that hold a reservation.
    reserved_by: BTreeSet<ProfileId>,
}

/// A referral.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct ReferralRow {
    #[schemars(with = "ApiModel")]
    referral: Referral,
}

pub(in super::super) fn coupons(call: &ControlRequest<'_>) -> Reply {
    let campaign = call.number("campaignId")?.map(CampaignId::from);
    let (request, state) = (call.page()?, call.world()?.state());
    let mut coupons = state.tables.coupons.all();
    coupons.retain(|it| campaign.is_none_or(|id| it.coupon.campaign_id == id));
    Ok(page(request, coupons, |stored| Some(CouponRow::new(stored))))
}

pub(in super::super) fn coupon(call: &ControlRequest<'_>) -> Reply {
    let state = call.world()?.state();
    let tx = Transaction::new(&state);
    row(tx.coupon(&CouponCode::from(call.id())).map(CouponRow::new))
}

pub(in super::super) fn referrals(call: &ControlRequest<'_>) -> Reply {
    let campaign = call.number("campaignId")?.map(CampaignId::from);
    let (request, state) = (call.page()?, call.world()?.state());
    let mut referrals = state.tables.referrals.all();
    referrals.retain(|it| campaign.is_none_or(|id| it.referral.campaign_id == id));
    Ok(page(request, referrals, |stored| Some(ReferralRow::new(stored))))
}

pub(in super::super) fn referral(call: &ControlRequest<'_>) -> Reply {
    let state = call.world()?.state();
    let tx = Transaction::new(&state);
    row(tx.referral(&ReferralCode::from(call.id())).map(ReferralRow::new))
}

impl CouponRow {
    fn new(stored: &StoredCoupon) -> Self {
        Self { coupon: stored.coupon.clone(), reserved_by: stored.reserved_by.clone() }
    }
}

impl ReferralRow {
    fn new(stored: &StoredReferral) -> Self {
        Self { referral: stored.referral.clone() }
    }
}
