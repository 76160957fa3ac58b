//! The conformance suite for `talon serve` in another process.

use std::fs;

use serde_json::Value;
use talon_client::ClientConfig;
use talon_conformance::{Access, Capability, Report, compare, implementations, remote};

use crate::process::TestServer;

/// Runs what the suite can run of itself without a seed, a clock, faults and a probe.
async fn report(served: &TestServer, access: Access) -> Report {
    let config = ClientConfig::new(&served.url).api_key("demo-key");
    let service = remote(config, access).expect("the configuration is valid");
    compare(implementations::loopback(), service).await
}

fn served_empty_world() -> TestServer {
    let file = format!("{}/empty-world.json", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&file, "{}").expect("a folder for temporary files");
    TestServer::start(&["--world", &file])
}

#[tokio::test]
async fn an_empty_world_replies_like_the_fake() {
    let served = served_empty_world();

    let report = report(&served, Access::Write).await;

    assert!(report.differences.is_empty(), "{report}");
    assert!(report.passed >= 100, "{report}");
    assert!(report.skipped.iter().any(|(_, lacking)| *lacking == Capability::Clock), "{report}");
}

#[tokio::test]
async fn no_change_is_sent_without_permission() {
    let served = served_empty_world();
    let snapshot = || {
        let head = "GET /_fake/snapshot HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let reply = served.http(head);
        let body = reply.split_once("\r\n\r\n").expect("a body").1;
        let snapshot: Value = serde_json::from_str(body).expect("a snapshot is JSON");
        // Replies to dry runs are kept with their idempotency keys.
        snapshot["state"]["tables"].clone()
    };
    let before = snapshot();

    let report = report(&served, Access::ReadOnly).await;

    assert!(report.differences.is_empty() && report.passed > 0, "{report}");
    assert!(report.skipped.iter().any(|(_, lacking)| *lacking == Capability::Write), "{report}");
    assert!(before.is_object());
    assert_eq!(snapshot(), before);
}

#[tokio::test]
async fn a_world_with_another_campaign_is_reported_as_different() {
    let served = TestServer::start(&[]);

    let report = report(&served, Access::Write).await;

    let table = report.to_string();
    assert!(!report.differences.is_empty() && report.passed > 0, "{table}");
    for difference in &report.differences {
        let row = format!("{}  {}", difference.case.operation, difference.case);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed(&table).contains(&squeezed(&row)), "{row}: {table}");
    }
}
