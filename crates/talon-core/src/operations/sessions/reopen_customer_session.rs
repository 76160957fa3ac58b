//! `PUT /v2/customer_sessions/{customerSessionId}/reopen`

use crate::SessionId;
use crate::model::ReopenedSession;
use crate::operation::operation;

/// Opens a closed session again and rolls back what its close did.
///
/// Rolls back what a cancel would: redeemed codes, discounts, points as far as the return policy of
/// their program allows, and the limits they used up. Created codes, awarded giveaways, free items
/// and changed attributes stay, and are not given again at the next close. Afterwards the session is an
/// ordinary open one. The reply holds the rollback effects alone.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = ReopenCustomerSession::new("cart-1").to_http()?;
/// assert_eq!(http.method(), http::Method::PUT);
/// assert_eq!(http.uri(), "/v2/customer_sessions/cart-1/reopen");
/// assert!(http.body().is_empty());
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the session is not closed; 404 when there is none.
///
/// Not in the API of June 2020.
/// Upstream: [reopenCustomerSession](https://docs.talon.one/integration-api#operation/reopenCustomerSession).
#[derive(Clone, Debug, PartialEq)]
pub struct ReopenCustomerSession {
    /// Which session.
    pub session_id: SessionId,
}

impl ReopenCustomerSession {
    /// Reopens `session_id`.
    pub fn new(session_id: impl Into<SessionId>) -> Self {
        Self { session_id: session_id.into() }
    }
}

operation! { ReopenCustomerSession -> ReopenedSession {
    id: "reopenCustomerSession",
    request: PUT "/v2/customer_sessions/{customerSessionId}/reopen",
    path: { session_id = "customerSessionId" },
    success: [OK],
    auth: [ApiKey],
    retry: Unsafe,
    idempotency_key: true,
    subjects: [session_id],
} }
