//! Short soak tests that pass, and one that fails.

mod load;

use bytes::Bytes;
use http::{Request, Response};
use talon_client::{ClientConfig, Transport, TransportError};
use talon_core::{Result, async_trait};
use talon_hyper::HyperTransport;
use talon_reqwest::ReqwestTransport;
use talon_soak::{Fault, Progress, SoakPlan, Summary, run};

fn plan() -> SoakPlan {
    SoakPlan { calls: 1000, workers: 32, faults_percent: 20, seed: 7 }
}

fn assert_clean(summary: &Summary) {
    assert!(summary.is_clean(), "{summary}");
    assert_eq!(summary.faults.len(), Fault::ALL.len(), "{summary}");
    assert!(summary.retries > 0 && summary.successes > 700, "{summary}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_change_is_applied_twice_over_reqwest() {
    let summary = run(plan(), ReqwestTransport::new, Progress::default()).await;

    assert_clean(&summary.expect("a free port"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_change_is_applied_twice_over_hyper() {
    let summary = run(plan(), HyperTransport::new, Progress::default()).await;

    assert_clean(&summary.expect("a free port"));
}

/// Violates the contract of transports: sends every lost request again, without its idempotency
/// key.
#[derive(Debug)]
struct RetryingTransport(HyperTransport);

impl RetryingTransport {
    fn new(config: &ClientConfig) -> Result<Self> {
        HyperTransport::new(config).map(Self)
    }
}

#[async_trait]
impl Transport for RetryingTransport {
    async fn send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        request.headers_mut().remove("idempotency-key");
        match self.0.send(request.clone()).await {
            Ok(reply) => Ok(reply),
            Err(_) => self.0.send(request).await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transport_that_retries_fails() {
    let summary =
        run(plan(), RetryingTransport::new, Progress::default()).await.expect("a free port");

    assert!(summary.duplicated > 0 && !summary.is_clean(), "{summary}");
}
