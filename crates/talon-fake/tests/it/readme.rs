//! What the README says about the control API.

use talon_fake::Control;

use crate::http::{request, send};
use crate::shop::talon;

/// Method, path and body of a line such as `curl -X POST $FAKE/_fake/clock -d '…'`.
fn parsed(line: &str) -> (&str, &str, &str) {
    let method =
        line.split_once("-X ").map_or("GET", |(_, rest)| rest.split(' ').next().unwrap_or(rest));
    let (_, rest) = line.split_once("$FAKE").expect("the address");
    let path = rest.split(' ').next().unwrap_or(rest);
    let body = line.split_once("-d '").map_or("", |(_, rest)| rest.trim_end_matches('\''));
    (method, path, body)
}

#[tokio::test]
async fn every_line_of_curl_works() {
    let service = talon().service().control(Control::open());
    let lines: Vec<_> = include_str!("../../README.md")
        .lines()
        .filter(|line| line.starts_with("curl ") && line.contains("/_fake/"))
        .collect();
    let mut snapshot = String::new();
    assert!(lines.len() > 15, "{lines:?}");

    for line in lines {
        let (method, path, body) = parsed(line);
        let body = if line.contains("@snapshot.json") { snapshot.as_str() } else { body };

        let reply = send(&service, request(method, path, &[], body)).await;

        assert!(reply.status().is_success(), "{line}: {reply:?}");
        if line.contains("-o snapshot.json") {
            snapshot = String::from_utf8(reply.body().to_vec()).expect("JSON is UTF-8");
        }
    }
}

#[test]
fn the_guide_shows_the_code_that_its_examples_include() {
    let guide = include_str!("../../src/guide.rs").replace("//! ", "");
    let included = include_str!("../../src/guide/shop.rs").split_once("struct Shop").expect("it").1;

    for line in included.lines() {
        assert!(guide.contains(line), "{line}");
    }
}
