//! `talon serve --world` and `--host`

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Output, Stdio};

use crate::process::{TestServer, run, stderr, stdout, talon};

fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).expect("it can be written");
    path
}

fn refuse(files: &[&PathBuf]) -> Output {
    let files = files.iter().flat_map(|file| ["--world", file.to_str().expect("UTF-8")]);
    let arguments: Vec<_> = ["serve", "--port", "0"].into_iter().chain(files).collect();
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    output
}

#[test]
fn a_world_may_have_a_byte_order_mark_and_name_its_schema() {
    let world =
        "\u{feff}{\"$schema\": \"world.schema.json\", \"application\": {\"apiKeys\": [\"k\"]}}";
    let path = file("bom.json", world.as_bytes());

    let served = TestServer::start(&["--world", path.to_str().expect("UTF-8")]);

    let output = served.call_as("k", &["getCustomerInventory", "--integrationId", "anna"]);
    assert!(stderr(&output).contains("404"), "{}", stderr(&output));
}

#[test]
fn a_world_may_come_from_standard_input() {
    let mut process = talon(&["serve", "--port", "0", "--world", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let world = r#"{"application": {"apiKeys": ["from-stdin"]}}"#;
    process.stdin.take().expect("it is piped").write_all(world.as_bytes()).expect("it reads");
    let mut line = String::new();
    let stdout = process.stdout.take().expect("it is piped");
    BufReader::new(stdout).read_line(&mut line).expect("a line");

    let url = line.trim().strip_prefix("listening on ").expect("the address");
    let call = ["call", "getCustomerInventory", "--integrationId", "anna"];
    let output =
        talon(&call).env("TALON_BASE_URL", url).env("TALON_API_KEY", "from-stdin").output();
    process.kill().expect("it runs");
    process.wait().expect("it ends");

    // There is no such profile; a key that no world has would be a 401.
    let output = output.expect("the command starts");
    assert!(stderr(&output).contains("404"), "{}", stderr(&output));
}

#[test]
fn standard_input_can_be_used_for_one_world_only() {
    let output = run(&["serve", "--port", "0", "--world", "-", "--world", "-"]);

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("standard input is read once"), "{}", stderr(&output));
}

#[test]
fn a_host_name_is_accepted() {
    for host in ["localhost", "127.0.0.1"] {
        let served = TestServer::start(&["--host", host]);

        let reply = served
            .http("GET /_fake/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert!(reply.starts_with("HTTP/1.1 200"), "{host}: {reply}");
    }
}

#[test]
fn an_unknown_host_is_reported() {
    let output = run(&["serve", "--port", "0", "--host", "no such host"]);

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot find the host no such host"), "{}", stderr(&output));
}

#[test]
fn an_invalid_world_is_reported_with_file_line_and_column() {
    let path = file("slip.json", b"{\n  \"campaigns\": [{\"name\": \"A\", \"coupon\": []}]\n}");

    let said = stderr(&refuse(&[&path]));

    let expected = "slip.json: the world cannot be read: campaigns[0].coupon: unknown member, did \
                    you mean `coupons`? at line 2 column 31";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_duplicate_key_is_reported_with_file_line_and_column() {
    let world = b"{\"application\":\n {\"apiKeys\": [\"k\"]}}";
    let (first, second) = (file("first.json", world), file("second.json", world));

    let said = stderr(&refuse(&[&first, &second]));

    assert!(said.contains("second.json: "), "{said}");
    assert!(said.contains("application.apiKeys: another world has one of these keys"), "{said}");
    assert!(said.contains("at line 2 column 14"), "{said}");
}

#[test]
fn an_unsupported_encoding_is_reported() {
    let utf16: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();

    let said = stderr(&refuse(&[&file("utf16.json", &utf16)]));

    assert!(said.contains("it is UTF-16; save it as UTF-8"), "{said}");
}

#[test]
fn the_new_world_is_valid_and_its_contents_are_counted() {
    let path = file("new.json", &run(&["world", "new"]).stdout);
    let path = path.to_str().expect("UTF-8");

    let output = run(&["world", "check", path]);

    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let expected = "a valid world with 1 campaign, 2 rules, 1 coupon, 1 profile, 1 loyalty program, \
                    1 audience";
    assert_eq!(stdout(&output), format!("{path}: {expected}\n"));
}

#[test]
fn an_invalid_world_is_told_with_its_position() {
    let path = file("check.json", b"{\n  \"campaigns\": [{\"name\": \"A\", \"cupons\": []}]\n}");
    let path = path.to_str().expect("UTF-8");

    let output = run(&["world", "check", path]);

    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let message = stderr(&output);
    assert!(message.contains("did you mean `coupons`?"), "{message}");
    assert!(message.contains("campaigns[0].cupons: ") && message.contains(path), "{message}");
}

#[test]
fn the_schema_is_that_of_world_files() {
    let schema: serde_json::Value =
        serde_json::from_str(&stdout(&run(&["world", "schema"]))).expect("JSON");

    assert!(schema["properties"]["campaigns"].is_object());
}
