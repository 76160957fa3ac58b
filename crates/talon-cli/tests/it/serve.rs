//! `talon serve`

use std::io::Write as _;

use crate::process::{TestServer, run, stderr};

#[test]
#[cfg(unix)]
fn an_interrupt_stops_the_server_cleanly() {
    let served = TestServer::start(&[]);

    assert!(served.interrupt().success());
}

#[test]
fn a_world_file_is_served() {
    let file = world_file("served", r#"{"campaigns":[{"name":"A","coupons":[{"value":"MINE"}]}]}"#);
    let served = TestServer::start(&["--world", &file]);

    let reply = served.call(&["getReservedCustomers", "--couponValue", "MINE"], "");

    assert!(reply.status.success(), "{reply:?}");
}

#[test]
fn an_invalid_world_file_is_reported_with_line_column_and_member() {
    let file = world_file("broken", "{\n  \"campaigns\": [{\"name\": \"A\", \"coupon\": []}]\n}");

    let output = run(&["serve", "--world", &file]);

    assert_eq!(output.status.code(), Some(2));
    for part in ["campaigns[0].coupon", "line 2 column"] {
        assert!(stderr(&output).contains(part), "{part}: {}", stderr(&output));
    }
}

#[test]
fn a_missing_world_file_is_reported_by_name() {
    let output = run(&["serve", "--world", "no-such-file.json"]);

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no-such-file.json"), "{}", stderr(&output));
}

#[test]
fn new_keys_get_a_new_world_with_fresh_worlds() {
    let served = TestServer::start(&["--fresh-worlds"]);

    let reply =
        served.call_as("nobody-yet", &["getReservedCustomers", "--couponValue", "SUMMER10"]);

    assert!(reply.status.success(), "{reply:?}");
}

#[test]
fn worlds_that_share_a_key_are_refused() {
    let [a, b] = ["key-a", "key-b"].map(|name| world_file(name, "{}"));

    let output = run(&["serve", "--port", "0", "--world", &a, "--world", &b]);

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("apiKeys"), "{}", stderr(&output));
}

#[test]
fn the_control_api_is_served_on_loopback() {
    let served = TestServer::start(&[]);

    let reply =
        served.http("GET /_fake/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assert!(reply.ends_with(r#"{"status":"ok","worlds":1}"#), "{reply}");
}

#[test]
fn the_control_api_requires_its_token() {
    let served = TestServer::start(&["--control-token", "s3cret"]);
    let head = "GET /_fake/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    let without = served.http(&format!("{head}Authorization: ApiKey-v1 demo-key\r\n\r\n"));
    let with = served.http(&format!("{head}X-Control-Token: s3cret\r\n\r\n"));

    assert!(without.starts_with("HTTP/1.1 401"), "{without}");
    assert!(with.starts_with("HTTP/1.1 200"), "{with}");
}

#[test]
fn an_api_key_does_not_open_the_control_api_beyond_loopback() {
    let served = TestServer::start(&["--host", "0.0.0.0"]);

    let reply = served.http(
        "GET /_fake/snapshot HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Authorization: ApiKey-v1 demo-key\r\n\r\n",
    );

    assert!(reply.starts_with("HTTP/1.1 403"), "{reply}");
}

#[test]
fn unknown_members_are_refused_with_strict() {
    let body = r#"{"customerSession": {"couponCode": ["SUMMER10"]}}"#;
    for (arguments, status) in [(&[][..], "HTTP/1.1 200"), (&["--strict"], "HTTP/1.1 400")] {
        let served = TestServer::start(arguments);

        let reply = served.http(&format!(
            "PUT /v2/customer_sessions/cart-1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Authorization: ApiKey-v1 demo-key\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ));

        assert!(reply.starts_with(status), "{arguments:?}: {reply}");
        assert_eq!(reply.contains("did you mean `couponCodes`?"), !arguments.is_empty(), "{reply}");
    }
}

pub(crate) fn world_file(name: &str, json: &str) -> String {
    let path = format!("{}/{name}.json", env!("CARGO_TARGET_TMPDIR"));
    let mut file = std::fs::File::create(&path).expect("the folder exists");
    file.write_all(json.as_bytes()).expect("it can be written");
    path
}
