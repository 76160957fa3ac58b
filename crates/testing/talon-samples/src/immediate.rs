//! Futures that are ready at once.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The output of a future that is ready when it is first polled, such as every call of a fake.
///
/// # Panics
/// When the future is pending.
pub fn immediate<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future is pending"),
    }
}
