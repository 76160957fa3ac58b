//! Reading a reply's body, the same way in every transport.

use bytes::Bytes;
use http_body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::TransportError;

/// Largest body of a reply that is read, 16 MiB, before and after it is unpacked.
///
/// Far beyond what the API sends: it keeps a broken proxy from filling the memory.
pub const MAX_REPLY_BYTES: usize = 16 * 1024 * 1024;

/// Reads the whole of a reply's body; for authors of transports.
///
/// `broken` says what an error of the body is to the transport.
///
/// # Errors
/// What `broken` makes of an error; [`Decode`](super::TransportErrorKind::Decode) when the body is
/// larger than [`MAX_REPLY_BYTES`], at once if it says so.
pub async fn read_body<B>(
    body: B,
    broken: impl FnOnce(B::Error) -> TransportError + Send,
) -> Result<Bytes, TransportError>
where
    B: Body<Data = Bytes> + Send,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    if body.size_hint().lower() > MAX_REPLY_BYTES as u64 {
        return Err(TransportError::decode(LargeReply));
    }
    match Limited::new(body, MAX_REPLY_BYTES).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) => Err(match error.downcast::<B::Error>() {
            Ok(error) => broken(*error),
            Err(error) if error.is::<LengthLimitError>() => TransportError::decode(LargeReply),
            Err(error) => TransportError::interrupted(error),
        }),
    }
}

/// The reply is larger than [`MAX_REPLY_BYTES`].
#[derive(Debug)]
pub(crate) struct LargeReply;

impl std::fmt::Display for LargeReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the reply is larger than {MAX_REPLY_BYTES} bytes")
    }
}

impl std::error::Error for LargeReply {}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body::Frame;
    use http_body_util::Full;

    use super::super::TransportErrorKind;
    use super::*;

    /// Sends the same mebibyte for ever, without saying how much is to come.
    struct Endless(Bytes);

    impl Body for Endless {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Ready(Some(Ok(Frame::data(self.0.clone()))))
        }
    }

    /// Breaks at once.
    struct Broken;

    impl Body for Broken {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
            Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
        }
    }

    #[tokio::test]
    async fn a_body_is_read_whole() {
        let body = Full::new(Bytes::from_static(b"{}"));

        assert_eq!(read_body(body, |never| match never {}).await.unwrap(), "{}");
    }

    #[tokio::test]
    async fn an_endless_body_is_given_up() {
        let body = Endless(Bytes::from(vec![b'x'; 1024 * 1024]));

        let error = read_body(body, |never| match never {}).await.unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::Decode);
    }

    #[tokio::test]
    async fn the_transport_names_errors_of_its_body() {
        let error = read_body(Broken, TransportError::timeout).await.unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::Timeout);
    }
}
