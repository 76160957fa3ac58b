//! Failures say whether the request may have been applied.

use std::error::Error;
use std::fmt::Write;
use std::time::Duration;

use talon_client::TransportErrorKind::{Decode, Interrupted};
use talon_client::{Transport, TransportErrorKind};
use talon_core::prelude::*;
use tokio::net::TcpListener;

use super::{Connect, client, config, get};
use crate::server::{Answer, Server};

/// Asserts the kind of the failure for the transport and for the client.
async fn assert_fails<T: Transport>(
    connect: Connect<T>,
    answer: Answer,
    kind: TransportErrorKind,
    client_kind: ErrorKind,
) {
    let server = Server::start(answer).await;
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

/// A port on which nobody listens.
pub async fn a_refused_connection_is_connect<T: Transport>(connect: Connect<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = connect(config(&url)).expect("the configuration is fit");

    let profile = NewCustomerProfile::default();
    let change = client.call(UpdateCustomerProfileV2::new("anna", profile)).await;
    let error = change.expect_err("no connection");

    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(!error.may_have_been_applied());
    assert_eq!(error.attempts(), 1);
}

/// A name that no name server knows, by definition.
pub async fn an_unknown_host_is_connect<T: Transport>(connect: Connect<T>) {
    let config = config("http://talon.invalid").allow_plain_http();
    let client = connect(config).expect("the configuration is fit");

    let error = client.call(GetCustomerInventory::new("anna")).await.expect_err("no connection");

    assert_eq!(error.kind(), ErrorKind::Connect);
}

/// Half a body.
pub async fn a_reply_cut_short_is_interrupted<T: Transport>(connect: Connect<T>) {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"customer".to_vec();
    assert_fails(connect, Answer::SayAndHangUp(half), Interrupted, ErrorKind::Interrupted).await;

    let half = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n".to_vec();
    assert_fails(connect, Answer::SayAndHangUp(half), Interrupted, ErrorKind::Interrupted).await;
}

/// No reply at all, or the beginning of one.
pub async fn a_hang_up_is_interrupted<T: Transport>(connect: Connect<T>) {
    let nothing = Answer::SayAndHangUp(Vec::new());
    assert_fails(connect, nothing, Interrupted, ErrorKind::Interrupted).await;

    let beginning = Answer::SayAndHangUp(b"HTTP/1.1 200 OK\r\ncontent-".to_vec());
    assert_fails(connect, beginning, Interrupted, ErrorKind::Interrupted).await;
}

/// A server that takes the request and says nothing, or stops in the middle.
pub async fn silence_is_a_timeout<T: Transport>(connect: Connect<T>) {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    for answer in [Answer::Silence, Answer::Say(half)] {
        let server = Server::start(answer).await;
        let config = config(&server.url()).deadline(Duration::from_millis(300));
        let client = connect(config).expect("the configuration is fit");

        let profile = NewCustomerProfile::default();
        let change = client.call(UpdateCustomerProfileV2::new("anna", profile)).await;
        let error = change.expect_err("a timeout");

        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.may_have_been_applied());
        assert_eq!(server.seen().requests.len(), 1);
    }
}

/// Another service on the port.
pub async fn what_is_not_http_is_decode<T: Transport>(connect: Connect<T>) {
    let answer = Answer::SayAndHangUp(b"220 mail.example.org ESMTP\r\n\r\n".to_vec());

    assert_fails(connect, answer, Decode, ErrorKind::Decode).await;
}

/// A reply that says it is larger than anyone needs is not read.
pub async fn a_reply_too_large_is_decode<T: Transport>(connect: Connect<T>) {
    let length = talon_client::transport::MAX_REPLY_BYTES + 1;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{{");

    assert_fails(connect, Answer::Say(head.into_bytes()), Decode, ErrorKind::Decode).await;
}

/// Paths hold ids, and libraries like to put URLs into their errors.
pub async fn errors_do_not_name_the_request<T: Transport>(connect: Connect<T>) {
    let garbled = Answer::SayAndHangUp(b"secret".to_vec());
    let cut = Answer::SayAndHangUp(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nsecret".to_vec());
    for answer in [garbled, cut, Answer::SayAndHangUp(Vec::new())] {
        let server = Server::start(answer).await;
        let client = client(connect, &server);

        let request = GetCustomerInventory::new("secret");
        let error = client.call(request).await.expect_err("a failure");

        let mut said = format!("{error} {error:?}");
        let mut source = error.source();
        while let Some(cause) = source {
            let _ = write!(said, "; {cause}");
            source = cause.source();
        }
        assert!(!said.contains("secret") && !said.contains("inventory?"), "{said}");
        assert!(!said.contains("fefe"), "{said}");
    }
}
