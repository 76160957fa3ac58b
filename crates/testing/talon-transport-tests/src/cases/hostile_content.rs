//! Replies that are valid HTTP with unexpected content.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use talon_client::Transport;
use talon_client::transport::{MAX_REPLY_BYTES, MAX_REPLY_COST};
use talon_core::model::CustomerInventory;
use talon_core::prelude::*;

use super::{Connect, assert_result, client};
use crate::server::{ScriptedReply, TestServer};

const JSON: &str = "content-type: application/json\r\n";
const GZIP: &str = "content-type: application/json\r\ncontent-encoding: gzip\r\n";

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).expect("memory");
    encoder.finish().expect("memory")
}

/// HTML, incomplete JSON, or invalid UTF-8.
pub async fn what_is_not_json_is_decode<T: Transport>(connect: Connect<T>) {
    let html = "<!doctype html><title>Log in to our free network</title>";
    let bodies: [&[u8]; 5] =
        [html.as_bytes(), b"{\"customerProfile\":", b"{} {}", b"\xff\xfe{}", b"{\"\xc3\x28\":1}"];
    for body in bodies {
        let reply = ScriptedReply::reply_with("200 OK", JSON, body);
        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
    }
}

/// The status decides, and the error keeps the body.
pub async fn a_page_of_a_proxy_is_a_refusal<T: Transport>(connect: Connect<T>) {
    let page = "<html>bad gateway</html>";
    let reply = ScriptedReply::reply_with(
        "502 Bad Gateway",
        "content-type: text/html\r\n",
        page.as_bytes(),
    );
    assert_result(connect, reply.clone(), Err(ErrorKind::Api)).await;

    let server = TestServer::start(reply).await;
    let error = client(connect, &server).call(GetCustomerInventory::new("anna")).await;

    let error = error.expect_err("a refusal");
    assert_eq!(error.body().map(|body| &body[..]), Some(page.as_bytes()));
}

/// The body is read as JSON for any `Content-Type`.
pub async fn the_content_type_does_not_matter<T: Transport>(connect: Connect<T>) {
    for content_type in ["", "content-type: text/html\r\n", "content-type: ;;\r\n"] {
        assert_result(connect, ScriptedReply::reply_with("200 OK", content_type, b"{}"), Ok(()))
            .await;
    }
}

/// An empty body, or a success status of another operation.
pub async fn an_empty_body_is_decode<T: Transport>(connect: Connect<T>) {
    for status in ["200 OK", "204 No Content", "202 Accepted", "299 Whatever"] {
        let reply = ScriptedReply::reply_with(status, JSON, b"");
        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
    }
}

/// 204 has no body: bytes after its head are neither its body nor the next reply.
pub async fn a_body_where_none_belongs_is_not_read<T: Transport>(connect: Connect<T>) {
    let reply = ScriptedReply::reply_with("204 No Content", JSON, b"{\"referrals\":[]}");
    let server = TestServer::script(vec![reply, ScriptedReply::reply("200 OK", "{}")]).await;
    let client = client(connect, &server);

    client.call(DeleteCustomerData::new("anna")).await.expect("a success");
    let next = client.call(GetCustomerInventory::new("anna")).await.expect("a new connection");

    assert_eq!(next, CustomerInventory::default());
}

/// Deep nesting does not overflow the stack.
pub async fn deep_nesting_is_decode<T: Transport>(connect: Connect<T>) {
    let depth = 100_000;
    for (before, after) in [("", ""), ("{\"customerProfile\":{\"attributes\":{\"a\":", "}}}")] {
        let body = format!("{before}{}{}{after}", "[".repeat(depth), "]".repeat(depth));
        let reply = ScriptedReply::reply("200 OK", &body);
        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
    }
}

/// gzip is decoded, also in refusals.
pub async fn gzip_replies_are_decompressed<T: Transport>(connect: Connect<T>) {
    let refusal = ScriptedReply::reply_with("404 Not Found", GZIP, &gzip(b"{\"message\":\"no\"}"));
    let success = ScriptedReply::reply_with("200 OK", GZIP, &gzip(b"{\"referrals\":[]}"));
    let server = TestServer::script(vec![refusal, success]).await;
    let client = client(connect, &server);

    let error = client.call(GetCustomerInventory::new("anna")).await.expect_err("a refusal");
    let inventory = client.call(GetCustomerInventory::new("anna")).await.expect("an inventory");

    assert_eq!(error.api().map(talon_core::ApiError::message), Some("no"));
    assert_eq!(inventory.referrals, Some(vec![]));
    for request in server.log().requests {
        assert_eq!(request.header("accept-encoding"), Some("gzip"));
    }
}

/// A small body that decompresses to more than the limit is refused.
pub async fn a_gzip_bomb_is_decode<T: Transport>(connect: Connect<T>) {
    let bomb = gzip(&vec![b' '; MAX_REPLY_BYTES + 1]);

    let reply = ScriptedReply::reply_with("200 OK", GZIP, &bomb);

    assert_result(connect, reply, Err(ErrorKind::Decode)).await;
}

/// Empty gzip members need processor time as well.
pub async fn many_members_are_decode<T: Transport>(connect: Connect<T>) {
    let members = [gzip(b"{}"), gzip(b"").repeat(10_000)].concat();

    let reply = ScriptedReply::reply_with("200 OK", GZIP, &members);

    assert_result(connect, reply, Err(ErrorKind::Decode)).await;
}

/// JSON values need more memory than their text.
pub async fn many_values_are_decode<T: Transport>(connect: Connect<T>) {
    let zeros = "0,".repeat(MAX_REPLY_COST);

    let reply = ScriptedReply::reply("200 OK", &format!("{{\"a\":[{zeros}0]}}"));

    assert_result(connect, reply, Err(ErrorKind::Decode)).await;
}

/// Encodings that were not offered, and bodies that are not what `Content-Encoding` says.
pub async fn another_encoding_is_decode<T: Transport>(connect: Connect<T>) {
    for headers in ["content-encoding: br\r\n", "content-encoding: gzip, gzip\r\n", GZIP] {
        let reply = ScriptedReply::reply_with("200 OK", headers, b"{}");
        assert_result(connect, reply, Err(ErrorKind::Decode)).await;
    }
}

/// A chunked body beyond the limit.
pub async fn a_body_without_end_is_decode<T: Transport>(connect: Connect<T>) {
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000));
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned();

    let reply = ScriptedReply::Send((head + &chunk.repeat(17)).into_bytes());

    assert_result(connect, reply, Err(ErrorKind::Decode)).await;
}
