//! Generated requests: reservations of coupons.

use arbitrary::{Result, Unstructured};
use talon_core::model::Coupon;
use talon_core::prelude::*;
use talon_fake::Fake;

use super::GenerateRequest;
use crate::sequence::expected::Expected;
use crate::sequence::values::{KnownCodes, PROFILES, one_of, up_to};

impl GenerateRequest for CreateCouponReservation {
    fn generate(bytes: &mut Unstructured<'_>, codes: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, &codes.coupons)?, reservations(bytes)?))
    }

    fn record(&self, reply: &Coupon, _: &Fake, expected: &mut Expected, _: &mut KnownCodes) {
        for profile in &self.reservations.integration_ids {
            expected.reserved.insert((reply.value.clone(), profile.clone()));
        }
    }
}

impl GenerateRequest for DeleteCouponReservation {
    fn generate(bytes: &mut Unstructured<'_>, codes: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, &codes.coupons)?, reservations(bytes)?))
    }

    fn record(&self, (): &(), _: &Fake, expected: &mut Expected, _: &mut KnownCodes) {
        let deleted = &self.reservations.integration_ids;
        expected.reserved.retain(|(code, profile)| {
            // The reply is a success, so a code that differs only in case is the same.
            let is_mine = code.as_str().eq_ignore_ascii_case(self.coupon.as_str());
            !is_mine || !deleted.contains(profile)
        });
    }
}

impl GenerateRequest for GetReservedCustomers {
    fn generate(bytes: &mut Unstructured<'_>, codes: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, &codes.coupons)?))
    }
}

fn reservations(bytes: &mut Unstructured<'_>) -> Result<CouponReservations> {
    Ok(CouponReservations::new(up_to(bytes, 2, |bytes| one_of(bytes, PROFILES))?))
}
