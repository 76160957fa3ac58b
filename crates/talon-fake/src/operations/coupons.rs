//! Reservations of coupons.

use talon_core::model::{Coupon, CouponReservations, ReservedCustomers};
use talon_core::operations::{
    CreateCouponReservation, DeleteCouponReservation, GetReservedCustomers,
};
use talon_core::{Amount, ApiError, CouponCode, Problem, ProfileId};

use super::Execute;
use super::validate::{MAX_RESERVATIONS, Problems, check_id};
use crate::state::{StoredCoupon, Transaction};

impl Execute for CreateCouponReservation {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Coupon, ApiError> {
        check(&self.coupon, &self.reservations)?;
        let coupon = tx.expect_coupon(&self.coupon)?;
        check_reservable(coupon, tx)?;
        for profile in &self.reservations.integration_ids {
            reserve(tx, &self.coupon, profile);
        }
        reply(tx, &self.coupon)
    }
}

impl Execute for DeleteCouponReservation {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        check(&self.coupon, &self.reservations)?;
        let code = tx.expect_coupon(&self.coupon)?.coupon.value.clone();
        for profile in &self.reservations.integration_ids {
            if let Some(stored) = tx.profile_mut(profile) {
                stored.reserved.remove(&code);
            }
            if let Some(stored) = tx.coupon_mut(&self.coupon) {
                stored.reserved_by.remove(profile);
            }
        }
        reply(tx, &self.coupon).map(drop)
    }
}

impl Execute for GetReservedCustomers {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<ReservedCustomers, ApiError> {
        check_id("couponValue", self.coupon.as_str())?;
        let holders = &tx.expect_coupon(&self.coupon)?.reserved_by;
        let profiles = holders.iter().filter_map(|id| tx.profile(id));
        let data: Vec<_> = profiles.map(|stored| stored.profile.clone()).collect();
        let total_result_size = i64::try_from(data.len()).unwrap_or(i64::MAX);
        Ok(ReservedCustomers { total_result_size, data })
    }
}

/// Reserves a coupon for a profile, which is created when unknown; returns whether it held no
/// reservation before, or `None` when there is no such coupon.
pub(crate) fn reserve(
    tx: &mut Transaction<'_>,
    code: &CouponCode,
    profile: &ProfileId,
) -> Option<bool> {
    let code = tx.coupon(code)?.coupon.value.clone();
    tx.profile_or_new(profile).reserved.insert(code.clone());
    let stored = tx.coupon_mut(&code)?;
    let is_new = stored.reserved_by.insert(profile.clone());
    count_reservations(stored);
    Some(is_new)
}

fn count_reservations(stored: &mut StoredCoupon) {
    let count = i64::try_from(stored.reserved_by.len()).unwrap_or(i64::MAX);
    stored.coupon.reservation_counter = Some(Amount::from(count));
}

/// Brings the counter up to date and returns the coupon.
fn reply(tx: &mut Transaction<'_>, code: &CouponCode) -> Result<Coupon, ApiError> {
    if let Some(stored) = tx.coupon_mut(code) {
        count_reservations(stored);
    }
    tx.expect_coupon(code).map(|stored| stored.coupon.clone())
}

fn check(code: &CouponCode, reservations: &CouponReservations) -> Result<(), ApiError> {
    check_id("couponValue", code.as_str())?;
    let mut problems = Problems::new();
    let profiles = &reservations.integration_ids;
    if profiles.len() > MAX_RESERVATIONS {
        let details = format!("at most {MAX_RESERVATIONS} profiles");
        problems.add("/integrationIDs", "maxItems", details);
    }
    for (index, profile) in profiles.iter().enumerate() {
        problems.id(&format!("/integrationIDs/{index}"), profile.as_str());
    }
    problems.finish()
}

fn check_reservable(stored: &StoredCoupon, tx: &Transaction<'_>) -> Result<(), ApiError> {
    let coupon = &stored.coupon;
    let reason = if coupon.recipient_integration_id.is_some() {
        "the coupon was made for one recipient"
    } else if coupon.expiry_date.is_some_and(|expiry| expiry <= tx.now) {
        "the coupon has expired"
    } else if coupon.usage_limit > 0 && coupon.usage_counter >= coupon.usage_limit {
        "the coupon is used up"
    } else {
        return Ok(());
    };
    let details = format!("cannot be reserved: {reason}");
    Err(ApiError::invalid(Problem::parameter("couponValue", "Invalid", details)))
}
