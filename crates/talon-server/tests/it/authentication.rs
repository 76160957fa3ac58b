//! Authentication of requests.

use crate::client::{Client, Reply};
use crate::test_services::{DELETE, GET, KEY, PUT, keyed, open};

const REFUSED: &str =
    r#"{"message":"Unauthorized - Invalid API key","errors":[],"StatusCode":401}"#;
/// Of an empty body, by the key of application 7.
const SIGNED: &str = "Content-Signature: signer=7; signature=0dbc664752c37541281e3eef8eee0d2d\r\n";

async fn ask(method: &str, path: &str, headers: &str) -> Reply {
    let (server, _) = keyed().await;
    Client::connect(server.local_addr()).await.request(method, path, headers).await
}

#[tokio::test]
async fn the_right_key_is_accepted() {
    assert_eq!(ask("GET", GET, KEY).await.status, 200);
    assert_eq!(ask("DELETE", DELETE, KEY).await.status, 204);
}

#[tokio::test]
async fn no_credentials_are_refused() {
    let reply = ask("GET", GET, "").await;

    assert_eq!((reply.status, reply.body.as_str()), (401, REFUSED));
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn wrong_keys_and_schemes_are_refused() {
    for credentials in [
        "ApiKey-v1 c0ffef",
        "ApiKey-v1 c0ffee0",
        "ApiKey-v1 ",
        "ApiKey-v1",
        "apikey-v1 c0ffee",
        "ApiKey c0ffee",
        "Bearer c0ffee",
        "ManagementKey-v1 c0ffee",
        "c0ffee",
        "",
        "\u{ff}",
    ] {
        let reply = ask("GET", GET, &format!("Authorization: {credentials}\r\n")).await;
        assert_eq!((reply.status, reply.body.as_str()), (401, REFUSED), "{credentials}");
    }
}

#[tokio::test]
async fn a_signature_is_sufficient_if_the_operation_accepts_it() {
    assert_eq!(ask("GET", GET, SIGNED).await.status, 200);
    assert_eq!(ask("DELETE", DELETE, SIGNED).await.status, 204);
}

#[tokio::test]
async fn a_signature_covers_the_body() {
    let (server, _) = keyed().await;
    let mut client = Client::connect(server.local_addr()).await;
    let signed = "Content-Signature: signer=7;signature=1e559fe209653f16c3468fd27bef9e64";

    let request = format!("DELETE {DELETE} HTTP/1.1\r\nHost: t\r\n{signed}\r\nContent-Length: 4");
    client.send(format!("{request}\r\n\r\nnull")).await;

    assert_eq!(client.reply().await.status, 204);
}

#[tokio::test]
async fn a_signature_that_does_not_match_is_a_bad_request() {
    let wrong = SIGNED.replace("0dbc", "0dbd");

    let reply = ask("DELETE", DELETE, &wrong).await;

    assert_eq!(reply.status, 400);
    assert_eq!(reply.body, r#"{"message":"HMAC signature mismatch."}"#);
}

#[tokio::test]
async fn a_signature_is_ignored_if_the_operation_does_not_accept_it() {
    assert_eq!(ask("PUT", PUT, SIGNED).await.body, REFUSED);
}

#[tokio::test]
async fn unknown_signers_and_garbled_signatures_are_refused() {
    for signature in ["signer=8; signature=0dbc664752c37541281e3eef8eee0d2d", "signer=7", "", "x"] {
        let reply = ask("GET", GET, &format!("Content-Signature: {signature}\r\n")).await;
        assert_eq!(reply.body, REFUSED, "{signature}");
    }
}

#[tokio::test]
async fn either_scheme_is_sufficient() {
    let wrong_key = "Authorization: ApiKey-v1 bad\r\n";
    let wrong_signature = SIGNED.replace("0dbc", "0dbd");

    assert_eq!(ask("GET", GET, &format!("{wrong_key}{SIGNED}")).await.status, 200);
    assert_eq!(ask("GET", GET, &format!("{KEY}{wrong_signature}")).await.status, 200);
}

#[tokio::test]
async fn refused_requests_do_not_reach_the_implementation() {
    let (server, api) = keyed().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.request("DELETE", DELETE, "").await.assert_refusal(401, "Unauthorized");

    assert!(api.calls().is_empty());
}

#[tokio::test]
async fn open_servers_accept_anything() {
    let (server, _) = open().await;
    let mut client = Client::connect(server.local_addr()).await;

    for headers in ["", "Authorization: Bearer x\r\n", "Content-Signature: signer=1\r\n"] {
        assert_eq!(client.request("GET", GET, headers).await.status, 200);
    }
}
