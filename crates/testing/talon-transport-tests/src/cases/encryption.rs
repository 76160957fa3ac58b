//! TLS: which servers are trusted.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Version};
use talon_client::{Client, Transport};
use talon_core::prelude::*;

use super::{Connect, config};
use crate::authority::{self, Authority};
use crate::http2;
use crate::server::{ScriptedReply, TestServer};

async fn server(authority: &Authority, host: &str) -> TestServer {
    let tls = authority.server(host, &["http/1.1"]);
    TestServer::start_tls(tls, ScriptedReply::reply("200 OK", "{}")).await
}

/// A client of `server` that trusts `authority`.
fn client_trusting<T>(
    connect: Connect<T>,
    server: &TestServer,
    authority: &Authority,
) -> Client<T> {
    let config = config(&server.url()).root_certificates(authority.pem());
    connect(config).expect("a valid configuration")
}

async fn assert_refused<T: Transport>(client: Client<T>, server: &TestServer) {
    let error = client.call(GetCustomerInventory::new("anna")).await.expect_err("no connection");

    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(server.log().requests.is_empty());
}

/// A configured root certificate is trusted.
pub async fn a_private_authority_can_be_trusted<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let server = server(&authority, "localhost").await;

    let client = client_trusting(connect, &server, &authority);

    client.call(GetCustomerInventory::new("anna")).await.expect("a reply");

    assert_eq!(server.log().protocol.as_deref(), Some(&b"http/1.1"[..]));
}

/// No request is sent to a server whose authority is unknown.
pub async fn an_unknown_authority_is_refused<T: Transport>(connect: Connect<T>) {
    let server = server(&Authority::new(), "localhost").await;

    assert_refused(client_trusting(connect, &server, &Authority::new()), &server).await;
}

/// No request is sent to a server whose certificate is for another host.
pub async fn another_host_name_is_refused<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let server = server(&authority, "elsewhere.example").await;

    assert_refused(client_trusting(connect, &server, &authority), &server).await;
}

/// No request is sent to a server with an expired certificate.
pub async fn an_expired_certificate_is_refused<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let reply = ScriptedReply::reply("200 OK", "{}");
    let server = TestServer::start_tls(authority.expired(), reply).await;

    assert_refused(client_trusting(connect, &server, &authority), &server).await;
}

/// No request is sent to a server with a self-signed certificate.
pub async fn a_self_signed_certificate_is_refused<T: Transport>(connect: Connect<T>) {
    let reply = ScriptedReply::reply("200 OK", "{}");
    let server = TestServer::start_tls(authority::self_signed(), reply).await;

    assert_refused(client_trusting(connect, &server, &Authority::new()), &server).await;
}

/// HTTP/2 is negotiated where the server offers both. This server speaks neither.
pub async fn http2_is_preferred<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let tls = authority.server("localhost", &["h2", "http/1.1"]);
    let server = TestServer::start_tls(tls, ScriptedReply::SendAndClose(Vec::new())).await;
    let client = client_trusting(connect, &server, &authority);

    let error =
        client.call(GetCustomerInventory::new("anna")).await.expect_err("a closed connection");

    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(server.log().protocol.as_deref(), Some(&b"h2"[..]));
}

/// The connect timeout includes the TLS handshake, before which nothing is sent.
pub async fn no_handshake_is_connect<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let tls = authority.server("localhost", &[]);
    let server = TestServer::start_tls(tls, ScriptedReply::Silence).await;
    let config = config(&server.url())
        .root_certificates(authority.pem())
        .connect_timeout(Duration::from_millis(300));

    assert_refused(connect(config).expect("a valid configuration"), &server).await;
}

/// Paths and bodies arrive over HTTP/2 as they do over HTTP/1.1.
pub async fn requests_are_multiplexed_over_http2<T: Transport>(connect: Connect<T>) {
    let authority = Authority::new();
    let url = http2::echo::start(authority.server("localhost", &["h2"])).await;
    let config = config(&url).root_certificates(authority.pem());
    let client = connect(config).expect("a valid configuration");
    let uri = format!("{url}/v1/a%2Fb%2525+;/?dry=true");

    let request = Request::delete(uri).body(Bytes::from_static(b" {}")).expect("a URI");
    let reply = client.transport().send(request).await.expect("a reply");

    assert_eq!(reply.version(), Version::HTTP_2);
    assert_eq!(reply.body(), "DELETE /v1/a%2Fb%2525+;/ dry=true {}");
}
