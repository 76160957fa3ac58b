//! Without a complete tokio runtime a call is an error and does not panic.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;

use talon_client::Transport;
use talon_core::prelude::*;
use tokio::runtime::{Builder, Runtime};

use super::{Connect, config, update};

/// Runs one call on a separate thread, in `runtime` or in none.
fn call<T: Transport>(connect: Connect<T>, runtime: Option<Runtime>) -> Error {
    let calling = thread::spawn(move || {
        let client = connect(config("http://127.0.0.1:9")).expect("a valid configuration");
        let call = client.call(update());
        let result = match runtime {
            Some(runtime) => runtime.block_on(call),
            None => match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(result) => result,
                Poll::Pending => panic!("it waits for what will never come"),
            },
        };
        result.expect_err("a failure")
    });
    calling.join().expect("no panic")
}

fn assert_names(error: &Error, missing: &str) {
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    assert!(error.to_string().contains(missing), "{error}");
    assert!(!error.may_have_been_applied());
}

/// No runtime.
#[allow(clippy::unused_async, reason = "cases are asynchronous")]
pub async fn a_call_without_a_runtime_is_config<T: Transport>(connect: Connect<T>) {
    let error = call(connect, None);

    assert_names(&error, "tokio runtime");
}

/// A runtime without timers.
#[allow(clippy::unused_async, reason = "cases are asynchronous")]
pub async fn a_runtime_without_timers_is_config<T: Transport>(connect: Connect<T>) {
    let runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");

    let error = call(connect, Some(runtime));

    assert_names(&error, "enable_time");
}

/// A runtime without I/O.
#[allow(clippy::unused_async, reason = "cases are asynchronous")]
pub async fn a_runtime_without_io_is_config<T: Transport>(connect: Connect<T>) {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");

    let error = call(connect, Some(runtime));

    assert_names(&error, "enable_io");
}
