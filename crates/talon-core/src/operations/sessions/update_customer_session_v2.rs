//! `PUT /v2/customer_sessions/{customerSessionId}`

use crate::model::{IntegrationRequest, IntegrationStateV2};
use crate::operation::{operation, options};
use crate::{SessionId, Timestamp};

/// Creates or updates a session and returns every effect now in force for it.
///
/// Members left out keep their value; `coupon_codes: Some(vec![])` drops the codes. The profile is
/// created when it does not exist. Effects replace those of earlier replies: a discount that is
/// missing must be removed from the cart. Coupons, referrals and points take effect when the
/// session is closed; a closed session can only be cancelled.
///
/// ```
/// use talon_core::prelude::*;
///
/// let session = NewCustomerSessionV2 {
///     profile_id: Some("anna".into()),
///     coupon_codes: Some(vec!["SUMMER10".into()]),
///     ..Default::default()
/// };
/// let request = UpdateCustomerSessionV2::new("cart-1", session).dry(true);
/// assert_eq!(request.to_http()?.uri(), "/v2/customer_sessions/cart-1?dry=true");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the session cannot go from its state to the one asked for, or an attribute is not
/// declared; 409 when too many requests change this session at once.
///
/// Upstream: [updateCustomerSessionV2](https://docs.talon.one/integration-api#operation/updateCustomerSessionV2).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateCustomerSessionV2 {
    /// Integration id of the session.
    pub session_id: SessionId,
    /// Evaluates without storing anything. Default `false`.
    pub dry: Option<bool>,
    /// Time of the evaluation, documented to be in the future; requires `dry`. Not in the API of
    /// June 2020.
    pub now: Option<Timestamp>,
    /// Changes of the session, and parts of the reply in addition to the effects.
    pub request: IntegrationRequest,
}

impl UpdateCustomerSessionV2 {
    /// Applies the changes `session` to `session_id`.
    pub fn new(session_id: impl Into<SessionId>, session: impl Into<IntegrationRequest>) -> Self {
        Self { session_id: session_id.into(), dry: None, now: None, request: session.into() }
    }
}

options! { UpdateCustomerSessionV2 {
    content in request,
    /// Evaluates without storing anything.
    dry: bool,
    /// Sets the time of the evaluation; requires `dry`.
    now: Timestamp,
} }

operation! { UpdateCustomerSessionV2 -> IntegrationStateV2 {
    id: "updateCustomerSessionV2",
    request: PUT "/v2/customer_sessions/{customerSessionId}",
    path: { session_id = "customerSessionId" },
    query: { dry = "dry", now = "now" },
    body: request,
    success: [OK],
    auth: [ApiKey],
    retry: Idempotent,
    idempotency_key: true,
    conflict: Parallel,
    subjects: [session_id, request.customer_session.profile_id],
} }
