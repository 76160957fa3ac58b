//! `PUT /v1/customer_sessions/{customerSessionId}`

use crate::SessionId;
use crate::model::{IntegrationState, NewCustomerSession};
use crate::operation::{operation, options};

/// Creates or updates a session and evaluates the rules; V1.
///
/// Members left out keep their value. The profile is created when it does not exist. Coupons,
/// referrals and points take effect when the session is closed.
///
/// ```
/// use talon_core::prelude::*;
///
/// let paid = NewCustomerSession::default().state(SessionState::Closed);
/// let http = UpdateCustomerSession::new("cart-1", paid).to_http()?;
/// assert_eq!(http.method(), http::Method::PUT);
/// assert_eq!(http.uri(), "/v1/customer_sessions/cart-1");
/// assert_eq!(http.body(), r#"{"state":"closed"}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the session cannot go from its state to the one asked for, or an attribute is not
/// declared.
///
/// Upstream: [updateCustomerSession](https://docs.talon.one/integration-api#operation/updateCustomerSession).
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateCustomerSession {
    /// Integration id of the session.
    pub session_id: SessionId,
    /// Evaluates without storing anything. Default `false`.
    pub dry: Option<bool>,
    /// The changes.
    pub session: NewCustomerSession,
}

impl UpdateCustomerSession {
    /// Applies `session` to `session_id`.
    pub fn new(session_id: impl Into<SessionId>, session: NewCustomerSession) -> Self {
        Self { session_id: session_id.into(), dry: None, session }
    }
}

options! { UpdateCustomerSession {
    /// Evaluates without storing anything.
    dry: bool,
} }

operation! { UpdateCustomerSession -> IntegrationState {
    id: "updateCustomerSession",
    request: PUT "/v1/customer_sessions/{customerSessionId}",
    path: { session_id = "customerSessionId" },
    query: { dry = "dry" },
    body: session,
    success: [OK],
    auth: [ApiKey, Signature],
    retry: Idempotent,
    subjects: [session_id, session.profile_id],
} }
