//! Who is trusted with the key.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Version};
use talon_client::{Client, Transport};
use talon_core::prelude::*;

use super::{Connect, config};
use crate::authority::{self, Authority};
use crate::http2;
use crate::server::{Answer, Server};

async fn server(authority: &Authority, host: &str) -> Server {
    let tls = authority.server(host, &["http/1.1"]);
    Server::start_encrypted(tls, Answer::reply("200 OK", "{}")).await
}

/// A client of `server` that trusts `authority`.
fn trusting<T>(connect: Connect<T>, server: &Server, authority: &Authority) -> Client<T> {
    let config = config(&server.url()).root_certificates(authority.pem());
    connect(config).expect("the configuration is fit")
}

async fn assert_refused<T: Transport>(client: Client<T>, server: &Server) {
    let error = client.call(GetCustomerInventory::new("anna")).await.expect_err("no connection");

    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(server.seen().requests.is_empty());
}

/// A company's own certificates, end to end.
pub async fn a_private_authority_can_be_trusted<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let server = server(&authority, "localhost").await;

    let client = trusting(connect, &server, &authority);

    client.call(GetCustomerInventory::new("anna")).await.expect("a reply");

    assert_eq!(server.seen().protocol.as_deref(), Some(&b"http/1.1"[..]));
}

/// Nothing is said to a server whose certificate nobody vouches for.
pub async fn a_stranger_is_refused<T: Transport>(connect: Connect<T>) {
    let server = server(&Authority::new(), "localhost").await;

    assert_refused(trusting(connect, &server, &Authority::new()), &server).await;
}

/// Nor to one that is trusted to be somebody else.
pub async fn another_name_is_refused<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let server = server(&authority, "elsewhere.example").await;

    assert_refused(trusting(connect, &server, &authority), &server).await;
}

/// Nor to one that once was who it says.
pub async fn an_expired_certificate_is_refused<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let answer = Answer::reply("200 OK", "{}");
    let server = Server::start_encrypted(authority.expired(), answer).await;

    assert_refused(trusting(connect, &server, &authority), &server).await;
}

/// Nor to one that vouches for itself.
pub async fn a_self_signed_certificate_is_refused<T: Transport>(connect: Connect<T>) {
    let answer = Answer::reply("200 OK", "{}");
    let server = Server::start_encrypted(authority::self_signed(), answer).await;

    assert_refused(trusting(connect, &server, &Authority::new()), &server).await;
}

/// HTTP/2 where the server has both; this one only pretends to.
pub async fn http2_is_preferred<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let tls = authority.server("localhost", &["h2", "http/1.1"]);
    let server = Server::start_encrypted(tls, Answer::SayAndHangUp(Vec::new())).await;
    let client = trusting(connect, &server, &authority);

    let error = client.call(GetCustomerInventory::new("anna")).await.expect_err("a hang-up");

    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(server.seen().protocol.as_deref(), Some(&b"h2"[..]));
}

/// The time to connect includes the handshake, and nothing was sent when it is over.
pub async fn no_handshake_is_connect<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let tls = authority.server("localhost", &[]);
    let server = Server::start_encrypted(tls, Answer::Silence).await;
    let config = config(&server.url())
        .root_certificates(authority.pem())
        .connect_timeout(Duration::from_millis(300));

    assert_refused(connect(config).expect("the configuration is fit"), &server).await;
}

/// Paths and bodies arrive over HTTP/2 as they do over HTTP/1.1.
pub async fn http2_carries_all<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let url = http2::echo::start(authority.server("localhost", &["h2"])).await;
    let config = config(&url).root_certificates(authority.pem());
    let client = connect(config).expect("the configuration is fit");
    let uri = format!("{url}/v1/a%2Fb%2525+;/?dry=true");

    let request = Request::delete(uri).body(Bytes::from_static(b" {}")).expect("a URI");
    let reply = client.transport().send(request).await.expect("a reply");

    assert_eq!(reply.version(), Version::HTTP_2);
    assert_eq!(reply.body(), "DELETE /v1/a%2Fb%2525+;/ dry=true {}");
}
