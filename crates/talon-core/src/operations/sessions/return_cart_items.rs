//! `POST /v2/customer_sessions/{customerSessionId}/returns`

use crate::SessionId;
use crate::model::{IntegrationStateV2, ReturnRequest};
use crate::operation::{operation, options};

/// Takes back items of a closed session and rolls back what they alone had earned.
///
/// Each unit that comes back rolls back its own discounts and points. Discounts and points of the
/// whole session stay, unless `run_rule_engine` evaluates the campaigns that are set to be
/// evaluated again. The session is then `partially_returned`, also when nothing is left, and more items may
/// come back. The reply says what was returned in `returned`.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = ReturnCartItems::new("cart-1", [ReturnedCartItem::at(1).quantity(1)]).to_http()?;
/// assert_eq!(http.uri(), "/v2/customer_sessions/cart-1/returns");
/// assert_eq!(http.body(), r#"{"return":{"returnedCartItems":[{"position":1,"quantity":1}]}}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the session is neither closed nor partially returned, an item is not in its cart, or more
/// units come back than are left: nothing is returned then. 404 when there is no such session.
///
/// Not in the API of June 2020.
/// Upstream: [returnCartItems](https://docs.talon.one/integration-api#operation/returnCartItems).
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnCartItems {
    /// Session the items belong to.
    pub session_id: SessionId,
    /// Evaluate without storing anything; `false` when absent.
    pub dry: Option<bool>,
    /// Evaluate again the campaigns that are set to be evaluated on returns; `false` when absent.
    pub run_rule_engine: Option<bool>,
    /// What comes back, and what to return in addition to the effects.
    pub request: ReturnRequest,
}

impl ReturnCartItems {
    /// Takes back these items of `session_id`.
    pub fn new(session_id: impl Into<SessionId>, items: impl Into<ReturnRequest>) -> Self {
        let request = items.into();
        Self { session_id: session_id.into(), dry: None, run_rule_engine: None, request }
    }
}

options! { ReturnCartItems {
    content in request,
    /// Evaluate without storing anything.
    dry: bool,
    /// Evaluate again the campaigns that are set to be evaluated on returns.
    run_rule_engine: bool,
} }

operation! { ReturnCartItems -> IntegrationStateV2 {
    id: "returnCartItems",
    request: POST "/v2/customer_sessions/{customerSessionId}/returns",
    path: { session_id = "customerSessionId" },
    query: { dry = "dry", run_rule_engine = "runRuleEngine" },
    body: request,
    success: [OK],
    auth: [ApiKey],
    retry: Unsafe,
    idempotency_key: true,
    subjects: [session_id],
} }
