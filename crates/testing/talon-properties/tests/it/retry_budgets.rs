//! Retries stay within their budget, for any number and result of calls.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use proptest::arbitrary::any;
use proptest::collection::vec;
use talon_client::{
    Client, ClientConfig, RetryBudget, RetryPolicy, Transport, TransportError, TransportErrorKind,
};
use talon_core::StopReason;
use talon_core::async_trait;
use talon_core::operations::GetReservedCustomers;
use tokio::runtime::Builder;

use crate::runner::holds_for_every;

const CASES: u32 = 128;

/// Answers the attempts that are `true`. All others fail to connect, as do further attempts.
#[derive(Debug)]
struct FlakyTransport {
    attempts: Mutex<VecDeque<bool>>,
    sent: Mutex<u32>,
}

#[async_trait]
impl Transport for FlakyTransport {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        *self.sent.lock().expect("the lock is not poisoned") += 1;
        let mut attempts = self.attempts.lock().expect("the lock is not poisoned");
        match attempts.pop_front() {
            Some(true) => Ok(Response::new(Bytes::from_static(br#"{"totalResultSize":0}"#))),
            _ => Err(TransportError::new(TransportErrorKind::Connect, "connection refused")),
        }
    }
}

#[test]
fn retries_stay_within_their_budget() {
    let calls = (vec(any::<bool>(), 0..40), 0..6_u32, 0..=100_u32, 1..30_u32);
    holds_for_every(CASES, calls, |(attempts, burst, percent, calls)| {
        let config = ClientConfig::new("http://localhost")
            .api_key("key")
            .deadline(Duration::from_secs(3600))
            .retry(RetryPolicy { max_attempts: 4, ..RetryPolicy::default() })
            .retry_budget(RetryBudget { burst, percent_of_successes: percent });
        let flaky =
            FlakyTransport { attempts: Mutex::new(attempts.into()), sent: Mutex::default() };
        let client = Client::new(config, flaky).expect("the configuration is valid");
        let mut runtime = Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");

        let mut succeeded = 0;
        for call in 1..=calls {
            match runtime.block_on(client.call(GetReservedCustomers::new("SUMMER10"))) {
                Ok(_) => succeeded += 1,
                Err(error) => assert!(matches!(
                    error.stop_reason(),
                    Some(StopReason::AttemptsUsedUp | StopReason::BudgetSpent)
                )),
            }
            let sent = *client.transport().sent.lock().expect("the lock is not poisoned");
            let retries = sent - call;
            assert!(retries * 100 <= burst * 100 + succeeded * percent, "{retries} retries");
        }
    });
}
