//! What an operation is: one declaration, read by clients, servers, routers and tables alike.

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
pub(crate) use path::fits_path;
pub use query::{CommaSeparated, QueryParam};
pub(crate) use reply::check_success;
pub use request::{RequestReader, RequestWriter};
pub(crate) use subject::AsSubject;
pub use subject::Subject;

pub use crate::param::{PathParam, QueryValue, YesNo};
use crate::{ApiError, Error, Result};

/// One operation of the API: the request as a value, and how it travels.
///
/// Both directions are here and neither does I/O. A client writes requests and reads replies, a
/// server reads requests and writes replies.
pub trait Operation: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// What a successful call returns.
    type Reply: Clone + Debug + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Everything about the operation that does not depend on one request.
    const INFO: &'static OperationInfo;

    /// Puts each field where it travels.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when a field has no form on the wire.
    fn write(&self, request: &mut RequestWriter) -> Result<()>;

    /// Reads each field from where it travels.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 400 when a field is missing or does not fit.
    fn read(request: &RequestReader<'_>) -> Result<Self>;

    /// Sessions and profiles that the service changes for this request, one request at a time;
    /// none where it takes any number at once.
    fn subjects(&self) -> Vec<Subject> {
        Vec::new()
    }

    /// The request with a relative URI, without authentication.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when an id is empty or cannot be carried in a URL.
    fn to_http(&self) -> Result<http::Request<Bytes>> {
        let mut request = RequestWriter::new(Self::INFO);
        self.write(&mut request).and_then(|()| request.finish()).map_err(Self::with_operation)
    }

    /// Checks that every id can be carried to the service, without writing the body.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode), as [`to_http`](Self::to_http) would.
    fn check(&self) -> Result<()> {
        self.write(&mut RequestWriter::without_body(Self::INFO)).map_err(Self::with_operation)
    }

    /// Path and query as [`to_http`](Self::to_http) writes them, without writing the body: the same
    /// for all spellings of one request.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode), as [`to_http`](Self::to_http) would.
    fn target(&self) -> Result<String> {
        let mut request = RequestWriter::without_body(Self::INFO);
        self.write(&mut request).map_err(Self::with_operation)?;
        Ok(request.target())
    }

    /// Reads a request; the server's side of [`to_http`](Self::to_http).
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 400 and a pointer when the request does not fit.
    fn from_http(request: &http::Request<Bytes>) -> Result<Self> {
        RequestReader::new(Self::INFO, request)
            .and_then(|reader| Self::read(&reader))
            .map_err(Self::with_operation)
    }

    /// Reads a reply of any status.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) for a refusal, [`Decode`](crate::ErrorKind::Decode) for a
    /// reply the operation does not promise; the error keeps the body.
    fn reply_from_http(response: http::Response<Bytes>) -> Result<Self::Reply> {
        reply::read(Self::INFO, response).map_err(Self::with_operation)
    }

    /// Writes a reply; the server's side of [`reply_from_http`](Self::reply_from_http).
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when the reply has no JSON form.
    fn reply_to_http(reply: &Self::Reply) -> Result<http::Response<Bytes>> {
        reply::write(Self::INFO, reply).map_err(Self::with_operation)
    }

    /// Adds the operation's id to an error that names none.
    fn with_operation(error: Error) -> Error {
        error.into_builder().operation(Self::INFO.id).build()
    }
}

/// What is known of an operation without a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The API's own name, such as `updateCustomerSessionV2`.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path template, such as `/v2/customer_sessions/{customerSessionId}`.
    pub path: &'static str,
    /// Names of the query parameters.
    pub query: &'static [&'static str],
    /// Whether it carries a JSON body.
    pub has_body: bool,
    /// Statuses of success; those that carry a body before those that do not.
    pub success: &'static [StatusCode],
    /// Authentication schemes, any one of which suffices.
    pub auth: &'static [AuthScheme],
    /// Whether it may be repeated when its reply was lost.
    pub retry: RetrySafety,
    /// Whether it honours the header [`IDEMPOTENCY_KEY`]: then a repeat with the same key is safe
    /// whatever [`retry`](Self::retry) says. Today only; a service of 2020 ignores the header.
    pub idempotency_key: bool,
    /// What the status 409 means.
    pub conflict: Conflict,
    /// Schema of the body of a 400; that of any other refusal names its status.
    pub bad_request: ErrorSchema,
}

/// Header that names a request: the service keeps its reply for 24 hours and answers a repeat with
/// it. At most 255 characters.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl OperationInfo {
    /// Names of the path parameters, in their order.
    pub fn path_params(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(path::parameter_name)
    }

    /// The refusal with the schema that it has of this operation.
    #[must_use]
    pub fn in_schema(&self, refusal: ApiError) -> ApiError {
        match self.bad_request {
            ErrorSchema::ErrorResponseWithStatus if refusal.status() == StatusCode::BAD_REQUEST => {
                refusal.with_status_code()
            }
            _ => refusal,
        }
    }

    /// The upstream documentation of the operation.
    pub fn reference(&self) -> String {
        format!("https://docs.talon.one/integration-api#operation/{}", self.id)
    }
}

/// A way to prove who is calling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// `Authorization: ApiKey-v1 <key>`.
    ApiKey,
    /// `Content-Signature: signer=<application>; signature=<HMAC-MD5 of the body>`, of 2020.
    Signature,
}

/// Whether a request may be repeated when it is unknown if it was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetrySafety {
    /// It changes nothing.
    ReadOnly,
    /// A repeat leaves the service in the same state.
    Idempotent,
    /// A repeat may do it twice: an event counted twice, a second code.
    Unsafe,
}

/// Schema of the body of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorSchema {
    /// Message and errors. The only one of 2020.
    ErrorResponse,
    /// Message, errors and `StatusCode`.
    ErrorResponseWithStatus,
}

/// What an operation means by the status 409.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// Too many requests for one session or profile at once: nothing was done, and a later repeat
    /// may succeed.
    Parallel,
    /// What the request names exists already: nothing was done, and a repeat is refused again.
    Exists,
    /// Something else, or not documented: a repeat would be refused again.
    Other,
}
