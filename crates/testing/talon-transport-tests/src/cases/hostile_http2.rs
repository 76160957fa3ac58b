//! A server whose HTTP/2 is hardly that: the same kinds of errors as over HTTP/1.1.

use talon_client::Transport;
use talon_core::prelude::*;
use tokio::time::timeout;

use super::{BRIEF, Connect, PATIENT, change, config};
use crate::authority::Authority;
use crate::http2::frames::{self, END_HEADERS, END_STREAM, OK, frame, header, kind};
use crate::http2::raw::{Answer, Server};

/// Asserts how a change ends that is answered with the bytes of `faulty` for its stream, and that
/// the next one succeeds.
async fn assert_ends<T: Transport>(
    connect: Connect<T>,
    faulty: fn(u32) -> Vec<u8>,
    hangs_up: bool,
    end: ErrorKind,
) {
    let authority = Authority::new();
    let server =
        Server::start(
            authority.server("localhost", &["h2"]),
            move |before, request| match before {
                0 => Answer { bytes: faulty(request.stream), hangs_up },
                _ => Answer { bytes: frames::reply(request.stream, "{}"), hangs_up: false },
            },
        )
        .await;
    let deadline = if end == ErrorKind::Timeout { BRIEF } else { PATIENT };
    let config = config(&server.url()).root_certificates(authority.pem()).deadline(deadline);
    let client = connect(config).expect("a fit configuration");

    let first = timeout(PATIENT, client.call(change())).await.expect("it hangs");
    let error = first.expect_err("a failure");
    let second = timeout(PATIENT, client.call(change())).await.expect("it hangs");

    assert_eq!(error.kind(), end, "{error:?}");
    assert!(error.may_have_been_applied(), "{error:?}");
    second.expect("the pool can be used");
    assert_eq!(server.requests().len(), 2);
}

/// A head in one frame of `block`, and an empty object.
fn with_head(stream: u32, block: &[u8]) -> Vec<u8> {
    [frames::head(stream, block), frames::last_data(stream, "{}")].concat()
}

/// No number, none at all, or one that is not the first of the head.
pub async fn a_bad_status_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 5] = [
        |stream| with_head(stream, &header(":status", "abc")),
        |stream| with_head(stream, &header(":status", "99")),
        |stream| with_head(stream, &header("a", "b")),
        |stream| with_head(stream, &[&header("a", "b"), OK].concat()),
        |stream| with_head(stream, &[OK, OK].concat()),
    ];
    for faulty in faults {
        assert_ends(connect, faulty, false, ErrorKind::Decode).await;
    }
}

/// Names and values that HTTP does not have, and what no table explains.
pub async fn a_bad_head_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 4] = [
        |stream| with_head(stream, &[OK, &header("Upper", "b")].concat()),
        |stream| with_head(stream, &[OK, &header("connection", "close")].concat()),
        |stream| with_head(stream, &[OK, &header("a", "b\r\nc: d")].concat()),
        |stream| with_head(stream, &[OK, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()),
    ];
    for faulty in faults {
        assert_ends(connect, faulty, false, ErrorKind::Decode).await;
    }
}

/// Headers that fill many frames, and frames of a head without end.
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
    for faulty in faults {
        assert_ends(connect, faulty, false, ErrorKind::Decode).await;
    }
}

/// A body that is longer or shorter than its head says.
pub async fn a_wrong_length_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 3] = [
        |stream| with_head(stream, &[OK, &header("content-length", "1")].concat()),
        |stream| with_head(stream, &[OK, &header("content-length", "3")].concat()),
        |stream| with_head(stream, &[OK, &header("content-length", "two")].concat()),
    ];
    for faulty in faults {
        assert_ends(connect, faulty, false, ErrorKind::Decode).await;
    }
}

/// Frames that are too large, out of order, on the wrong stream, or none at all.
pub async fn wrong_frames_are_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 5] = [
        |stream| frame(kind::DATA, END_STREAM, stream, b"{}"),
        |stream| frame(kind::DATA, 0, stream, &b" ".repeat(20_000)),
        |_| frame(kind::HEADERS, END_HEADERS, 0, OK),
        |_| frame(kind::SETTINGS, 0, 0, b"abc"),
        |_| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec(),
    ];
    for faulty in faults {
        assert_ends(connect, faulty, false, ErrorKind::Decode).await;
    }
}

/// At every place where a reply can break off.
pub async fn a_reply_broken_off_is_interrupted<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 4] = [
        |_| Vec::new(),
        |stream| frames::head(stream, OK)[..5].to_vec(),
        |stream| frames::head(stream, OK),
        |stream| [frames::head(stream, OK), frame(kind::DATA, 0, stream, b"{")].concat(),
    ];
    for faulty in faults {
        assert_ends(connect, faulty, true, ErrorKind::Interrupted).await;
    }
}

/// No reply, or one that stops in the middle.
pub async fn silence_is_a_timeout<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 3] = [
        |_| Vec::new(),
        |stream| frames::head(stream, OK),
        |_| frame(kind::PING, 0, 0, &[0; 8]).repeat(10),
    ];
    for faulty in faults {
        assert_ends(connect, faulty, false, ErrorKind::Timeout).await;
    }
}

/// Streams and connections that end for a reason that does not say whether the request was
/// processed, or after a reply began: the server began with it.
pub async fn other_ends_are_interrupted<T: Transport>(connect: Connect<T>) {
    let resets: [fn(u32) -> Vec<u8>; 7] = [
        |stream| frames::reset(stream, frames::NO_ERROR),
        |stream| frames::reset(stream, frames::INTERNAL_ERROR),
        |stream| frames::reset(stream, frames::CANCEL),
        |stream| frames::reset(stream, frames::ENHANCE_YOUR_CALM),
        |stream| frames::reset(stream, frames::HTTP_1_1_REQUIRED),
        |stream| begun(stream, &frames::reset(stream, frames::REFUSED_STREAM)),
        |stream| begun(stream, &frames::go_away(0, frames::ENHANCE_YOUR_CALM)),
    ];
    for faulty in resets {
        assert_ends(connect, faulty, false, ErrorKind::Interrupted).await;
    }
    let covering: [fn(u32) -> Vec<u8>; 2] = [
        |stream| frames::go_away(stream, frames::NO_ERROR),
        |stream| frames::go_away(stream, frames::INTERNAL_ERROR),
    ];
    for faulty in covering {
        assert_ends(connect, faulty, true, ErrorKind::Interrupted).await;
    }
}

/// Without an error such an end is one that HTTP/2 allows; what it leaves is no JSON.
pub async fn an_early_end_is_decode<T: Transport>(connect: Connect<T>) {
    let faults: [fn(u32) -> Vec<u8>; 2] = [
        |stream| begun(stream, &frames::reset(stream, frames::NO_ERROR)),
        |stream| begun(stream, &frames::go_away(0, frames::NO_ERROR)),
    ];
    for faulty in faults {
        assert_ends(connect, faulty, false, ErrorKind::Decode).await;
    }
}

/// Half a reply, and what follows.
fn begun(stream: u32, then: &[u8]) -> Vec<u8> {
    let half = frame(kind::DATA, 0, stream, b"{");
    [&frames::head(stream, OK), &half, then].concat()
}
