//! Checks that there is a tokio runtime with timers and I/O, without a panic in the caller's task.
//!
//! tokio has no predicate for that: it panics where timers or I/O are missing. That panic is
//! caught; its message still reaches the panic hook.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use talon_core::{Error, ErrorKind, Result};
use tokio::runtime::Handle;

/// Checks that there is a runtime with timers.
///
/// # Errors
/// [`Config`](ErrorKind::Config) with a message that says what is missing.
pub(super) fn check() -> Result<()> {
    if let Err(error) = Handle::try_current() {
        let message = "was not sent: it needs a tokio runtime; await it in one, for example \
                       within `#[tokio::main]` or `Runtime::block_on`";
        return Err(Error::builder(ErrorKind::Config, message).source(error).build());
    }
    catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).map_err(|_| {
        let message = "was not sent: the tokio runtime has no timers; call `enable_time` or \
                       `enable_all` on its builder";
        Error::new(ErrorKind::Config, message)
    })
}

/// Runs `sending`. A panic of tokio about missing I/O becomes an error; other panics continue.
///
/// # Errors
/// [`Config`](ErrorKind::Config) when the runtime has no I/O: no connection could be opened.
pub(super) async fn catch_missing_io<F: Future>(sending: F) -> Result<F::Output> {
    let mut sending = pin!(sending);
    poll_fn(|context| {
        // It is not polled again after a panic.
        let polled = catch_unwind(AssertUnwindSafe(|| sending.as_mut().poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(panic) if is_missing_io(&*panic) => {
                let message = "was not sent: the tokio runtime has no I/O; call `enable_io` or \
                               `enable_all` on its builder";
                Poll::Ready(Err(Error::new(ErrorKind::Config, message)))
            }
            Err(panic) => resume_unwind(panic),
        }
    })
    .await
}

fn is_missing_io(panic: &(dyn Any + Send)) -> bool {
    let message = panic.downcast_ref::<&str>().copied();
    let message = message.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    message.is_some_and(|text| text.contains("Tokio") && text.contains("IO is disabled"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_success_is_returned() {
        assert_eq!(catch_missing_io(async { 7 }).await.unwrap(), 7);
    }

    #[tokio::test]
    #[should_panic(expected = "a bug of the transport")]
    async fn other_panics_continue() {
        let _ = catch_missing_io(async { panic!("a bug of the transport") }).await;
    }
}
