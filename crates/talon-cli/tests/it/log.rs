//! What `talon serve` prints on stderr.

use serde_json::Value;

use crate::process::{TestServer, run, stderr};
use crate::serve::world_file;
use crate::state::fresh_path;

const HEAD: &str = "HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                    Authorization: ApiKey-v1 demo-key\r\nX-Secret: s3cret\r\n";

const CART: &str = r#"{"customerSession": {"couponCodes": ["SUMMER10"], "state": "closed",
    "cartItems": [{"sku": "A", "quantity": 2, "price": 50}]}}"#;

/// Serves with these arguments, makes four requests, and returns stderr.
fn said(arguments: &[&str]) -> String {
    let served = TestServer::start(arguments);
    let length = CART.len();
    let put =
        format!("PUT /v2/customer_sessions/cart-1 {HEAD}Content-Length: {length}\r\n\r\n{CART}");
    assert!(served.http(&put).starts_with("HTTP/1.1 200"));
    served.http(&format!("GET /v2/customer_session/cart-1 {HEAD}\r\n"));
    served.http(&format!("GET /_fake/health {HEAD}\r\n"));
    let wrong = HEAD.replace("demo-key", "wr0ng-key");
    served.http(&format!("GET /v1/customer_profiles/anna/inventory {wrong}\r\n"));
    served.interrupt_and_read_stderr().1
}

/// A line with the duration replaced.
fn without_duration(line: &str) -> String {
    let (before, rest) = line.split_once(" ms").unwrap_or((line, ""));
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if rest.is_empty() && before == line { line.to_owned() } else { format!("{before}N ms{rest}") }
}

#[test]
fn the_server_greets_and_prints_a_line_for_each_request() {
    let said = said(&[]);

    let lines: Vec<_> = said.lines().map(without_duration).collect();
    assert!(lines[0].starts_with("talon serves http://127.0.0.1:"), "{said}");
    assert!(lines[1].contains("API key      demo-key"), "{said}");
    assert!(lines[2].contains("/_fake/") && lines[3].contains("/_fake/openapi.json"), "{said}");
    assert_eq!(
        lines[4..],
        [
            "PUT /v2/customer_sessions/cart-1 updateCustomerSessionV2 200, 2 effects \
             (acceptCoupon, setDiscount), N ms",
            "GET /v2/customer_session/cart-1 (no operation) 404, N ms; did you mean GET \
             /v2/customer_sessions/{customerSessionId}?",
            "GET /v1/customer_profiles/anna/inventory getCustomerInventory 401, N ms",
            "talon: stopped",
        ]
    );
    for secret in ["s3cret", "wr0ng", "SUMMER10"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
}

/// Of what the server itself refuses, as much as it has read.
#[test]
fn a_request_that_is_refused_before_the_api_gets_it_has_a_line() {
    let served = TestServer::start(&["--log", "json"]);
    let path = "/v2/customer_sessions/cart-1";
    let put = format!("PUT {path} {HEAD}");

    // The client waits, so that the server does not wait for the body.
    let waits = "Expect: 100-continue\r\n";
    let long = served.http(&format!("{put}{waits}Content-Length: 100000000\r\n\r\n"));
    let headers = served.http(&format!("{put}{}\r\n", "X: 1\r\n".repeat(120)));
    let hosts = served.http(&format!("{put}Host: b\r\n\r\n"));
    let none = served.http("hello\r\n\r\n");
    served.http("GET /_fake/calls HTTP/1.1\r\nConnection: close\r\n\r\n");

    for (reply, status) in [(long, 413), (headers, 431), (hosts, 400), (none, 400)] {
        assert!(reply.starts_with(&format!("HTTP/1.1 {status}")), "{status}: {reply}");
    }
    let said = served.interrupt_and_read_stderr().1;
    let lines = said.lines().map(|line| serde_json::from_str::<Value>(line).expect(line));
    let lines: Vec<_> = lines.filter(|line| line.get("status").is_some()).collect();
    let told: Vec<_> =
        lines.iter().map(|line| (&line["method"], &line["path"], &line["status"])).collect();
    let (put, path, nothing) = (Value::from("PUT"), Value::from(path), Value::Null);
    let [refused_length, refused_head, bad] = [413, 431, 400].map(Value::from);
    assert_eq!(
        told,
        [
            (&put, &path, &refused_length),
            (&put, &path, &refused_head),
            (&put, &path, &bad),
            (&nothing, &nothing, &bad),
        ]
    );
    assert_eq!(lines[0]["operation"], "updateCustomerSessionV2");
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn in_json_each_line_is_an_object() {
    let said = said(&["--log", "json"]);

    let lines: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(lines[0]["apiKeys"], serde_json::json!(["demo-key"]));
    for (member, end) in [("page", "/_fake/"), ("control", "/_fake/openapi.json")] {
        let url = format!("{}{end}", lines[0]["listening"].as_str().expect("a URL"));
        assert_eq!(lines[0][member], url);
    }
    let call = &lines[1];
    assert_eq!(call["operation"], "updateCustomerSessionV2");
    assert_eq!((&call["method"], &call["status"]), (&"PUT".into(), &200.into()));
    assert_eq!(call["path"], "/v2/customer_sessions/cart-1");
    assert_eq!(call["effects"]["setDiscount"], 1);
    assert!(call["milliseconds"].as_f64().expect("a number") > 0.0, "{call}");
    assert_eq!(lines[2]["near"]["operation"], "getCustomerSession");
    assert_eq!(lines[4]["message"], "stopped");
}

#[test]
fn in_json_warnings_and_errors_are_objects_as_well() {
    let file = fresh_path("json");
    let world =
        |key: &str| world_file("json", &format!(r#"{{"application":{{"apiKeys":["{key}"]}}}}"#));
    let messages = |stderr: &str| -> Vec<String> {
        let lines = stderr.lines().map(|line| serde_json::from_str(line).expect(line));
        let messages = lines.filter_map(|line: Value| Some(line["message"].as_str()?.to_owned()));
        messages.collect()
    };
    let arguments = ["--log", "json", "--state", &file, "--world"];
    let serve = |world: &str| TestServer::start(&[&arguments[..], &[world]].concat());
    assert!(serve(&world("first-key")).interrupt().success());

    let served = serve(&world("second-key"));
    let second = run(&["serve", "--port", "0", "--log", "json", "--state", &file]);
    let said = messages(&served.interrupt_and_read_stderr().1);

    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("json.json is not used") && said[1] == "stopped", "{said:?}");
    let refused = messages(&stderr(&second));
    assert!(
        matches!(&refused[..], [one] if one.contains("in use by another server")),
        "{refused:?}"
    );
    assert_eq!(second.status.code(), Some(2));
}

#[test]
fn a_quiet_server_prints_neither_greeting_nor_requests() {
    assert_eq!(said(&["--quiet"]), "talon: stopped\n");
}

#[test]
fn the_greeting_says_who_may_use_the_control_api() {
    let greeting = |arguments: &[&str]| TestServer::start(arguments).interrupt_and_read_stderr().1;

    let off = greeting(&["--host", "0.0.0.0"]);
    assert!(off.contains("off on this address; set --control-token"), "{off}");
    assert!(!off.contains("page"), "{off}");
    let with_token = greeting(&["--control-token", "s3cret"]);
    assert!(with_token.contains("(header X-Control-Token)"), "{with_token}");
    assert!(!with_token.contains("s3cret"), "{with_token}");
}

#[test]
fn the_greeting_shows_a_key_that_is_valid_or_that_none_is() {
    let world = |name: &str, keys: &str| {
        world_file(
            name,
            &format!(
                r#"{{"now": "2026-01-01T00:00:00Z", "application": {{"apiKeys": [{keys}]}}}}"#
            ),
        )
    };
    let old = r#"{"key": "old", "expires": "2025-12-31T00:00:00Z"}"#;
    let tests = r#"{"key": "tests", "type": "testing"}"#;
    let some = world("greeting-some", &format!(r#"{old}, {tests}, "shop""#));
    let none = world("greeting-none", &old.replace("old", "older"));
    let said = |arguments: &[&str]| TestServer::start(arguments).interrupt_and_read_stderr().1;

    let of_two = said(&["--world", &some, "--world", &none]);
    assert!(of_two.contains("API key      shop    (header"), "{of_two}");
    let of_none = said(&["--world", &none]);
    assert!(of_none.contains("API key      none is valid: a world names its keys"), "{of_none}");
    let json = said(&["--log", "json", "--world", &none]);
    assert!(json.contains(r#""apiKeys":[]"#), "{json}");
    let fresh = TestServer::start(&["--fresh-worlds", "--world", &none]);
    let with_new = fresh.call_as("new-key", &["integrationGetAllCampaigns"]);
    assert!(with_new.status.success(), "{with_new:?}");
    let fresh = fresh.interrupt_and_read_stderr().1;
    assert!(fresh.contains("API key      any new one: a world is created for it"), "{fresh}");
    for text in [of_two, of_none, json, fresh] {
        assert!(!text.contains("old"), "{text}");
    }
}

/// More lines than a pipe and the queue hold; nobody reads them.
#[test]
fn a_reader_that_does_not_read_stderr_does_not_stop_the_server() {
    let served = TestServer::start(&[]);
    let path = format!("/{}", "x".repeat(4_000));
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for _ in 0..15 {
        let many = request.repeat(99);
        let last = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        let replies = served.http(&format!("{many}{last}"));
        assert_eq!(replies.matches("HTTP/1.1 404").count(), 100);
    }

    let said = served.interrupt_and_read_stderr().1;
    assert!(said.contains("lines left out: stderr is read too slowly"), "{}", said.len());
}
