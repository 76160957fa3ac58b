//! Replies that violate HTTP/1.1.

use talon_client::Transport;
use talon_core::model::CustomerInventory;
use talon_core::prelude::*;

use super::{Connect, assert_result, client, update};
use crate::server::{ScriptedReply, TestServer};

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// Chunk sizes that are not numbers, too large, or followed by other bytes.
pub async fn wrong_chunks_are_decode<T: Transport>(connect: Connect<T>) {
    for chunks in ["zz\r\n{}\r\n", "2{}\r\n", "fffffffffffffffff\r\n{}", "2\r\n{}zz0\r\n\r\n"] {
        let reply = ScriptedReply::Send(format!("{CHUNKED}{chunks}").into_bytes());
        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
    }
}

/// The end of such a reply is undefined.
pub async fn contradicting_lengths_are_decode<T: Transport>(connect: Connect<T>) {
    for headers in [
        "content-length: 2\r\ncontent-length: 3\r\n",
        "content-length: -2\r\n",
        "content-length: two\r\n",
        "content-length: 99999999999999999999999\r\n",
    ] {
        let reply =
            ScriptedReply::Send(format!("HTTP/1.1 200 OK\r\n{headers}\r\n{{}}").into_bytes());
        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
    }
}

/// Too many headers, a header that is too long, and one without end.
pub async fn a_long_head_is_decode<T: Transport>(connect: Connect<T>) {
    let many = "a: b\r\n".repeat(1000);
    let long = format!("a: {}\r\n", "b".repeat(1024 * 1024));
    for headers in [&*many, &long, long.trim_end()] {
        let reply =
            ScriptedReply::Send(format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{{}}").into_bytes());
        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
    }
}

/// 100 and 103 precede the reply.
pub async fn informational_replies_are_skipped<T: Transport>(connect: Connect<T>) {
    let preliminary = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
    let reply = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

    assert_result(
        connect,
        ScriptedReply::Send(format!("{preliminary}{reply}").into_bytes()),
        Ok(()),
    )
    .await;
}

/// Informational replies do not extend the deadline.
pub async fn endless_informational_replies_are_a_timeout<T: Transport>(connect: Connect<T>) {
    let preliminary = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);

    assert_result(connect, ScriptedReply::Send(preliminary.into_bytes()), Err(ErrorKind::Timeout))
        .await;
}

/// 101 without a request to upgrade.
pub async fn a_change_of_protocol_is_decode<T: Transport>(connect: Connect<T>) {
    let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n{}";

    assert_result(connect, ScriptedReply::send(head), Err(ErrorKind::Decode)).await;
}

/// The key is not sent to the target of a redirect.
pub async fn a_redirect_does_not_carry_the_key_along<T: Transport>(connect: Connect<T>) {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let elsewhere = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
        let location = format!("location: {}/\r\n", elsewhere.url());

        let reply = ScriptedReply::reply_with(status, &location, b"");

        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
        assert_eq!(elsewhere.log().connections, 0, "{status}");
    }
}

/// A body that ends with the connection.
pub async fn http_1_0_is_supported<T: Transport>(connect: Connect<T>) {
    for head in ["HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"] {
        assert_result(
            connect,
            ScriptedReply::SendAndClose(format!("{head}{{}}").into_bytes()),
            Ok(()),
        )
        .await;
    }
}

/// A connection closed at each part of a reply.
pub async fn a_truncated_reply_is_interrupted<T: Transport>(connect: Connect<T>) {
    for beginning in [
        "",
        "HTT",
        "HTTP/1.1 200 OK\r\ncontent-",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
    ] {
        let reply = ScriptedReply::SendAndClose(beginning.as_bytes().to_vec());
        assert_result(connect, reply, Err(ErrorKind::Interrupted)).await;
    }
}

/// A reply that never ends, with a byte from time to time.
pub async fn a_trickle_of_bytes_is_a_timeout<T: Transport>(connect: Connect<T>) {
    for beginning in [
        "",
        "HTTP/1.1 200 OK\r\na: ",
        "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nf4240\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ] {
        // Only line breaks may precede a status line.
        let byte = if beginning.is_empty() { b'\n' } else { b' ' };
        let reply = ScriptedReply::Drip(beginning.as_bytes().to_vec(), byte);
        assert_result(connect, reply, Err(ErrorKind::Timeout)).await;
    }
}

/// Two replies to one request: the second is dropped.
pub async fn a_second_reply_is_not_the_next_requests<T: Transport>(connect: Connect<T>) {
    let evil = r#"{"referrals":[]}"#;
    let replies = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{{}}\
         HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{evil}",
        evil.len(),
    );
    let server = TestServer::script(vec![
        ScriptedReply::send(&replies),
        ScriptedReply::reply("200 OK", "{}"),
    ])
    .await;
    let client = client(connect, &server);

    client.call(update()).await.expect("the first reply");
    let next = client.call(GetCustomerInventory::new("anna")).await;

    assert_eq!(next.expect("a new connection"), CustomerInventory::default());
}
