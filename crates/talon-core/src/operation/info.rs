//! Properties of an operation.

use http::{Method, StatusCode};

use super::{AuthScheme, Conflict, ErrorSchema, ParamInfo, RetrySafety, path, success};
use crate::ApiError;

/// Properties of an operation.
///
/// [`operation!`](crate::operation!) writes it. An [`Operation`](super::Operation) that is
/// implemented by hand starts with [`new`](Self::new):
///
/// ```
/// use talon_core::http::{Method, StatusCode};
/// use talon_core::operation::{OperationInfo, RetrySafety};
///
/// const INFO: &OperationInfo = &OperationInfo::new("getStores", Method::GET, "/v1/stores/{storeId}")
///     .query(&["pageSize"])
///     .retry(RetrySafety::ReadOnly);
///
/// assert_eq!(INFO.path_params().collect::<Vec<_>>(), ["storeId"]);
/// assert_eq!(INFO.success, [StatusCode::OK]);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// Id in the API, such as `updateCustomerSessionV2`.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path template, such as `/v2/customer_sessions/{customerSessionId}`.
    pub path: &'static str,
    /// Names of the query parameters.
    pub query: &'static [&'static str],
    /// Formats of the parameters of path and query, for help; a parameter that is not in it is text.
    pub params: &'static [ParamInfo],
    /// Whether its requests have a JSON body.
    pub has_body: bool,
    /// Statuses of success: at most one with a body, and at most one without (204).
    pub success: &'static [StatusCode],
    /// Accepted authentication schemes; a request uses one of them.
    pub auth: &'static [AuthScheme],
    /// Whether a request may be repeated when its reply was lost.
    pub retry: RetrySafety,
    /// Whether it honours the header [`IDEMPOTENCY_KEY`](super::IDEMPOTENCY_KEY), so that a repeat
    /// with the same key is safe regardless of [`retry`](Self::retry). Not in the API of June 2020,
    /// which ignores the header.
    pub idempotency_key: bool,
    /// Meaning of status 409.
    pub conflict: Conflict,
    /// Schema of the body of a 400. Any other refusal uses
    /// [`ErrorResponseWithStatus`](ErrorSchema::ErrorResponseWithStatus).
    pub bad_request: ErrorSchema,
}

impl OperationInfo {
    /// An operation without query and body, with these defaults: a success is a 200, the API key is
    /// the only credential, and a request is not [safe to repeat](RetrySafety::Unsafe).
    ///
    /// A parameter of `path` is a whole segment in braces.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            query: &[],
            params: &[],
            has_body: false,
            success: &[StatusCode::OK],
            auth: &[AuthScheme::ApiKey],
            retry: RetrySafety::Unsafe,
            idempotency_key: false,
            conflict: Conflict::Other,
            bad_request: ErrorSchema::ErrorResponse,
        }
    }

    /// Sets the names of the [query parameters](Self::query).
    #[must_use]
    pub const fn query(mut self, names: &'static [&'static str]) -> Self {
        self.query = names;
        self
    }

    /// Sets the [formats of the parameters](Self::params).
    #[must_use]
    pub const fn params(mut self, params: &'static [ParamInfo]) -> Self {
        self.params = params;
        self
    }

    /// Sets whether [requests have a body](Self::has_body).
    #[must_use]
    pub const fn has_body(mut self, has_body: bool) -> Self {
        self.has_body = has_body;
        self
    }

    /// Sets the statuses of [`success`](Self::success).
    ///
    /// # Panics
    /// When two statuses have a body, or two have none, or there is no status: in a constant, that
    /// is an error of the compiler.
    #[must_use]
    pub const fn success(mut self, statuses: &'static [StatusCode]) -> Self {
        success::check(statuses);
        self.success = statuses;
        self
    }

    /// Sets the accepted [authentication schemes](Self::auth).
    #[must_use]
    pub const fn auth(mut self, schemes: &'static [AuthScheme]) -> Self {
        self.auth = schemes;
        self
    }

    /// Sets whether a request [may be repeated](Self::retry).
    #[must_use]
    pub const fn retry(mut self, safety: RetrySafety) -> Self {
        self.retry = safety;
        self
    }

    /// Sets whether the operation honours the header
    /// [`Idempotency-Key`](Self::idempotency_key).
    #[must_use]
    pub const fn idempotency_key(mut self, is_honoured: bool) -> Self {
        self.idempotency_key = is_honoured;
        self
    }

    /// Sets the meaning of a [409](Self::conflict).
    #[must_use]
    pub const fn conflict(mut self, conflict: Conflict) -> Self {
        self.conflict = conflict;
        self
    }

    /// Sets the schema of a [400](Self::bad_request).
    #[must_use]
    pub const fn bad_request(mut self, schema: ErrorSchema) -> Self {
        self.bad_request = schema;
        self
    }

    /// Checks a declaration at compile time: `path` names the parameters of the template, in order.
    #[doc(hidden)]
    pub const fn check(&self, path: &[&str]) {
        path::check_template(self.path, path);
    }
    /// Names of the path parameters, in their order.
    pub fn path_params(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(path::parameter_name)
    }

    /// Changes the schema of a refusal to the one that this operation declares.
    #[must_use]
    pub fn in_schema(&self, refusal: ApiError) -> ApiError {
        match self.bad_request {
            ErrorSchema::ErrorResponseWithStatus if refusal.status() == StatusCode::BAD_REQUEST => {
                refusal.with_status_code()
            }
            _ => refusal,
        }
    }

    /// URL of the upstream documentation.
    pub fn reference(&self) -> String {
        format!("https://docs.talon.one/integration-api#operation/{}", self.id)
    }
}
