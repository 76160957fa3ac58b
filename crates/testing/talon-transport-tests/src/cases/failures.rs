//! Error kinds, which say whether the request may have been applied.

use std::error::Error;
use std::fmt::Write;
use std::time::Duration;

use talon_client::TransportErrorKind::{Decode, Interrupted};
use talon_client::{Transport, TransportErrorKind};
use talon_core::prelude::*;
use tokio::net::TcpListener;

use super::{Connect, client, config, get};
use crate::server::{ScriptedReply, TestServer};

/// Asserts the kind of the error of the transport and of the client.
async fn assert_fails<T: Transport>(
    connect: Connect<T>,
    reply: ScriptedReply,
    kind: TransportErrorKind,
    client_kind: ErrorKind,
) {
    let server = TestServer::start(reply).await;
    let client = client(connect, &server);

    let failure = client.transport().send(get(&server, "/")).await.expect_err("a failure");
    let profile = NewCustomerProfile::default();
    let change = client.call(UpdateCustomerProfileV2::new("anna", profile)).await;
    let error = change.expect_err("a failure");

    assert_eq!(failure.kind(), kind, "{failure:?}");
    assert_eq!(error.kind(), client_kind);
    assert!(error.may_have_been_applied());
    assert_eq!((error.operation(), error.attempts()), (Some("updateCustomerProfileV2"), 1));
}

/// A closed port.
pub async fn a_refused_connection_is_connect<T: Transport>(connect: Connect<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = connect(config(&url)).expect("a valid configuration");

    let profile = NewCustomerProfile::default();
    let change = client.call(UpdateCustomerProfileV2::new("anna", profile)).await;
    let error = change.expect_err("no connection");

    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(!error.may_have_been_applied());
    assert_eq!(error.attempts(), 1);
}

/// A host name that cannot be resolved (RFC 2606).
pub async fn an_unknown_host_is_connect<T: Transport>(connect: Connect<T>) {
    let config = config("http://talon.invalid").allow_plain_http();
    let client = connect(config).expect("a valid configuration");

    let error = client.call(GetCustomerInventory::new("anna")).await.expect_err("no connection");

    assert_eq!(error.kind(), ErrorKind::Connect);
}

/// Half of a body.
pub async fn a_reply_cut_short_is_interrupted<T: Transport>(connect: Connect<T>) {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"customer".to_vec();
    assert_fails(connect, ScriptedReply::SendAndClose(half), Interrupted, ErrorKind::Interrupted)
        .await;

    let half = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n".to_vec();
    assert_fails(connect, ScriptedReply::SendAndClose(half), Interrupted, ErrorKind::Interrupted)
        .await;
}

/// No reply, or part of a head.
pub async fn a_closed_connection_is_interrupted<T: Transport>(connect: Connect<T>) {
    let nothing = ScriptedReply::SendAndClose(Vec::new());
    assert_fails(connect, nothing, Interrupted, ErrorKind::Interrupted).await;

    let beginning = ScriptedReply::SendAndClose(b"HTTP/1.1 200 OK\r\ncontent-".to_vec());
    assert_fails(connect, beginning, Interrupted, ErrorKind::Interrupted).await;
}

/// No reply, or a reply that stops in the middle, on an open connection.
pub async fn silence_is_a_timeout<T: Transport>(connect: Connect<T>) {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    for reply in [ScriptedReply::Silence, ScriptedReply::Send(half)] {
        let server = TestServer::start(reply).await;
        let config = config(&server.url()).deadline(Duration::from_millis(300));
        let client = connect(config).expect("a valid configuration");

        let profile = NewCustomerProfile::default();
        let change = client.call(UpdateCustomerProfileV2::new("anna", profile)).await;
        let error = change.expect_err("a timeout");

        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.may_have_been_applied());
        assert_eq!(server.log().requests.len(), 1);
    }
}

/// A server of another protocol.
pub async fn what_is_not_http_is_decode<T: Transport>(connect: Connect<T>) {
    let reply = ScriptedReply::SendAndClose(b"220 mail.example.org ESMTP\r\n\r\n".to_vec());

    assert_fails(connect, reply, Decode, ErrorKind::Decode).await;
}

/// A reply with a `Content-Length` beyond the limit is not read.
pub async fn a_reply_too_large_is_decode<T: Transport>(connect: Connect<T>) {
    let length = talon_client::transport::MAX_REPLY_BYTES + 1;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{{");

    assert_fails(connect, ScriptedReply::Send(head.into_bytes()), Decode, ErrorKind::Decode).await;
}

/// Errors of libraries may contain the URL, and paths contain ids: ours do not.
pub async fn errors_do_not_name_the_request<T: Transport>(connect: Connect<T>) {
    let garbled = ScriptedReply::SendAndClose(b"secret".to_vec());
    let cut =
        ScriptedReply::SendAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nsecret".to_vec());
    for reply in [garbled, cut, ScriptedReply::SendAndClose(Vec::new())] {
        let server = TestServer::start(reply).await;
        let client = client(connect, &server);

        let request = GetCustomerInventory::new("secret");
        let error = client.call(request).await.expect_err("a failure");

        let mut text = format!("{error} {error:?}");
        let mut source = error.source();
        while let Some(cause) = source {
            let _ = write!(text, "; {cause}");
            source = cause.source();
        }
        assert!(!text.contains("secret") && !text.contains("inventory?"), "{text}");
        assert!(!text.contains("fefe"), "{text}");
    }
}
