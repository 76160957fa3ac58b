//! Futures that never wait.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The output of a future that has nothing to wait for, such as every call of a fake.
///
/// # Panics
/// When the future waits.
pub fn immediate<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a call that has nothing to wait for does not wait"),
    }
}
