//! Reservations of coupons.

use talon_core::model::{Coupon, CouponReservations, ReservedCustomers};
use talon_core::operations::{
    CreateCouponReservation, DeleteCouponReservation, GetReservedCustomers,
};
use talon_core::{ApiError, CouponCode, Problem};

use super::Execute;
use super::validate::{MAX_RESERVATIONS, Problems, check_id};
use crate::engine::codes;
use crate::state::{StoredCoupon, Transaction};

impl Execute for CreateCouponReservation {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Coupon, ApiError> {
        check(&self.coupon, &self.reservations)?;
        let coupon = tx.expect_coupon(&self.coupon)?;
        check_reservable(coupon, tx)?;
        codes::reserve(tx, &self.coupon, &self.reservations.integration_ids);
        tx.expect_coupon(&self.coupon).map(|stored| stored.coupon.clone())
    }
}

impl Execute for DeleteCouponReservation {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        check(&self.coupon, &self.reservations)?;
        tx.expect_coupon(&self.coupon)?;
        codes::end_reservations(tx, &self.coupon, &self.reservations.integration_ids);
        Ok(())
    }
}

impl Execute for GetReservedCustomers {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<ReservedCustomers, ApiError> {
        check_id("couponValue", self.coupon.as_str())?;
        let holders = &tx.expect_coupon(&self.coupon)?.reserved_by;
        let data: Vec<_> = holders.iter().filter_map(|id| tx.profile_reply(id)).collect();
        let total_result_size = i64::try_from(data.len()).unwrap_or(i64::MAX);
        Ok(ReservedCustomers { total_result_size, data })
    }
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
