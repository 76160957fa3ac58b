//! `POST /v1/best_prior_price`

use crate::model::{BestPriorPriceRequest, PriorPrice};
use crate::operation::operation;

/// Returns the lowest price of each item within a timeframe.
///
/// An item without a price in the timeframe is left out.
///
/// ```
/// use talon_core::prelude::*;
///
/// let end: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
/// let http = BestPriorPrice::new(BestPriorPriceRequest::new(["MUG"], end, 30)).to_http()?;
/// assert_eq!(http.uri(), "/v1/best_prior_price");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a request without items, for a timeframe that is not a positive number of days or has no
/// known end, and for an audience without an id.
///
/// Not in the API of June 2020.
/// Upstream: [bestPriorPrice](https://docs.talon.one/integration-api#operation/bestPriorPrice).
#[derive(Clone, Debug, PartialEq)]
pub struct BestPriorPrice {
    /// The items and the timeframe.
    pub request: BestPriorPriceRequest,
}

impl BestPriorPrice {
    /// Asks for the prices that `request` describes.
    pub fn new(request: BestPriorPriceRequest) -> Self {
        Self { request }
    }
}

operation! { BestPriorPrice -> Vec<PriorPrice> {
    id: "bestPriorPrice",
    request: POST "/v1/best_prior_price",
    body: request,
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
