//! Operations of the API, and how their requests and replies are encoded.
//!
//! Each operation is declared once. Clients, servers and the router derive from the declaration.

use std::fmt::Debug;

use bytes::Bytes;
use http::{HeaderName, Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

mod declare;
mod path;
mod query;
mod reply;
mod request;
mod subject;
#[cfg(test)]
mod tests;

pub(crate) use declare::{has_body, operation, options, or_default};
#[cfg(feature = "server")]
pub(crate) use path::{fits_path, literal_prefix};
pub use query::{CommaSeparated, QueryParam};
pub(crate) use reply::check_success;
pub use request::{RequestReader, RequestWriter};
pub(crate) use subject::AsSubject;
pub use subject::Subject;

pub use crate::param::{PathParam, QueryValue, YesNo};
use crate::{ApiError, Error, Result};

/// An operation of the API: a request, and its encoding in HTTP.
///
/// Contains both directions and does no I/O. A client encodes requests and decodes replies, a server
/// decodes requests and encodes replies.
pub trait Operation: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// Reply of a successful call.
    type Reply: Clone + Debug + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Properties of the operation that all requests share.
    const INFO: &'static OperationInfo;

    /// Writes each field to the path, the query or the body.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when a field cannot be encoded.
    fn write(&self, request: &mut RequestWriter) -> Result<()>;

    /// Reads each field from the path, the query or the body.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 400 when a field is missing or does not fit.
    fn read(request: &RequestReader<'_>) -> Result<Self>;

    /// Sessions and profiles that the request changes.
    ///
    /// The service processes requests with a common subject one after another. Empty for requests
    /// that are processed in parallel.
    fn subjects(&self) -> Vec<Subject> {
        Vec::new()
    }

    /// Encodes the request, with a relative URI and without authentication.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when an id is empty or no URL can contain it.
    fn to_http(&self) -> Result<http::Request<Bytes>> {
        let mut request = RequestWriter::new(Self::INFO);
        self.write(&mut request).and_then(|()| request.finish()).map_err(Self::with_operation)
    }

    /// Checks path and query of the request without encoding the body.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode), as [`to_http`](Self::to_http) would.
    fn check(&self) -> Result<()> {
        self.write(&mut RequestWriter::without_body(Self::INFO)).map_err(Self::with_operation)
    }

    /// Path and query as [`to_http`](Self::to_http) encodes them: equal for equal requests.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode), as [`to_http`](Self::to_http) would.
    fn target(&self) -> Result<String> {
        let mut request = RequestWriter::without_body(Self::INFO);
        self.write(&mut request).map_err(Self::with_operation)?;
        Ok(request.target())
    }

    /// Decodes a request: the inverse of [`to_http`](Self::to_http).
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 400 and a pointer when the request does not fit.
    fn from_http(request: &http::Request<Bytes>) -> Result<Self> {
        RequestReader::new(Self::INFO, request)
            .and_then(|reader| Self::read(&reader))
            .map_err(Self::with_operation)
    }

    /// Decodes a reply of any status.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) for statuses from 400; [`Decode`](crate::ErrorKind::Decode) for
    /// a status or a body that the operation does not declare. The error keeps the body.
    fn reply_from_http(response: http::Response<Bytes>) -> Result<Self::Reply> {
        reply::read(Self::INFO, response).map_err(Self::with_operation)
    }

    /// Encodes a reply: the inverse of [`reply_from_http`](Self::reply_from_http).
    ///
    /// If the operation declares a status without a body, `()` and `None` select it.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when the reply cannot be written as JSON.
    fn reply_to_http(reply: &Self::Reply) -> Result<http::Response<Bytes>> {
        reply::write(Self::INFO, reply).map_err(Self::with_operation)
    }

    /// Sets the id of the operation in an error that has none.
    fn with_operation(error: Error) -> Error {
        error.into_builder().operation(Self::INFO.id).build()
    }
}

/// Properties of an operation.
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
    /// Whether its requests have a JSON body.
    pub has_body: bool,
    /// Statuses of success: at most one with a body, and at most one without (204).
    pub success: &'static [StatusCode],
    /// Accepted authentication schemes; a request uses one of them.
    pub auth: &'static [AuthScheme],
    /// Whether a request may be repeated when its reply was lost.
    pub retry: RetrySafety,
    /// Whether it honours the header [`IDEMPOTENCY_KEY`], so that a repeat with the same key is safe
    /// regardless of [`retry`](Self::retry). Not in the API of June 2020, which ignores the header.
    pub idempotency_key: bool,
    /// Meaning of status 409.
    pub conflict: Conflict,
    /// Schema of the body of a 400. Any other refusal uses
    /// [`ErrorResponseWithStatus`](ErrorSchema::ErrorResponseWithStatus).
    pub bad_request: ErrorSchema,
}

/// Header that identifies a request, at most 255 characters.
///
/// The service stores the reply for 24 hours and returns it for a repeat with the same key.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl OperationInfo {
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

/// Authentication scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// `Authorization: ApiKey-v1 <key>`.
    ApiKey,
    /// `Content-Signature: signer=<application>; signature=<HMAC-MD5 of the body>`. Only in
    /// the API of June 2020.
    Signature,
}

/// Whether a request may be repeated when it is unknown whether it was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetrySafety {
    /// It changes nothing.
    ReadOnly,
    /// A repeat leaves the service in the same state.
    Idempotent,
    /// A repeat may apply the change twice: record a second event, create a second code.
    Unsafe,
}

/// Schema of the body of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorSchema {
    /// Message and errors. The only schema in the API of June 2020.
    ErrorResponse,
    /// Message, errors and `StatusCode`.
    ErrorResponseWithStatus,
}

/// Meaning of status 409.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// Too many parallel requests for one session or profile. Nothing was applied; a later repeat
    /// may succeed.
    Parallel,
    /// The resource already exists. Nothing was applied; a repeat is refused again.
    Exists,
    /// Another meaning, or none documented: a repeat is refused again.
    Other,
}
