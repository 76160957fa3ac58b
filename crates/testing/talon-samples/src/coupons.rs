//! Coupons.

use talon_core::prelude::*;

use crate::Sample;

fn anna() -> CouponReservations {
    CouponReservations::new(["anna"])
}

fn empty_id() -> CouponReservations {
    CouponReservations::new(["", "anna"])
}

impl Sample for CreateCouponReservation {
    fn sample(id: &str) -> Self {
        Self::new(id, CouponReservations::new(["anna", "ben"]))
    }

    fn refused() -> Vec<Self> {
        vec![
            Self::new("FOR-ANNA", CouponReservations::new(["ben"])),
            Self::new("UNKNOWN", anna()),
            Self::new("FOR-ANNA", empty_id()),
            Self::new("", anna()),
        ]
    }
}

impl Sample for DeleteCouponReservation {
    fn sample(id: &str) -> Self {
        Self::new(id, anna())
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("UNKNOWN", anna()), Self::new("FOR-ANNA", empty_id())]
    }
}

impl Sample for GetReservedCustomers {
    fn sample(id: &str) -> Self {
        Self::new(id)
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("UNKNOWN"), Self::new("."), Self::new("x".repeat(1001))]
    }
}
