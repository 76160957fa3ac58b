//! Categories of errors.

/// Category of an [`Error`](crate::Error): what a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration is invalid: base URL, key or header value. Nothing was sent.
    Config,
    /// The request cannot be encoded: an id is empty, or no URL can carry it. Nothing was sent.
    Encode,
    /// No connection to the service could be made. Nothing was sent.
    Connect,
    /// The service refused the request before it processed it. Nothing was applied.
    Unprocessed,
    /// No reply arrived before the deadline. The service may have applied the change.
    Timeout,
    /// The connection broke before the whole reply arrived. The service may have applied the
    /// change.
    Interrupted,
    /// The service refused the request: see [`Error::api`](crate::Error::api).
    Api,
    /// The reply does not have the declared form. The service may have applied the change.
    Decode,
    /// This implementation does not offer the operation.
    Unimplemented,
}
