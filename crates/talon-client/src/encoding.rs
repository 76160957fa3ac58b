//! Compressed replies: offered as `gzip`, unpacked here for all transports, never beyond a limit.

use std::fmt;
use std::io::Read;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderValue, Response};

use crate::TransportError;
use crate::transport::{LargeReply, MAX_REPLY_BYTES};

/// What the client offers in `Accept-Encoding`.
pub(crate) const OFFERED: HeaderValue = HeaderValue::from_static("gzip");

/// The reply with its body as it was before it was compressed.
///
/// # Errors
/// [`Decode`](crate::TransportErrorKind::Decode) when it is of another encoding, damaged, or
/// larger than [`MAX_REPLY_BYTES`] once unpacked.
pub(crate) fn decoded(mut reply: Response<Bytes>) -> Result<Response<Bytes>, TransportError> {
    let Some(encoding) = reply.headers_mut().remove(CONTENT_ENCODING) else { return Ok(reply) };
    match encoding.as_bytes().trim_ascii().to_ascii_lowercase().as_slice() {
        b"" | b"identity" => {}
        b"gzip" | b"x-gzip" => {
            *reply.body_mut() = unpacked(reply.body())?;
            reply.headers_mut().remove(CONTENT_LENGTH);
        }
        _ => return Err(TransportError::decode(UnknownEncoding)),
    }
    Ok(reply)
}

fn unpacked(packed: &[u8]) -> Result<Bytes, TransportError> {
    // What has no body, such as 204, is not compressed either, whatever its header says.
    if packed.is_empty() {
        return Ok(Bytes::new());
    }
    let limit = MAX_REPLY_BYTES as u64;
    let mut plain = Vec::new();
    let mut reader = MultiGzDecoder::new(packed).take(limit + 1);
    reader.read_to_end(&mut plain).map_err(TransportError::decode)?;
    if plain.len() > MAX_REPLY_BYTES {
        return Err(TransportError::decode(LargeReply));
    }
    Ok(plain.into())
}

#[derive(Debug)]
struct UnknownEncoding;

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reply is of a content encoding that was not offered")
    }
}

impl std::error::Error for UnknownEncoding {}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::TransportErrorKind;

    fn packed(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    fn reply(encoding: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
        let mut reply = Response::new(body.into());
        reply.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        reply
    }

    #[test]
    fn gzip_is_unpacked() {
        for encoding in ["gzip", "x-gzip", "GZIP", " gzip "] {
            let reply = decoded(reply(encoding, packed(b"{}"))).unwrap();

            assert_eq!(reply.body(), "{}");
            assert!(reply.headers().is_empty());
        }
    }

    #[test]
    fn what_is_not_compressed_stays() {
        for encoding in ["", "identity"] {
            assert_eq!(decoded(reply(encoding, "{}")).unwrap().body(), "{}");
        }
        assert_eq!(decoded(Response::new("{}".into())).unwrap().body(), "{}");
        assert_eq!(decoded(reply("gzip", "")).unwrap().body(), "");
    }

    #[test]
    fn other_and_damaged_encodings_are_refused() {
        let mut cut = packed(&[b'x'; 1000]);
        cut.truncate(cut.len() - 4);
        for reply in [
            reply("br", "{}"),
            reply("gzip, gzip", packed(b"{}")),
            reply("gzip", "{}"),
            reply("gzip", cut),
        ] {
            assert_eq!(decoded(reply).unwrap_err().kind(), TransportErrorKind::Decode);
        }
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let bomb = packed(&vec![b' '; MAX_REPLY_BYTES + 1]);
        assert!(bomb.len() < 100_000);

        let error = decoded(reply("gzip", bomb)).unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::Decode);
    }

    #[test]
    fn the_largest_reply_is_read() {
        let largest = packed(&vec![b' '; MAX_REPLY_BYTES]);

        assert_eq!(decoded(reply("gzip", largest)).unwrap().body().len(), MAX_REPLY_BYTES);
    }
}
