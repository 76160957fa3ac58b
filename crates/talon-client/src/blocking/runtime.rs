//! The runtime behind blocking calls.

use std::future::Future;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll, Waker};

use talon_core::{Error, ErrorKind, Result};
use tokio::runtime::{Builder, Handle};
use tokio::task::coop;

/// A runtime with one thread, which serves connections between and during calls.
#[derive(Debug)]
pub(super) struct Runtime {
    /// `None` only while it is dropped.
    inner: Option<tokio::runtime::Runtime>,
}

impl Runtime {
    pub(super) fn start() -> Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("talon-blocking").enable_all();
        let runtime = builder.build().map_err(|error| {
            let message = "the blocking client cannot start its thread";
            Error::builder(ErrorKind::Config, message).source(error).build()
        })?;
        Ok(Self { inner: Some(runtime) })
    }

    /// Runs `call` on this thread.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) in a task of tokio.
    pub(super) fn block_on<R>(
        &self,
        operation: &'static str,
        call: impl Future<Output = Result<R>>,
    ) -> Result<R> {
        match &self.inner {
            Some(runtime) if may_block(runtime) => runtime.block_on(call),
            _ => {
                let message = "was not sent: the blocking client was called in a task of tokio, \
                               which would stop other tasks; await the asynchronous client, or \
                               call within `tokio::task::spawn_blocking`";
                Err(Error::builder(ErrorKind::Config, message).operation(operation).build())
            }
        }
    }
}

/// Dropping a runtime waits for its thread, which tokio forbids in a task.
impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.inner.take() {
            runtime.shutdown_background();
        }
    }
}

/// Whether this thread may block.
fn may_block(runtime: &tokio::runtime::Runtime) -> bool {
    if Handle::try_current().is_err() {
        return true;
    }
    // Where tokio suspends the budget of a task, only its panic remains, whose message reaches the
    // panic hook: in an unconstrained task, and in `#[tokio::main]` after a `block_in_place`.
    !is_in_task() && panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(async {}))).is_ok()
}

/// Whether this thread is running a task of tokio.
///
/// tokio panics when a task blocks, and has no predicate for it. But each poll of a task has a
/// budget, and threads that may block have none: a budget that ends is that of a task. Spending it
/// makes the task yield at its next await.
fn is_in_task() -> bool {
    // Budgets are counted in a byte.
    let is_spent = || {
        let mut context = Context::from_waker(Waker::noop());
        match coop::poll_proceed(&mut context) {
            Poll::Ready(step) => {
                step.made_progress();
                false
            }
            Poll::Pending => true,
        }
    };
    (0..=u8::MAX).any(|_| is_spent())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_block_here() -> bool {
        let runtime = Runtime::start().expect("a thread");
        may_block(runtime.inner.as_ref().expect("it is not dropped"))
    }

    #[test]
    fn a_thread_outside_of_a_runtime_may_block() {
        assert!(may_block_here());
    }

    #[tokio::test]
    async fn tasks_must_not_block() {
        assert!(is_in_task());
        assert!(!may_block_here());
        assert!(tokio::spawn(async { is_in_task() }).await.expect("no panic"));
    }

    #[tokio::test]
    async fn a_task_without_a_budget_must_not_block() {
        let may_block = tokio::task::unconstrained(async { may_block_here() });

        assert!(!may_block.await);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn threads_for_blocking_may_block() {
        assert!(tokio::task::spawn_blocking(may_block_here).await.expect("no panic"));
        assert!(tokio::task::block_in_place(may_block_here));
        assert!(!may_block_here());
    }

    #[test]
    fn a_thread_that_has_only_entered_a_runtime_may_block() {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let _entered = runtime.enter();

        assert!(may_block_here());
    }
}
