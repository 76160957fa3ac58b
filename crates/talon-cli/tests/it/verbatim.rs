//! `talon call` changes neither the body that it sends nor the reply that it prints.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Output, Stdio};
use std::thread::JoinHandle;

use crate::process::{stderr, stdout, talon};

/// Digits beyond a double, forms of numbers, an order that no sorted map keeps, members that no
/// model has, and names that serde_json has a use for.
const ODD: &str = r#"{"z":3.333333333333333333333333333,"a":1.50,"big":123456789012345678901234567890,
 "e":1E+2,"zero":-0,"text":"\u00e9\ud83d\ude00 é \/","$serde_json::private::Number":"1"}"#;

/// A server that answers one request and gives back its body.
fn serve_once(reply: String) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let served = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a request");
        let body = read_body(&stream);
        let length = reply.len();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
        write!(&stream, "{head}\r\nContent-Length: {length}\r\n\r\n{reply}").expect("it reads");
        body
    });
    (url, served)
}

fn read_body(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        let line = line.trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a number");
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    String::from_utf8(body).expect("UTF-8")
}

fn call(url: &str, transport: &str, body: &str) -> Output {
    let operation = ["call", "updateCustomerSessionV2", "--customerSessionId", "a"];
    let mut process = talon(&[&operation[..], &["--transport", transport, "--body", "-"]].concat())
        .env("TALON_BASE_URL", url)
        .env("TALON_API_KEY", "demo-key")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // It may have ended already, without reading.
    let _ = process.stdin.take().expect("it is piped").write_all(body.as_bytes());
    process.wait_with_output().expect("the command ends")
}

/// Without the white space between the values.
fn squeezed(json: &str) -> String {
    let lines = json.lines().map(str::trim_start);
    lines.collect::<String>().replace("\": ", "\":").replace(", \"", ",\"")
}

#[test]
fn bodies_and_replies_keep_digits_members_and_order() {
    let body =
        format!(r#"{{ "customerSession":{{"attributes":{ODD} , "total":1.10}},"new":{ODD}}}"#);
    for transport in ["reqwest", "hyper"] {
        let (url, served) = serve_once(format!(r#"{{"effects":[{ODD}],"new":{ODD}}}"#));

        let output = call(&url, transport, &body);

        assert!(output.status.success(), "{transport}: {}", stderr(&output));
        assert_eq!(served.join().expect("it was served"), body, "{transport}");
        let printed = stdout(&output);
        assert!(printed.contains("\n      \"z\": 3.333333333333333333333333333,\n"), "{printed}");
        let odd = squeezed(ODD);
        assert_eq!(squeezed(&printed), format!(r#"{{"effects":[{odd}],"new":{odd}}}"#));
    }
}

#[test]
fn an_unknown_member_is_sent_with_a_warning() {
    let (url, served) = serve_once("{}".to_owned());
    let body = "{\"customerSession\":{\n  \"atributes\":{\"A\":1},\n  \"cartItems\":\
                [{\"sku\":\"A\",\"quantity\":1,\"price\":1,\"colour\":\"red\"}]}}";

    let output = call(&url, "reqwest", body);

    let told = stderr(&output);
    let typo = "unknown member customerSession.atributes at line 2 column 3, sent unchanged; did \
                you mean `attributes`?";
    assert!(told.contains(typo), "{told}");
    assert!(told.contains("customerSession.cartItems[0].colour at line 3 column 50"), "{told}");
    assert_eq!(told.lines().count(), 2, "{told}");
    assert_eq!(served.join().expect("it was served"), body);
}

#[test]
fn a_byte_order_mark_is_removed_from_the_body() {
    let (url, served) = serve_once("{}".to_owned());

    let output = call(&url, "hyper", "\u{feff}{\"customerSession\":{}}");

    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(served.join().expect("it was served"), "{\"customerSession\":{}}");
}

#[test]
fn an_invalid_body_is_reported_with_its_position() {
    for (body, said) in [
        (
            "{\"customerSession\":\n  {\"cartItems\":[{\"sku\":1}]}}",
            "customerSession.cartItems[0].sku: must be a string, not 1 at line 2 column 24",
        ),
        ("{\"customerSession\":{}", "standard input: no JSON: it ends in the middle of"),
        ("{}", "the member `customerSession` is missing at line 1 column 1"),
        ("[]", "must be an object, not an array"),
    ] {
        let output = call("http://127.0.0.1:1", "reqwest", body);

        assert_eq!(output.status.code(), Some(2), "{body}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}
