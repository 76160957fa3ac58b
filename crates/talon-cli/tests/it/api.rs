//! `talon api`, and the options that it shares with `talon call`.

use crate::process::{TestServer, run, stderr, stdout, talon};

fn api(server: &TestServer, arguments: &[&str]) -> std::process::Output {
    let output = talon(&[&["api"], arguments].concat())
        .env("TALON_BASE_URL", &server.url)
        .env("TALON_API_KEY", "demo-key")
        .output();
    output.expect("the command starts")
}

#[test]
fn any_request_can_be_sent_over_both_transports() {
    let server = TestServer::start(&[]);

    for transport in ["reqwest", "hyper"] {
        let path = "/v1/integration/campaigns?pageSize=1";
        let output = api(&server, &["get", path, "--transport", transport]);

        let page: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assert_eq!(page["data"][0]["name"], "Summer", "{output:?}");
    }
}

#[test]
fn head_and_body_of_a_refusal_are_printed_on_request() {
    let server = TestServer::start(&[]);
    let path = "/v1/customer_profiles/nobody/inventory";

    let plain = api(&server, &["GET", path]);
    let included = api(&server, &["GET", path, "--include"]);

    assert_eq!((plain.status.code(), &*stdout(&plain)), (Some(1), ""));
    assert_eq!(included.status.code(), Some(1));
    let printed = stdout(&included);
    let (head, body) = printed.split_once("\n\n").expect("a head and a body");
    assert!(head.starts_with("404 Not Found\n"), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(body.contains("message"), "{body}");
    assert!(stderr(&included).contains("404"), "{included:?}");
}

#[test]
fn a_header_is_added_and_a_path_with_a_host_is_refused() {
    let server = TestServer::start(&[]);

    let output = api(&server, &["GET", "/v1/integration/campaigns", "-H", "X-Trace: 1"]);
    assert!(output.status.success(), "{output:?}");

    for arguments in [["GET", "http://127.0.0.1/v1"], ["GET", "v1/events"], ["GE T", "/v1/events"]]
    {
        let output = api(&server, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    }
}

#[test]
fn attempts_are_printed_on_request_and_never_the_key() {
    let server = TestServer::start(&[]);
    let operation = ["getCustomerInventory", "--integrationId", "nobody", "--verbose", "--profile"];

    let output = server.call(&operation, "");

    let messages = stderr(&output);
    let url = format!("{}/v1/customer_profiles/nobody/inventory?profile=true", server.url);
    assert!(messages.contains(&format!("talon: GET {url}\n")), "{messages}");
    assert!(messages.contains("talon: attempt 1: 404 Not Found, "), "{messages}");
    assert!(!messages.contains("demo-key"), "{messages}");
}

#[test]
fn a_call_ends_at_its_timeout() {
    // Accepts connections and never replies.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let arguments = ["api", "GET", "/v1/integration/campaigns", "--timeout", "0.2"];

    let output = talon(&arguments).env("TALON_BASE_URL", url).env("TALON_API_KEY", "k").output();

    let output = output.expect("the command starts");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let refused = run(&["api", "GET", "/", "--timeout", "0"]);
    assert!(stderr(&refused).contains("must be a number of seconds above 0"), "{refused:?}");
}
