//! Construction of errors, for implementations of the API and layers around them.

use bytes::Bytes;
use http::HeaderMap;

use super::{ApiError, Body, Error, ErrorKind, Headers, Inner, StopReason};

/// Builds an [`Error`]; start with [`Error::builder`] or [`Error::into_builder`].
///
/// ```
/// use talon_core::{Error, ErrorKind, StopReason};
///
/// let lost = std::io::Error::other("connection reset");
/// let error = Error::builder(ErrorKind::Interrupted, "got no reply: the connection was lost")
///     .source(lost)
///     .build();
///
/// // A layer that retries adds what it knows.
/// let error = error
///     .into_builder()
///     .operation("trackEvent")
///     .attempts(2)
///     .stop_reason(StopReason::RepeatUnsafe)
///     .possibly_applied()
///     .build();
/// assert_eq!(
///     error.to_string(),
///     "trackEvent got no reply: the connection was lost \
///      (after 2 attempts: a repeat might apply it twice)",
/// );
/// ```
#[derive(Debug)]
#[must_use]
pub struct ErrorBuilder(Box<Inner>);

impl ErrorBuilder {
    pub(super) fn new(kind: ErrorKind, message: String) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message,
            api: None,
            body: None,
            headers: None,
            attempts: 0,
            stop_reason: None,
            may_have_been_applied: false,
            source: None,
        }))
    }

    /// Sets the operation id, unless the error has one: the innermost layer knows best.
    pub fn operation(mut self, id: &'static str) -> Self {
        self.0.operation.get_or_insert(id);
        self
    }

    /// Sets the cause.
    pub fn source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Sets how many times the request was sent. Default 0.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets why no further attempt was made.
    pub fn stop_reason(mut self, reason: StopReason) -> Self {
        self.0.stop_reason = Some(reason);
        self
    }

    /// Marks that the service may have applied the change.
    pub fn possibly_applied(mut self) -> Self {
        self.0.may_have_been_applied = true;
        self
    }

    /// Keeps a body that could not be decoded.
    pub(crate) fn body(mut self, body: Bytes) -> Self {
        self.0.body = Some(Body(body));
        self
    }

    /// Keeps the headers of the reply.
    pub fn headers(mut self, headers: HeaderMap) -> Self {
        self.0.headers = Some(Headers(headers));
        self
    }

    pub(super) fn api(mut self, refusal: ApiError) -> Self {
        self.0.api = Some(refusal);
        self
    }

    /// The error.
    #[must_use]
    pub fn build(self) -> Error {
        Error(self.0)
    }
}

impl From<Error> for ErrorBuilder {
    fn from(error: Error) -> Self {
        Self(error.0)
    }
}
