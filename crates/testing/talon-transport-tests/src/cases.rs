//! The cases, named after what a transport does.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use talon_client::{Client, ClientConfig, RetryPolicy, Transport};
use talon_core::Result;
use talon_core::prelude::*;
use tokio::time::timeout;

use crate::server::{Answer, Server};

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

/// Longer than anything may take.
const PATIENT: Duration = Duration::from_secs(20);
/// A deadline that is meant to pass.
const BRIEF: Duration = Duration::from_millis(300);

/// Makes a client over the transport under test.
pub type Connect<T> = fn(ClientConfig) -> Result<Client<T>>;

/// A client of `server`.
fn client<T>(connect: Connect<T>, server: &Server) -> Client<T> {
    connect(config(&server.url())).expect("the configuration is fit")
}

/// Each attempt counts: there is no other.
fn config(base_url: &str) -> ClientConfig {
    ClientConfig::new(base_url)
        .api_key("fefecafedeadbeef")
        .deadline(PATIENT)
        .retry(RetryPolicy::never())
}

/// A change, and what its success is.
fn change() -> UpdateCustomerProfileV2 {
    UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default())
}

/// Asserts how a change ends that is answered with `answer`, and that the next one succeeds.
async fn assert_ends<T: Transport>(
    connect: Connect<T>,
    answer: Answer,
    end: std::result::Result<(), ErrorKind>,
) {
    let server = Server::script(vec![answer, Answer::reply("200 OK", "{}")]).await;
    let deadline = if end == Err(ErrorKind::Timeout) { BRIEF } else { PATIENT };
    let client = connect(config(&server.url()).deadline(deadline)).expect("a fit configuration");

    let first = timeout(PATIENT, client.call(change())).await.expect("it hangs");
    let second = timeout(PATIENT, client.call(change())).await.expect("it hangs");

    assert_eq!(first.as_ref().map(|_| ()).map_err(Error::kind), end, "{first:?}");
    second.expect("the pool can be used");
    assert_eq!(server.seen().requests.len(), 2);
}

/// A `GET` of `path`, for the transport itself.
fn get(server: &Server, path: &str) -> Request<Bytes> {
    request(Method::GET, server, path, "")
}

fn request(method: Method, server: &Server, path: &str, body: &str) -> Request<Bytes> {
    Request::builder()
        .method(method)
        .uri(format!("{}{path}", server.url()))
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .expect("a URI")
}
