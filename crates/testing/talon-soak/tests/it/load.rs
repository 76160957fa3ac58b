//! Short load tests that pass, and load tests that fail.

use std::time::Duration;

use http::Response;
use talon_fake::{Fake, World};
use talon_server::{Answer, RunningServer, Server, ServerConfig, Service, async_trait};
use talon_soak::load::{LoadPlan, Report, ResourceUsage, load};

fn plan(customers: Option<u64>) -> LoadPlan {
    LoadPlan { connections: 4, time: Duration::from_secs(2), customers }
}

async fn report(server: &RunningServer, plan: LoadPlan) -> Report {
    load(plan, server.local_addr(), || None).await.expect("the server listens")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reply_of_the_fake_is_right() {
    let server = Fake::new(World::demo()).unwrap().serve().await.unwrap();

    // New customers first, and then what those do who leave nothing.
    let report = report(&server, plan(Some(1))).await;

    assert!(report.is_clean(), "{report}");
    let answered = |operation| report.statuses.get(&operation).copied().unwrap_or(0);
    assert!(answered(("createReferral", 201)) > 0, "{report}");
    assert!(answered(("createReferral", 400)) > 0, "{report}");
}

/// Replies to every request with an empty 200.
#[derive(Debug)]
struct AlwaysOk;

#[async_trait]
impl Service for AlwaysOk {
    async fn handle(&self, _: http::Request<bytes::Bytes>) -> Answer {
        Response::default().into()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_status_fails() {
    let server = Server::bind(ServerConfig::default()).await.unwrap().spawn(AlwaysOk);

    let report = report(&server, plan(None)).await;

    assert!(!report.is_clean());
    assert!(report.failures.keys().all(|failure| failure.contains("200 where")), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn growth_without_new_data_fails() {
    let server = Fake::new(World::demo()).unwrap().serve().await.unwrap();
    let samples = std::sync::atomic::AtomicU64::new(0);
    let usage = || {
        let times = samples.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Some(ResourceUsage { resident: 1_000_000 * (10 + times), ..ResourceUsage::default() })
    };

    let report = load(plan(Some(1)), server.local_addr(), usage).await.unwrap();

    assert!(report.has_grown() && !report.is_clean(), "{report}");
}
