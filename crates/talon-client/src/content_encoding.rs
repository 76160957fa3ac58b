//! Decompresses replies for all transports, within limits. Only `gzip` is offered.

use std::fmt;
use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::GzDecoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderValue, Response};

use crate::TransportError;
use crate::transport::{MAX_REPLY_BYTES, ReplyTooLarge};

/// Value of `Accept-Encoding`.
pub(crate) const ACCEPTED: HeaderValue = HeaderValue::from_static("gzip");

/// Compressed bytes that are decompressed between two yields: to 4 MiB at most, some milliseconds.
const CHUNK_BYTES: usize = 4 * 1024;

/// Most gzip members of a body. Each needs a new decoder, even an empty member of 20 bytes.
/// Programs that compress in blocks make some hundred members of the largest reply.
const MAX_MEMBERS: usize = 1024;

/// Decompresses the body of a reply.
///
/// # Errors
/// [`Decode`](crate::TransportErrorKind::Decode) when the encoding was not offered, the body is
/// damaged or has more than [`MAX_MEMBERS`] members, or decompresses to more than
/// [`MAX_REPLY_BYTES`].
pub(crate) async fn decode(mut reply: Response<Bytes>) -> Result<Response<Bytes>, TransportError> {
    let Some(encoding) = reply.headers_mut().remove(CONTENT_ENCODING) else { return Ok(reply) };
    match encoding.as_bytes().trim_ascii().to_ascii_lowercase().as_slice() {
        b"" | b"identity" => {}
        b"gzip" | b"x-gzip" => {
            *reply.body_mut() = gunzip(reply.body()).await?;
            reply.headers_mut().remove(CONTENT_LENGTH);
        }
        _ => return Err(TransportError::decode(UnsupportedEncoding)),
    }
    Ok(reply)
}

async fn gunzip(packed: &[u8]) -> Result<Bytes, TransportError> {
    // A reply without a body, such as 204, is not compressed, whatever its header says.
    if packed.is_empty() {
        return Ok(Bytes::new());
    }
    let mut decoder = GzDecoder::new(BoundedBuffer::default());
    let mut members = 1;
    for chunk in packed.chunks(CHUNK_BYTES) {
        let mut rest = chunk;
        while !rest.is_empty() {
            let written = decoder.write(rest).map_err(TransportError::decode)?;
            rest = &rest[written..];
            if written == 0 {
                members += 1;
                if members > MAX_MEMBERS {
                    return Err(TransportError::decode(TooManyMembers));
                }
                decoder = GzDecoder::new(decoder.finish().map_err(TransportError::decode)?);
            }
        }
        // Lets the deadline expire and other tasks of the thread run.
        tokio::task::yield_now().await;
    }
    let BoundedBuffer(plain) = decoder.finish().map_err(TransportError::decode)?;
    Ok(plain.into())
}

/// Decompressed bytes, up to [`MAX_REPLY_BYTES`].
#[derive(Debug, Default)]
struct BoundedBuffer(Vec<u8>);

impl Write for BoundedBuffer {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        if self.0.len() + chunk.len() > MAX_REPLY_BYTES {
            return Err(io::Error::other(ReplyTooLarge));
        }
        self.0.extend_from_slice(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Debug)]
struct TooManyMembers;

impl fmt::Display for TooManyMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reply has more than {MAX_MEMBERS} gzip members")
    }
}

impl std::error::Error for TooManyMembers {}

#[derive(Debug)]
struct UnsupportedEncoding;

impl fmt::Display for UnsupportedEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reply has a content encoding that was not offered")
    }
}

impl std::error::Error for UnsupportedEncoding {}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::TransportErrorKind;

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    fn reply(encoding: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
        let mut reply = Response::new(body.into());
        reply.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        reply
    }

    #[tokio::test]
    async fn gzip_is_decompressed() {
        for encoding in ["gzip", "x-gzip", "GZIP", " gzip "] {
            let reply = decode(reply(encoding, gzip(b"{}"))).await.unwrap();

            assert_eq!(reply.body(), "{}");
            assert!(reply.headers().is_empty());
        }
    }

    #[tokio::test]
    async fn an_uncompressed_body_stays() {
        for encoding in ["", "identity"] {
            assert_eq!(decode(reply(encoding, "{}")).await.unwrap().body(), "{}");
        }
        assert_eq!(decode(Response::new("{}".into())).await.unwrap().body(), "{}");
        assert_eq!(decode(reply("gzip", "")).await.unwrap().body(), "");
    }

    #[tokio::test]
    async fn other_and_damaged_encodings_are_refused() {
        let mut cut = gzip(&[b'x'; 1000]);
        cut.truncate(cut.len() - 4);
        for reply in [
            reply("br", "{}"),
            reply("gzip, gzip", gzip(b"{}")),
            reply("gzip", "{}"),
            reply("gzip", cut),
        ] {
            assert_eq!(decode(reply).await.unwrap_err().kind(), TransportErrorKind::Decode);
        }
    }

    #[tokio::test]
    async fn a_gzip_bomb_is_refused() {
        let bomb = gzip(&vec![b' '; MAX_REPLY_BYTES + 1]);
        assert!(bomb.len() < 100_000);

        let error = decode(reply("gzip", bomb)).await.unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::Decode);
    }

    #[tokio::test]
    async fn the_largest_reply_is_read() {
        let largest = gzip(&vec![b' '; MAX_REPLY_BYTES]);

        assert_eq!(decode(reply("gzip", largest)).await.unwrap().body().len(), MAX_REPLY_BYTES);
    }

    /// A member without content.
    fn empty_member() -> Vec<u8> {
        gzip(b"")
    }

    #[tokio::test]
    async fn members_are_one_body() {
        let body = [gzip(b"{"), empty_member(), gzip(b"}")].concat();
        assert_eq!(decode(reply("gzip", body)).await.unwrap().body(), "{}");

        let most = [gzip(b"{}"), empty_member().repeat(MAX_MEMBERS - 1)].concat();
        assert_eq!(decode(reply("gzip", most)).await.unwrap().body(), "{}");
    }

    #[tokio::test]
    async fn the_number_of_gzip_members_is_limited() {
        let many = empty_member().repeat(MAX_MEMBERS + 1);

        let error = decode(reply("gzip", many)).await.unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::Decode);
    }

    #[tokio::test]
    async fn damage_between_and_after_members_is_found() {
        let mut damaged = gzip(b"{}");
        let sum = damaged.len() - 8;
        damaged[sum] ^= 1;
        for body in [
            [damaged, gzip(b"")].concat(),
            [gzip(b"{}"), b"zz".to_vec()].concat(),
            [gzip(b"{}"), gzip(b"")[..12].to_vec()].concat(),
        ] {
            let error = decode(reply("gzip", body)).await.unwrap_err();

            assert_eq!(error.kind(), TransportErrorKind::Decode);
        }
    }

    #[tokio::test]
    async fn other_tasks_run_between_chunks() {
        // A member of empty blocks: work without output.
        let blocks = [0, 0, 0, 0xff, 0xff].repeat(100 * CHUNK_BYTES / 5);
        let body = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &blocks].concat();
        let turns = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&turns);
        let other = tokio::spawn(async move {
            loop {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
            }
        });

        decode(reply("gzip", body)).await.unwrap_err();

        other.abort();
        assert!(turns.load(Ordering::Relaxed) >= 100);
    }
}
