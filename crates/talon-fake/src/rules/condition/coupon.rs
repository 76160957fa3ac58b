//! Conditions about coupons.

use talon_core::CouponCode;

use crate::rules::Facts;

/// Whether the coupon under evaluation has one of these codes.
pub(super) fn is_one_of(facts: &Facts<'_>, codes: &[CouponCode]) -> bool {
    facts.coupon.is_some_and(|coupon| {
        codes.iter().any(|code| coupon.value == *facts.case.apply(code.as_str()))
    })
}
