//! What a service makes of a request.

use bytes::Bytes;
use http::Response;

/// What a [`Service`](crate::Service) makes of a request: a reply, or a connection that breaks.
///
/// ```
/// use http::Response;
/// use talon_server::Answer;
///
/// let answer: Answer = Response::new("[]".into()).into();
/// assert!(matches!(answer, Answer::Reply(_)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Answer {
    /// The reply, whole.
    ///
    /// Framing is the server's: it sets `Content-Length` and leaves the body out for `HEAD`. A
    /// status below 200 is no final reply and becomes a 500.
    Reply(Response<Bytes>),
    /// The head and the first half of the body, then the connection is closed.
    ///
    /// A reply without a body cannot be cut and is treated as [`HangUp`](Self::HangUp).
    CutOff(Response<Bytes>),
    /// Nothing: the connection is closed without a reply.
    HangUp,
}

impl From<Response<Bytes>> for Answer {
    fn from(reply: Response<Bytes>) -> Self {
        Self::Reply(reply)
    }
}
