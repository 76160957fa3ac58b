//! `POST /v1/loyalty_programs/{loyaltyProgramId}/activate_points`

use crate::LoyaltyProgramId;
use crate::model::{ActivatedLoyaltyPoints, LoyaltyPointsActivation};
use crate::operation::operation;

/// Activates points that wait for an action.
///
/// Points that are active already are left out of the reply, so the call is safe to repeat. Points with
/// a start date ahead are not touched.
///
/// ```
/// use talon_core::prelude::*;
///
/// let points = LoyaltyPointsActivation::of_session("cart-1");
/// let http = ActivateLoyaltyPoints::new(5, points).to_http()?;
/// assert_eq!(http.uri(), "/v1/loyalty_programs/5/activate_points");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when not exactly one of session and transactions is given, and for more than 50 transactions;
/// 404 when there is no such program, session or transaction.
///
/// Not in the API of June 2020.
/// Upstream:
/// [activateLoyaltyPoints](https://docs.talon.one/integration-api#operation/activateLoyaltyPoints).
#[derive(Clone, Debug, PartialEq)]
pub struct ActivateLoyaltyPoints {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which points.
    pub activation: LoyaltyPointsActivation,
}

impl ActivateLoyaltyPoints {
    /// Activates points of `program_id`.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        activation: LoyaltyPointsActivation,
    ) -> Self {
        Self { program_id: program_id.into(), activation }
    }
}

operation! { ActivateLoyaltyPoints -> ActivatedLoyaltyPoints {
    id: "activateLoyaltyPoints",
    request: POST "/v1/loyalty_programs/{loyaltyProgramId}/activate_points",
    path: { program_id = "loyaltyProgramId" },
    body: activation,
    success: [OK],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
} }
