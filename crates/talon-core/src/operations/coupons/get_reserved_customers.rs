//! `GET /v1/coupon_reservations/customerprofiles/{couponValue}`

use crate::CouponCode;
use crate::model::ReservedCustomers;
use crate::operation::operation;

/// Returns the profiles that hold a reservation of a coupon, whether it is binding or not.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetReservedCustomers::new("SUMMER10").to_http()?;
/// assert_eq!(http.uri(), "/v1/coupon_reservations/customerprofiles/SUMMER10");
///
/// let reply = http::Response::new(r#"{"totalResultSize":0,"data":[]}"#.into());
/// assert!(GetReservedCustomers::reply_from_http(reply)?.data.is_empty());
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such coupon.
///
/// Upstream: [getReservedCustomers](https://docs.talon.one/integration-api#operation/getReservedCustomers).
#[derive(Clone, Debug, PartialEq)]
pub struct GetReservedCustomers {
    /// Code of the coupon.
    pub coupon: CouponCode,
}

impl GetReservedCustomers {
    /// Requests the profiles with a reservation of `coupon`.
    pub fn new(coupon: impl Into<CouponCode>) -> Self {
        Self { coupon: coupon.into() }
    }
}

operation! { GetReservedCustomers -> ReservedCustomers {
    id: "getReservedCustomers",
    request: GET "/v1/coupon_reservations/customerprofiles/{couponValue}",
    path: { coupon = "couponValue" },
    success: [OK],
    auth: [ApiKey, Signature],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
