//! The cases, named after what the transport does.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use talon_client::{Client, ClientConfig, RetryPolicy, Transport};
use talon_core::Result;
use talon_core::prelude::*;
use tokio::time::timeout;

use crate::server::{ScriptedReply, TestServer};

pub mod connections;
pub mod encryption;
pub mod failures;
pub mod hostile_content;
pub mod hostile_framing;
pub mod hostile_http2;
pub mod refused_streams;
pub mod replies;
pub mod requests;
pub mod retries;
pub mod runtimes;
pub mod secrets;

/// Longer than any call may take.
const LONG_TIMEOUT: Duration = Duration::from_secs(20);
/// A deadline that is meant to expire.
const SHORT_DEADLINE: Duration = Duration::from_millis(300);

/// Makes a client over the transport under test.
pub type Connect<T> = fn(ClientConfig) -> Result<Client<T>>;

/// A client of `server`.
fn client<T>(connect: Connect<T>, server: &TestServer) -> Client<T> {
    connect(config(&server.url())).expect("a valid configuration")
}

/// A configuration without retries.
fn config(base_url: &str) -> ClientConfig {
    ClientConfig::new(base_url)
        .api_key("fefecafedeadbeef")
        .deadline(LONG_TIMEOUT)
        .retry(RetryPolicy::never())
}

/// An update, which succeeds with 200.
fn update() -> UpdateCustomerProfileV2 {
    UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default())
}

/// Asserts the result of an update that gets `reply`, and that the next call succeeds.
async fn assert_result<T: Transport>(
    connect: Connect<T>,
    reply: ScriptedReply,
    expected: std::result::Result<(), ErrorKind>,
) {
    let server = TestServer::script(vec![reply, ScriptedReply::reply("200 OK", "{}")]).await;
    let deadline = if expected == Err(ErrorKind::Timeout) { SHORT_DEADLINE } else { LONG_TIMEOUT };
    let client = connect(config(&server.url()).deadline(deadline)).expect("a valid configuration");

    let first = timeout(LONG_TIMEOUT, client.call(update())).await.expect("it hangs");
    let second = timeout(LONG_TIMEOUT, client.call(update())).await.expect("it hangs");

    assert_eq!(first.as_ref().map(|_| ()).map_err(Error::kind), expected, "{first:?}");
    second.expect("the pool is usable");
    assert_eq!(server.log().requests.len(), 2);
}

/// A `GET` of `path`.
fn get(server: &TestServer, path: &str) -> Request<Bytes> {
    request(Method::GET, server, path, "")
}

fn request(method: Method, server: &TestServer, path: &str, body: &str) -> Request<Bytes> {
    Request::builder()
        .method(method)
        .uri(format!("{}{path}", server.url()))
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .expect("a URI")
}
