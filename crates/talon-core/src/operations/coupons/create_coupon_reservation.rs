//! `POST /v1/coupon_reservations/{couponValue}`

use crate::CouponCode;
use crate::model::{Coupon, CouponReservations};
use crate::operation::operation;

/// Reserves a coupon for customer profiles and returns the coupon.
///
/// A profile that does not exist yet is created. Reserving again changes nothing. A coupon made for
/// one recipient cannot be reserved.
///
/// ```
/// use talon_core::prelude::*;
///
/// let friends = CouponReservations::new(["anna", "bert"]);
/// let http = CreateCouponReservation::new("10 % OFF", friends).to_http()?;
/// assert_eq!(http.uri(), "/v1/coupon_reservations/10%20%25%20OFF");
/// assert_eq!(http.body(), r#"{"integrationIDs":["anna","bert"]}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such coupon, 400 when it cannot be reserved.
///
/// Upstream: [createCouponReservation](https://docs.talon.one/integration-api#operation/createCouponReservation).
#[derive(Clone, Debug, PartialEq)]
pub struct CreateCouponReservation {
    /// Code of the coupon.
    pub coupon: CouponCode,
    /// Profiles that the coupon is reserved for, at most 1000.
    pub reservations: CouponReservations,
}

impl CreateCouponReservation {
    /// Reserves `coupon` for these profiles.
    pub fn new(coupon: impl Into<CouponCode>, profiles: impl Into<CouponReservations>) -> Self {
        Self { coupon: coupon.into(), reservations: profiles.into() }
    }
}

operation! { CreateCouponReservation -> Coupon {
    id: "createCouponReservation",
    request: POST "/v1/coupon_reservations/{couponValue}",
    path: { coupon = "couponValue" },
    body: reservations,
    success: [CREATED],
    auth: [ApiKey, Signature],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
