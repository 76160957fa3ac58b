//! Errors of calls without a tokio runtime, or without a part of it.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{Request, Response};
use talon_client::{Client, ClientConfig, Loopback, Transport, TransportError};
use talon_core::operations::GetReservedCustomers;
use talon_core::{Error, ErrorKind, IntegrationApi, Result, async_trait};
use tokio::runtime::Builder;

#[derive(Debug)]
struct Nothing;

impl IntegrationApi for Nothing {}

/// Opens a socket for each request, as transports do.
#[derive(Debug)]
struct Sockets;

#[async_trait]
impl Transport for Sockets {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let address = ("127.0.0.1", 1);
        Err(match tokio::net::TcpStream::connect(address).await {
            Ok(_) => TransportError::other("nobody should listen there"),
            Err(error) => TransportError::connect(error),
        })
    }
}

/// Polls once, as a runtime other than tokio would.
fn poll<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits for what will never come"),
    }
}

fn assert_names(error: &Error, missing: &str) {
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    assert!(error.to_string().contains(missing), "{error}");
    assert!(!error.may_have_been_applied());
    assert_eq!(error.operation(), Some("getReservedCustomers"));
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let client = Loopback::client(std::sync::Arc::new(Nothing));

    let error = poll(client.call(GetReservedCustomers::new("SUMMER10"))).unwrap_err();

    assert_names(&error, "tokio runtime");
    assert_eq!(error.attempts(), 0);
}

#[test]
fn a_call_without_timers_is_an_error() {
    let client = Loopback::client(std::sync::Arc::new(Nothing));
    let runtime = Builder::new_current_thread().build().unwrap();

    let call = client.call(GetReservedCustomers::new("SUMMER10"));
    let error = runtime.block_on(call).unwrap_err();

    assert_names(&error, "enable_time");
    assert_eq!(error.attempts(), 0);
}

#[test]
fn a_call_without_io_is_an_error_without_retries() {
    let config = ClientConfig::new("http://localhost").api_key("key");
    let client = Client::new(config, Sockets).unwrap();
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();

    let call = client.call(GetReservedCustomers::new("SUMMER10"));
    let error = runtime.block_on(call).unwrap_err();

    assert_names(&error, "enable_io");
    assert_eq!(error.attempts(), 1);
}

#[test]
fn loopback_needs_only_timers() {
    let client = Loopback::client(std::sync::Arc::new(Nothing));
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();

    let call = client.call(GetReservedCustomers::new("SUMMER10"));
    let error = runtime.block_on(call).unwrap_err();

    assert_eq!(error.status().unwrap(), 501);
}
