//! `GET /v2/customer_sessions/{customerSessionId}`

use crate::SessionId;
use crate::model::CurrentSession;
use crate::operation::operation;

/// Returns a session and the effects in force for it.
///
/// Nothing is evaluated and nothing changes. An effect that was rolled back is left out together
/// with its rollback: a cancelled session keeps what cannot be undone, such as a created coupon.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetCustomerSession::new("cart-1").to_http()?;
/// assert_eq!(http.method(), http::Method::GET);
/// assert_eq!(http.uri(), "/v2/customer_sessions/cart-1");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such session.
///
/// Not in the API of June 2020.
/// Upstream: [getCustomerSession](https://docs.talon.one/integration-api#operation/getCustomerSession).
#[derive(Clone, Debug, PartialEq)]
pub struct GetCustomerSession {
    /// Which session.
    pub session_id: SessionId,
}

impl GetCustomerSession {
    /// Reads `session_id`.
    pub fn new(session_id: impl Into<SessionId>) -> Self {
        Self { session_id: session_id.into() }
    }
}

operation! { GetCustomerSession -> CurrentSession {
    id: "getCustomerSession",
    request: GET "/v2/customer_sessions/{customerSessionId}",
    path: { session_id = "customerSessionId" },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
} }
