//! The cases, named after what a transport does.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use talon_client::{Client, ClientConfig};
use talon_core::Result;

use crate::server::Server;

pub mod connections;
pub mod encryption;
pub mod failures;
pub mod replies;
pub mod requests;

/// Makes a client over the transport under test.
pub type Connect<T> = fn(ClientConfig) -> Result<Client<T>>;

/// A client of `server`.
fn client<T>(connect: Connect<T>, server: &Server) -> Client<T> {
    connect(config(&server.url())).expect("the configuration is fit")
}

fn config(base_url: &str) -> ClientConfig {
    ClientConfig::new(base_url).api_key("fefecafedeadbeef").deadline(Duration::from_secs(20))
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
