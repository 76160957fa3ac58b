//! The header `Host`.

use crate::client::Client;
use crate::test_services::{GET, open};

#[tokio::test]
async fn a_request_without_exactly_one_host_is_refused() {
    for (hosts, message) in [
        ("", "the Host header is missing"),
        ("Host: a\r\nHost: a\r\n", "more than one Host"),
        ("Host: a\r\nHost: b\r\n", "more than one Host"),
        ("Host: a, b\r\n", "must be a host"),
        ("Host: http://a/\r\n", "must be a host"),
        ("Host: user@a\r\n", "must be a host"),
        ("Host: a:b:c\r\n", "must be a host"),
        ("Host: \u{e9}\r\n", "must be a host"),
    ] {
        let (server, api) = open().await;
        let mut client = Client::connect(server.local_addr()).await;

        client.send(format!("GET {GET} HTTP/1.1\r\n{hosts}\r\n")).await;

        client.reply().await.assert_refusal(400, message);
        assert_eq!(client.rest().await, "");
        assert!(api.calls().is_empty());
    }
}

#[tokio::test]
async fn any_host_is_accepted() {
    let (server, _) = open().await;
    for host in ["localhost", "127.0.0.1:80", "[::1]:8080", "talon_fake:1", "a.example.", "A-b", ""]
    {
        let mut client = Client::connect(server.local_addr()).await;

        client.send(format!("GET {GET} HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;

        assert_eq!(client.reply().await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn a_host_in_the_uri_does_not_replace_the_header() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.send(format!("GET http://shop.example{GET} HTTP/1.1\r\n\r\n")).await;

    client.reply().await.assert_refusal(400, "Host header is missing");
}

#[tokio::test]
async fn http_1_0_requests_may_omit_the_host() {
    let (server, _) = open().await;
    for (hosts, status) in [("", 200), ("Host: a\r\n", 200), ("Host: a\r\nHost: a\r\n", 400)] {
        let mut client = Client::connect(server.local_addr()).await;

        client.send(format!("GET {GET} HTTP/1.0\r\n{hosts}\r\n")).await;

        assert_eq!(client.reply().await.status, status, "{hosts}");
    }
}
