//! `DELETE /v1/coupon_reservations/{couponValue}`

use crate::CouponCode;
use crate::model::CouponReservations;
use crate::operation::operation;

/// Removes the reservations that customer profiles hold of a coupon.
///
/// Profiles without a reservation are skipped. This is a `DELETE` with a JSON body.
///
/// ```
/// use talon_core::prelude::*;
///
/// let request = DeleteCouponReservation::new("SUMMER10", ["anna"]);
/// let http = request.to_http()?;
/// assert_eq!(http.method(), http::Method::DELETE);
/// assert_eq!(http.headers()["content-type"], "application/json");
/// assert_eq!(http.body(), r#"{"integrationIDs":["anna"]}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such coupon.
///
/// Upstream: [deleteCouponReservation](https://docs.talon.one/integration-api#operation/deleteCouponReservation).
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteCouponReservation {
    /// Code of the coupon.
    pub coupon: CouponCode,
    /// Profiles whose reservations are removed, at most 1000.
    pub reservations: CouponReservations,
}

impl DeleteCouponReservation {
    /// Removes the reservations of `coupon` for these profiles.
    pub fn new(coupon: impl Into<CouponCode>, profiles: impl Into<CouponReservations>) -> Self {
        Self { coupon: coupon.into(), reservations: profiles.into() }
    }
}

operation! { DeleteCouponReservation -> () {
    id: "deleteCouponReservation",
    request: DELETE "/v1/coupon_reservations/{couponValue}",
    path: { coupon = "couponValue" },
    body: reservations,
    success: [NO_CONTENT],
    auth: [ApiKey, Signature],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
