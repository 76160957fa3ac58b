//! Operations of the API, and how their requests and replies are encoded.
//!
//! Each operation is declared once. Clients, servers and the router derive from the declaration.
//! [`operation!`](crate::operation!) declares one that this crate lacks, and a client calls it as any
//! other.

use std::fmt::Debug;

use bytes::Bytes;
use http::HeaderName;
use serde::Serialize;
use serde::de::DeserializeOwned;

mod declare;
mod info;
mod param_info;
mod path;
mod query;
mod reply;
mod request;
mod subject;
mod success;
#[cfg(test)]
mod tests;

pub(crate) use declare::{operation, options};
pub use info::OperationInfo;
pub use param_info::ParamInfo;
#[cfg(feature = "server")]
pub(crate) use path::{fits_path, literal_prefix};
pub use query::{CommaSeparated, QueryParam};
pub use request::{RequestReader, RequestWriter};
pub use subject::{AsSubject, Subject};

pub use crate::param::{ParamFormat, PathParam, QueryValue, YesNo};
use crate::{Error, Result};

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
        read_reply::<Self>(response)
    }

    /// Encodes a reply: the inverse of [`reply_from_http`](Self::reply_from_http).
    ///
    /// If the operation declares a status without a body, `()` and `None` select it.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when the reply cannot be written as JSON.
    fn reply_to_http(reply: &Self::Reply) -> Result<http::Response<Bytes>> {
        write_reply::<Self>(reply)
    }

    /// Sets the id of the operation in an error that has none.
    fn with_operation(error: Error) -> Error {
        error.into_builder().operation(Self::INFO.id).build()
    }
}

/// A reply over HTTP, for declarations of operations.
#[doc(hidden)]
pub type HttpReply = http::Response<Bytes>;

/// What [`Operation::reply_from_http`] does, for declarations of operations.
#[doc(hidden)]
#[allow(clippy::missing_errors_doc, reason = "see Operation")]
pub fn read_reply<O: Operation>(reply: HttpReply) -> Result<O::Reply> {
    reply::read(O::INFO, reply).map_err(O::with_operation)
}

/// What [`Operation::reply_to_http`] does, for declarations of operations.
#[doc(hidden)]
#[allow(clippy::missing_errors_doc, reason = "see Operation")]
pub fn write_reply<O: Operation>(reply: &O::Reply) -> Result<HttpReply> {
    reply::write(O::INFO, reply).map_err(O::with_operation)
}

/// Header that identifies a request, at most 255 characters.
///
/// The service stores the reply for 24 hours and returns it for a repeat with the same key.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

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
