//! Reads the body of a reply within a limit.

use std::mem;
use std::pin::pin;

use bytes::{Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt;

use super::TransportError;

/// Largest body of a reply, 16 MiB, before and after decompression.
///
/// Much larger than any reply of the API: it protects the memory from faulty servers.
pub const MAX_REPLY_BYTES: usize = 16 * 1024 * 1024;

/// Reads the complete body of a reply; for authors of transports.
///
/// `map_error` converts an error of the body.
///
/// # Errors
/// The result of `map_error`; [`Decode`](super::TransportErrorKind::Decode) when the body is larger
/// than [`MAX_REPLY_BYTES`], at once when its size hint says so.
pub async fn read_body<B>(
    body: B,
    map_error: impl FnOnce(B::Error) -> TransportError + Send,
) -> Result<Bytes, TransportError>
where
    B: Body<Data = Bytes> + Send,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    let min_length = body.size_hint().lower();
    if min_length > MAX_REPLY_BYTES as u64 {
        return Err(TransportError::decode(ReplyTooLarge));
    }
    let mut body = pin!(body);
    // Most bodies have one frame, which is not copied.
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        // Lets the deadline expire when frames are always ready.
        tokio::task::consume_budget().await;
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) => return Err(map_error(error)),
        };
        let Ok(data) = frame.into_data() else { continue };
        let length = first.len() + whole.len() + data.len();
        if length > MAX_REPLY_BYTES {
            return Err(TransportError::decode(ReplyTooLarge));
        }
        if length == data.len() {
            first = data;
            continue;
        }
        if whole.is_empty() {
            whole.reserve(length.max(usize::try_from(min_length).unwrap_or(length)));
            whole.extend_from_slice(&mem::take(&mut first));
        }
        whole.extend_from_slice(&data);
    }
    Ok(if whole.is_empty() { first } else { whole.freeze() })
}

/// The reply is larger than [`MAX_REPLY_BYTES`].
#[derive(Debug)]
pub(crate) struct ReplyTooLarge;

impl std::fmt::Display for ReplyTooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the reply is larger than {MAX_REPLY_BYTES} bytes")
    }
}

impl std::error::Error for ReplyTooLarge {}

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

    /// Sends the same mebibyte without end and without a size hint.
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

    /// Fails at once.
    struct Failing;

    impl Body for Failing {
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
    async fn a_body_is_read_completely() {
        let body = Full::new(Bytes::from_static(b"{}"));

        assert_eq!(read_body(body, |never| match never {}).await.unwrap(), "{}");
    }

    #[tokio::test]
    async fn an_endless_body_is_refused() {
        let body = Endless(Bytes::from(vec![b'x'; 1024 * 1024]));

        let error = read_body(body, |never| match never {}).await.unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::Decode);
    }

    #[tokio::test]
    async fn the_transport_classifies_errors_of_its_body() {
        let error = read_body(Failing, TransportError::timeout).await.unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::Timeout);
    }
}
