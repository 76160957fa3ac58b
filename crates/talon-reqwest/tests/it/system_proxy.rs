//! The proxy of the system.
//!
//! Environment variables belong to a process, so the tests with a proxy run this test binary again.

use std::process::Command;

use talon_core::operations::GetCustomerInventory;
use talon_reqwest::{Client, ClientConfig, ReqwestTransport};
use talon_transport_tests::server::{ScriptedReply, TestServer};

const SERVICE: &str = "TALON_TEST_SERVICE";

fn client(url: &str) -> (Client<ReqwestTransport>, Client<ReqwestTransport>) {
    let config = || ClientConfig::new(url).api_key("fefecafedeadbeef").allow_plain_http();
    let connect = |config| talon_reqwest::connect(config).expect("a valid configuration");
    (connect(config()), connect(config().system_proxy()))
}

/// Calls once without and once with the proxy of the system. Run by itself there is no proxy, and
/// both calls reach the service.
#[tokio::test]
async fn one_call_without_and_one_with_the_proxy_of_the_system() {
    let own = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let url = std::env::var(SERVICE).unwrap_or_else(|_| own.url());
    let (direct, proxied) = client(&url);

    direct.call(GetCustomerInventory::new("direct")).await.unwrap();
    proxied.call(GetCustomerInventory::new("proxied")).await.unwrap();
}

/// The request lines of the service and of a proxy that the environment names in `variable`.
async fn lines(variable: &str, no_proxy: &str) -> (Vec<String>, Vec<String>) {
    let reply = || ScriptedReply::reply("200 OK", "{}");
    let (service, proxy) = (TestServer::start(reply()).await, TestServer::start(reply()).await);
    let mut again = Command::new(std::env::current_exe().expect("this test"));
    again.args(["--exact", "system_proxy::one_call_without_and_one_with_the_proxy_of_the_system"]);
    again.env(SERVICE, service.url()).env(variable, proxy.url()).env("NO_PROXY", no_proxy);

    let output = tokio::task::spawn_blocking(move || again.output()).await.expect("no panic");

    let output = output.expect("this test runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    let lines = |server: &TestServer| {
        server.log().requests.into_iter().map(|request| request.line).collect()
    };
    (lines(&service), lines(&proxy))
}

#[tokio::test]
async fn the_proxy_of_the_environment_is_used_only_with_the_switch() {
    for variable in ["HTTP_PROXY", "ALL_PROXY"] {
        let (service, proxy) = lines(variable, "").await;

        let [direct] = service.as_slice() else { panic!("{service:?}") };
        let [proxied] = proxy.as_slice() else { panic!("{proxy:?}") };
        assert_eq!(direct, "GET /v1/customer_profiles/direct/inventory HTTP/1.1");
        // A proxy gets the whole URL.
        assert!(proxied.starts_with("GET http://127.0.0.1:"), "{proxied}");
        assert!(proxied.ends_with("/v1/customer_profiles/proxied/inventory HTTP/1.1"), "{proxied}");
    }
}

#[tokio::test]
async fn no_proxy_is_used_for_hosts_that_the_environment_excludes() {
    let (service, proxy) = lines("HTTP_PROXY", "127.0.0.1").await;

    assert_eq!((service.len(), proxy.len()), (2, 0));
}
