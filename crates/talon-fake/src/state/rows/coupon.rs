//! Coupons.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use talon_core::model::Coupon;
use talon_core::{CouponCode, ProfileId};

use crate::store::Row;

/// A coupon and its reservations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredCoupon {
    pub(crate) coupon: Coupon,
    /// Profiles that hold a reservation.
    pub(crate) reserved_by: BTreeSet<ProfileId>,
}

impl Row for StoredCoupon {
    type Key = CouponCode;
    type Stored = Self;

    fn key(&self) -> &CouponCode {
        &self.coupon.value
    }
}
