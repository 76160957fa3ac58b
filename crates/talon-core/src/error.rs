//! The error of a call.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

mod api_error;
mod builder;
mod error_body;
mod excerpt;
mod kind;
mod problem;
mod stop_reason;

pub use api_error::ApiError;
pub use builder::ErrorBuilder;
pub use kind::ErrorKind;
pub use problem::{Problem, ProblemSource};
pub use stop_reason::StopReason;

/// Result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call did not return its reply.
///
/// `Display` writes one line about this error; [`source`](std::error::Error::source) returns its
/// cause. Neither contains bodies, ids or keys. A refusal of the service, with its raw body, is
/// [`Error::api`].
///
/// Callers read errors. Implementations of the API create them: [`Error::new`] for a kind and a
/// message, [`Error::builder`] for more, and [`From<ApiError>`] for refusals.
///
/// ```
/// use talon_core::{Error, ErrorKind};
///
/// /// What a checkout shows when a cart could not be closed.
/// fn sentence(error: &Error) -> String {
///     if let Some(refusal) = error.api() {
///         return format!("The cart was refused: {}.", refusal.message());
///     }
///     if error.may_have_been_applied() {
///         return "The points may be booked: look at the session before you try again.".to_owned();
///     }
///     match error.kind() {
///         ErrorKind::Connect | ErrorKind::Timeout => "Try again in a minute.".to_owned(),
///         _ => format!("Nothing was booked: {error}."),
///     }
/// }
///
/// let error = Error::new(ErrorKind::Config, "the base URL has no host");
/// assert_eq!(sentence(&error), "Nothing was booked: the base URL has no host.");
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    message: String,
    api: Option<ApiError>,
    body: Option<Body>,
    headers: Option<Headers>,
    attempts: u32,
    stop_reason: Option<StopReason>,
    may_have_been_applied: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Body of a reply. It may hold personal data, so `Debug` writes its size only.
struct Body(Bytes);

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// Headers of a reply. Their values may be secret, such as cookies, so `Debug` writes their names.
struct Headers(HeaderMap);

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Error {
    /// An error of this kind. `message` is one lower-case line without ids, bodies or keys.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::builder(kind, message).build()
    }

    /// Starts an error that has more than a kind and a message: an operation, a cause, attempts.
    ///
    /// `message` is one lower-case line without ids, bodies or keys.
    pub fn builder(kind: ErrorKind, message: impl Into<String>) -> ErrorBuilder {
        ErrorBuilder::new(kind, message.into())
    }

    /// Adds to an existing error, as a layer around an implementation does.
    pub fn into_builder(self) -> ErrorBuilder {
        ErrorBuilder::from(self)
    }

    /// An error of kind [`Unimplemented`](ErrorKind::Unimplemented) for the operation `id`.
    pub fn unimplemented(id: &'static str) -> Self {
        let message = "is not offered by this implementation";
        Self::builder(ErrorKind::Unimplemented, message).operation(id).build()
    }

    /// Category of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Id of the operation in the API, such as `updateCustomerSessionV2`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The refusal, when the service answered with one.
    pub fn api(&self) -> Option<&ApiError> {
        self.0.api.as_ref()
    }

    /// The refusal by value.
    ///
    /// # Errors
    /// Returns the error itself when it is not a refusal.
    pub fn into_api(mut self) -> Result<ApiError, Self> {
        self.0.api.take().ok_or(self)
    }

    /// HTTP status of the refusal.
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(ApiError::status)
    }

    /// Raw body of a refusal, or of a reply that could not be decoded.
    pub fn body(&self) -> Option<&Bytes> {
        self.api().map(ApiError::body).or(self.0.body.as_ref().map(|body| &body.0))
    }

    /// Headers of the reply that refused the call or could not be decoded, such as the id of the
    /// request. `None` when there was no reply over HTTP.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.headers.as_ref().map(|headers| &headers.0)
    }

    /// How many times the request was sent; 0 when the call failed before that.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Why the client made no further attempt.
    ///
    /// `None` when nothing was sent, and for implementations that never retry, such as a fake.
    pub fn stop_reason(&self) -> Option<StopReason> {
        self.0.stop_reason
    }

    /// Whether the service may have applied the change although the call failed.
    ///
    /// If `true`, repeat only requests that are safe to repeat.
    pub fn may_have_been_applied(&self) -> bool {
        self.0.may_have_been_applied
    }

    /// Whether the service refused the request as invalid (400).
    pub fn is_bad_request(&self) -> bool {
        self.has_status(StatusCode::BAD_REQUEST)
    }

    /// Whether the service did not accept the key or the signature (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the request names something that does not exist (404).
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// Whether the request conflicts with the state of the service (409).
    ///
    /// What a 409 means depends on the operation: see
    /// [`OperationInfo::conflict`](crate::OperationInfo::conflict).
    pub fn is_conflict(&self) -> bool {
        self.has_status(StatusCode::CONFLICT)
    }

    /// Whether the service received too many requests (429).
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether no connection to the service could be made; nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether the deadline passed before a reply arrived.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether the reply could not be decoded.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.status() == Some(status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation} ")?;
        }
        match &self.0.api {
            Some(refusal) => write!(f, "was refused: {refusal}")?,
            None => f.write_str(&self.0.message)?,
        }
        match self.0.stop_reason {
            Some(reason) if self.0.attempts > 1 => {
                write!(f, " (after {} attempts: {reason})", self.0.attempts)
            }
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}

/// A refusal as an error of kind [`Api`](ErrorKind::Api).
impl From<ApiError> for Error {
    fn from(refusal: ApiError) -> Self {
        Self::builder(ErrorKind::Api, "was refused").api(refusal).build()
    }
}
