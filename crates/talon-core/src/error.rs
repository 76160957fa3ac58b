//! What can go wrong with a call.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

mod api_error;
mod decode;
mod error_body;
mod excerpt;
mod stop_reason;

pub use api_error::{ApiError, Problem, ProblemSource};
pub(crate) use decode::{
    AsExpected, Located, from_json, location_of, objects_from_json, reply_from_json,
};
pub use stop_reason::StopReason;

/// Result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call did not return its reply.
///
/// One line about this layer in `Display`, the cause in `source()`. Bodies, ids and keys appear in
/// neither; the refusal of the service, with its raw body, is [`Error::api`].
///
/// ```
/// use talon_core::{Error, ErrorKind};
///
/// /// What a till says when a cart could not be closed.
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
    attempts: u32,
    stopped_because: Option<StopReason>,
    may_have_been_applied: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// A reply's body, which may hold personal data: `Debug` tells its size alone.
struct Body(Bytes);

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// Sort of an [`Error`]: what a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration cannot work: a bad base URL, key or header value. Nothing was sent.
    Config,
    /// The request cannot be written: an empty id, or one that no URL can carry. Nothing was sent.
    Encode,
    /// No connection to the service. Nothing was sent.
    Connect,
    /// The service refused the request before it began with it. Nothing was applied.
    Unprocessed,
    /// No reply within the deadline. The service may have applied the change.
    Timeout,
    /// The connection broke before the whole reply was there. The service may have applied the
    /// change.
    Interrupted,
    /// The service refused the request; see [`Error::api`].
    Api,
    /// The reply was not what the operation promises. The service may have applied the change.
    Decode,
    /// This implementation does not offer the operation.
    Unimplemented,
}

impl Error {
    /// An error of `kind` about which there is nothing more to know than `message`: one lower-case
    /// line without ids, bodies or keys.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message: message.into(),
            api: None,
            body: None,
            attempts: 0,
            stopped_because: None,
            may_have_been_applied: false,
            source: None,
        }))
    }

    /// The operation `id` is not offered here.
    pub fn unimplemented(id: &'static str) -> Self {
        Self::new(ErrorKind::Unimplemented, "is not offered by this implementation").during(id)
    }

    /// Names the operation; an error that names one keeps it.
    #[must_use]
    pub fn during(mut self, operation: &'static str) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds how often the request was sent.
    #[must_use]
    pub fn after_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Adds why there was no further attempt.
    #[must_use]
    pub fn stopped(mut self, reason: StopReason) -> Self {
        self.0.stopped_because = Some(reason);
        self
    }

    /// Says that the service may have applied the change although no reply arrived.
    #[must_use]
    pub fn maybe_applied(mut self) -> Self {
        self.0.may_have_been_applied = true;
        self
    }

    /// Keeps the body that could not be read.
    #[must_use]
    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.0.body = Some(Body(body));
        self
    }

    /// Sort of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation's id in the API, such as `updateCustomerSessionV2`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The refusal, when the service answered with one.
    pub fn api(&self) -> Option<&ApiError> {
        self.0.api.as_ref()
    }

    /// The refusal by value, or the error back when it is none.
    ///
    /// # Errors
    /// The error itself, when it is not a refusal.
    pub fn into_api(mut self) -> Result<ApiError, Self> {
        self.0.api.take().ok_or(self)
    }

    /// Status of the refusal.
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(ApiError::status)
    }

    /// Body of the reply, raw: of a refusal, or of a reply that could not be read.
    pub fn body(&self) -> Option<&Bytes> {
        self.api().map(ApiError::body).or(self.0.body.as_ref().map(|body| &body.0))
    }

    /// How often the request was sent; 0 when it failed before that.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Why there was no further attempt; `None` when there was none at all, and from what never
    /// makes a second one, such as a fake.
    pub fn stopped_because(&self) -> Option<StopReason> {
        self.0.stopped_because
    }

    /// Whether the service may have applied the change: repeat only what is safe to repeat.
    pub fn may_have_been_applied(&self) -> bool {
        self.0.may_have_been_applied
    }

    /// The request was refused as invalid (400).
    pub fn is_bad_request(&self) -> bool {
        self.has_status(StatusCode::BAD_REQUEST)
    }

    /// The key or signature was not accepted (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// What the request names does not exist (404).
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// Another request is changing the same thing, or it exists already (409).
    pub fn is_conflict(&self) -> bool {
        self.has_status(StatusCode::CONFLICT)
    }

    /// Too many requests (429).
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// No connection; nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// The deadline passed.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// The reply could not be read.
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
        match self.0.stopped_because {
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

impl From<ApiError> for Error {
    fn from(refusal: ApiError) -> Self {
        let mut error = Self::new(ErrorKind::Api, "was refused");
        error.0.api = Some(refusal);
        error
    }
}
