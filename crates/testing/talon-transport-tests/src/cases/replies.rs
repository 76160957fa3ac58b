//! Replies of any status.

use talon_client::Transport;
use talon_core::model::CustomerInventory;
use talon_core::prelude::*;

use super::{Connect, client, get};
use crate::server::{ScriptedReply, TestServer};

/// Status, headers and body arrive, and the client decodes them.
pub async fn a_success_arrives<T: Transport>(connect: Connect<T>) {
    let server = TestServer::start(ScriptedReply::reply("200 OK", r#"{"referrals":[]}"#)).await;
    let client = client(connect, &server);

    let reply = client.transport().send(get(&server, "/")).await.expect("a reply");
    let inventory = client.call(GetCustomerInventory::new("anna")).await.expect("an inventory");

    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["content-type"], "application/json");
    assert_eq!(reply.body(), r#"{"referrals":[]}"#);
    assert_eq!(inventory, CustomerInventory { referrals: Some(vec![]), ..Default::default() });
}

/// 404 is not an error of the transport.
pub async fn a_refusal_is_a_reply<T: Transport>(connect: Connect<T>) {
    let server =
        TestServer::start(ScriptedReply::reply("404 Not Found", r#"{"message":"no"}"#)).await;
    let client = client(connect, &server);

    let reply = client.transport().send(get(&server, "/")).await.expect("a reply");
    let error = client.call(GetCustomerInventory::new("anna")).await.expect_err("a refusal");

    assert_eq!((reply.status().as_u16(), &reply.body()[..]), (404, &br#"{"message":"no"}"#[..]));
    assert!(error.is_not_found());
    assert_eq!(error.api().map(talon_core::ApiError::message), Some("no"));
}

/// 302 is a reply; following it would send the key to another place.
pub async fn a_redirect_is_not_followed<T: Transport>(connect: Connect<T>) {
    let reply = b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    let server = TestServer::start(ScriptedReply::Send(reply.to_vec())).await;

    let reply = client(connect, &server).transport().send(get(&server, "/")).await;

    assert_eq!(reply.expect("a reply").status(), 302);
    assert_eq!(server.request().line, "GET / HTTP/1.1");
}

/// 204 has no body.
pub async fn an_empty_reply_is_a_reply<T: Transport>(connect: Connect<T>) {
    let server =
        TestServer::start(ScriptedReply::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())).await;

    let reply = client(connect, &server).transport().send(get(&server, "/")).await;

    assert!(reply.expect("a reply").body().is_empty());
}

/// Chunks are joined.
pub async fn a_chunked_reply_arrives_whole<T: Transport>(connect: Connect<T>) {
    let chunks = "2\r\n{\"\r\n4\r\na\":1\r\n1\r\n}\r\n0\r\n\r\n";
    let reply = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}");
    let server = TestServer::start(ScriptedReply::Send(reply.into_bytes())).await;

    let reply = client(connect, &server).transport().send(get(&server, "/")).await;

    assert_eq!(reply.expect("a reply").body(), r#"{"a":1}"#);
}
