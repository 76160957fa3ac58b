//! Replies that are hardly HTTP.

use talon_client::Transport;
use talon_core::prelude::*;

use super::{Connect, assert_ends, change, client};
use crate::server::{Answer, Server};

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// Lengths that are no numbers, too large for one, or followed by something else.
pub async fn wrong_chunks_are_decode<T: Transport>(connect: Connect<T>) {
    for chunks in ["zz\r\n{}\r\n", "2{}\r\n", "fffffffffffffffff\r\n{}", "2\r\n{}zz0\r\n\r\n"] {
        let answer = Answer::Say(format!("{CHUNKED}{chunks}").into_bytes());
        assert_ends(connect, answer, Err(ErrorKind::Decode)).await;
    }
}

/// Nobody can say where such a reply ends.
pub async fn contradicting_lengths_are_decode<T: Transport>(connect: Connect<T>) {
    for headers in [
        "content-length: 2\r\ncontent-length: 3\r\n",
        "content-length: -2\r\n",
        "content-length: two\r\n",
        "content-length: 99999999999999999999999\r\n",
    ] {
        let answer = Answer::Say(format!("HTTP/1.1 200 OK\r\n{headers}\r\n{{}}").into_bytes());
        assert_ends(connect, answer, Err(ErrorKind::Decode)).await;
    }
}

/// Too many headers, one that is too long, and one that never ends.
pub async fn a_long_head_is_decode<T: Transport>(connect: Connect<T>) {
    let many = "a: b\r\n".repeat(1000);
    let long = format!("a: {}\r\n", "b".repeat(1024 * 1024));
    for headers in [&*many, &long, long.trim_end()] {
        let answer = Answer::Say(format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{{}}").into_bytes());
        assert_ends(connect, answer, Err(ErrorKind::Decode)).await;
    }
}

/// 100 and 103 are not the reply.
pub async fn preliminary_replies_are_passed_over<T: Transport>(connect: Connect<T>) {
    let preliminary = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
    let reply = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

    assert_ends(connect, Answer::Say(format!("{preliminary}{reply}").into_bytes()), Ok(())).await;
}

/// Not even if there is never another.
pub async fn preliminary_replies_without_end_are_a_timeout<T: Transport>(connect: Connect<T>) {
    let preliminary = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);

    assert_ends(connect, Answer::Say(preliminary.into_bytes()), Err(ErrorKind::Timeout)).await;
}

/// 101 that nobody asked for.
pub async fn a_change_of_protocol_is_decode<T: Transport>(connect: Connect<T>) {
    let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n{}";

    assert_ends(connect, Answer::say(head), Err(ErrorKind::Decode)).await;
}

/// Wherever a redirect leads, the key does not go there.
pub async fn a_redirect_does_not_carry_the_key_along<T: Transport>(connect: Connect<T>) {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let elsewhere = Server::start(Answer::reply("200 OK", "{}")).await;
        let location = format!("location: {}/\r\n", elsewhere.url());

        let answer = Answer::reply_with(status, &location, b"");

        assert_ends(connect, answer, Err(ErrorKind::Decode)).await;
        assert_eq!(elsewhere.seen().connections, 0, "{status}");
    }
}

/// A reply that ends with the connection.
pub async fn http_1_0_is_spoken<T: Transport>(connect: Connect<T>) {
    for head in ["HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"] {
        assert_ends(connect, Answer::SayAndHangUp(format!("{head}{{}}").into_bytes()), Ok(()))
            .await;
    }
}

/// At every place where a reply can break off.
pub async fn a_reply_broken_off_is_interrupted<T: Transport>(connect: Connect<T>) {
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
        let answer = Answer::SayAndHangUp(beginning.as_bytes().to_vec());
        assert_ends(connect, answer, Err(ErrorKind::Interrupted)).await;
    }
}

/// A reply of which something arrives all the time, and never all.
pub async fn drops_are_a_timeout<T: Transport>(connect: Connect<T>) {
    for beginning in [
        "",
        "HTTP/1.1 200 OK\r\na: ",
        "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nf4240\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ] {
        // A line break is what may stand before a status line.
        let drop = if beginning.is_empty() { b'\n' } else { b' ' };
        let answer = Answer::Drip(beginning.as_bytes().to_vec(), drop);
        assert_ends(connect, answer, Err(ErrorKind::Timeout)).await;
    }
}

/// Two replies to one request: the second is nobody's.
pub async fn a_second_reply_is_not_the_next_requests<T: Transport>(connect: Connect<T>) {
    let evil = r#"{"referrals":[]}"#;
    let replies = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{{}}\
         HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{evil}",
        evil.len(),
    );
    let server = Server::script(vec![Answer::say(&replies), Answer::reply("200 OK", "{}")]).await;
    let client = client(connect, &server);

    client.call(change()).await.expect("the first reply");
    let next = client.call(GetCustomerInventory::new("anna")).await;

    assert_eq!(next.expect("a new connection"), CustomerInventory::default());
}
