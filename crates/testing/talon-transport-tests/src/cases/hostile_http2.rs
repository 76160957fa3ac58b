//! Replies that violate HTTP/2: the same kinds of errors as over HTTP/1.1.

use talon_client::Transport;
use talon_core::prelude::*;
use tokio::time::timeout;

use super::{Connect, LONG_TIMEOUT, SHORT_DEADLINE, config, update};
use crate::authority::Authority;
use crate::http2::frames::{self, END_HEADERS, END_STREAM, OK, frame, header, kind};
use crate::http2::server::{Http2Reply, Http2Server};

/// Asserts the error of an update that gets the bytes of `malformed`, and that the next call
/// succeeds.
async fn assert_result<T: Transport>(
    connect: Connect<T>,
    malformed: fn(u32) -> Vec<u8>,
    close: bool,
    end: ErrorKind,
) {
    let authority = Authority::new();
    let server =
        Http2Server::start(authority.server("localhost", &["h2"]), move |before, request| {
            match before {
                0 => Http2Reply { bytes: malformed(request.stream), close },
                _ => Http2Reply { bytes: frames::reply(request.stream, "{}"), close: false },
            }
        })
        .await;
    let deadline = if end == ErrorKind::Timeout { SHORT_DEADLINE } else { LONG_TIMEOUT };
    let config = config(&server.url()).root_certificates(authority.pem()).deadline(deadline);
    let client = connect(config).expect("a valid configuration");

    let first = timeout(LONG_TIMEOUT, client.call(update())).await.expect("it hangs");
    let error = first.expect_err("a failure");
    let second = timeout(LONG_TIMEOUT, client.call(update())).await.expect("it hangs");

    assert_eq!(error.kind(), end, "{error:?}");
    assert!(error.may_have_been_applied(), "{error:?}");
    second.expect("the pool can be used");
    assert_eq!(server.requests().len(), 2);
}

/// A header block in one frame, and an empty object.
fn with_head(stream: u32, block: &[u8]) -> Vec<u8> {
    [frames::head(stream, block), frames::last_data(stream, "{}")].concat()
}

/// A `:status` that is no number, missing, not first, or repeated.
pub async fn a_bad_status_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 5] = [
        |stream| with_head(stream, &header(":status", "abc")),
        |stream| with_head(stream, &header(":status", "99")),
        |stream| with_head(stream, &header("a", "b")),
        |stream| with_head(stream, &[&header("a", "b"), OK].concat()),
        |stream| with_head(stream, &[OK, OK].concat()),
    ];
    for malformed in faults {
        assert_result(connect, malformed, false, ErrorKind::Decode).await;
    }
}

/// Invalid names and values, and an invalid HPACK index.
pub async fn a_bad_head_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 4] = [
        |stream| with_head(stream, &[OK, &header("Upper", "b")].concat()),
        |stream| with_head(stream, &[OK, &header("connection", "close")].concat()),
        |stream| with_head(stream, &[OK, &header("a", "b\r\nc: d")].concat()),
        |stream| with_head(stream, &[OK, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()),
    ];
    for malformed in faults {
        assert_result(connect, malformed, false, ErrorKind::Decode).await;
    }
}

/// A header block of many frames, and one without end.
pub async fn a_head_without_end_is_decode<T: Transport>(connect: Connect<T>) {
    fn continued(stream: u32, frames_of_it: usize, last: u8) -> Vec<u8> {
        let headers = header("a", &"b".repeat(100)).repeat(100);
        let mut bytes = frame(kind::HEADERS, 0, stream, OK);
        for _ in 0..frames_of_it {
            bytes.extend(frame(kind::CONTINUATION, 0, stream, &headers));
        }
        bytes.extend(frame(kind::CONTINUATION, last, stream, b""));
        bytes
    }
    let faults: [fn(u32) -> Vec<u8>; 2] = [
        |stream| {
            let head = continued(stream, 100, END_HEADERS);
            [head, frames::last_data(stream, "{}")].concat()
        },
        |stream| continued(stream, 1000, 0),
    ];
    for malformed in faults {
        assert_result(connect, malformed, false, ErrorKind::Decode).await;
    }
}

/// A body that does not match its `content-length`.
pub async fn a_wrong_length_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 3] = [
        |stream| with_head(stream, &[OK, &header("content-length", "1")].concat()),
        |stream| with_head(stream, &[OK, &header("content-length", "3")].concat()),
        |stream| with_head(stream, &[OK, &header("content-length", "two")].concat()),
    ];
    for malformed in faults {
        assert_result(connect, malformed, false, ErrorKind::Decode).await;
    }
}

/// Frames that are too large, out of order or on the wrong stream, and bytes that are no frames.
pub async fn wrong_frames_are_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 5] = [
        |stream| frame(kind::DATA, END_STREAM, stream, b"{}"),
        |stream| frame(kind::DATA, 0, stream, &b" ".repeat(20_000)),
        |_| frame(kind::HEADERS, END_HEADERS, 0, OK),
        |_| frame(kind::SETTINGS, 0, 0, b"abc"),
        |_| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec(),
    ];
    for malformed in faults {
        assert_result(connect, malformed, false, ErrorKind::Decode).await;
    }
}

/// A connection closed at each part of a reply.
pub async fn a_truncated_reply_is_interrupted<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 4] = [
        |_| Vec::new(),
        |stream| frames::head(stream, OK)[..5].to_vec(),
        |stream| frames::head(stream, OK),
        |stream| [frames::head(stream, OK), frame(kind::DATA, 0, stream, b"{")].concat(),
    ];
    for malformed in faults {
        assert_result(connect, malformed, true, ErrorKind::Interrupted).await;
    }
}

/// No reply, or a reply that stops in the middle.
pub async fn silence_is_a_timeout<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 3] = [
        |_| Vec::new(),
        |stream| frames::head(stream, OK),
        |_| frame(kind::PING, 0, 0, &[0; 8]).repeat(10),
    ];
    for malformed in faults {
        assert_result(connect, malformed, false, ErrorKind::Timeout).await;
    }
}

/// Ends of streams and connections that do not say whether the request was processed, or that come
/// after the reply has started, when the server has processed it.
pub async fn other_reset_reasons_are_interrupted<T: Transport>(connect: Connect<T>) {
    let resets: [fn(u32) -> Vec<u8>; 7] = [
        |stream| frames::reset(stream, frames::NO_ERROR),
        |stream| frames::reset(stream, frames::INTERNAL_ERROR),
        |stream| frames::reset(stream, frames::CANCEL),
        |stream| frames::reset(stream, frames::ENHANCE_YOUR_CALM),
        |stream| frames::reset(stream, frames::HTTP_1_1_REQUIRED),
        |stream| partial_reply(stream, &frames::reset(stream, frames::REFUSED_STREAM)),
        |stream| partial_reply(stream, &frames::go_away(0, frames::ENHANCE_YOUR_CALM)),
    ];
    for malformed in resets {
        assert_result(connect, malformed, false, ErrorKind::Interrupted).await;
    }
    let covering: [fn(u32) -> Vec<u8>; 2] = [
        |stream| frames::go_away(stream, frames::NO_ERROR),
        |stream| frames::go_away(stream, frames::INTERNAL_ERROR),
    ];
    for malformed in covering {
        assert_result(connect, malformed, true, ErrorKind::Interrupted).await;
    }
}

/// HTTP/2 allows an end with `NO_ERROR`; the body up to there is invalid JSON.
pub async fn an_early_end_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 2] = [
        |stream| partial_reply(stream, &frames::reset(stream, frames::NO_ERROR)),
        |stream| partial_reply(stream, &frames::go_away(0, frames::NO_ERROR)),
    ];
    for malformed in faults {
        assert_result(connect, malformed, false, ErrorKind::Decode).await;
    }
}

/// Half of a reply, followed by `then`.
fn partial_reply(stream: u32, then: &[u8]) -> Vec<u8> {
    let half = frame(kind::DATA, 0, stream, b"{");
    [&frames::head(stream, OK), &half, then].concat()
}
