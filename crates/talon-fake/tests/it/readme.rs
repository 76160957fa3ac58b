//! The examples of the README about the control API.

use talon_fake::ControlAccess;

use crate::http::{request, send};
use crate::shop::talon;

/// Method, path and body of a line such as `curl -X POST $FAKE/_fake/clock -d '…'`.
fn parsed(line: &str) -> (&str, &str, &str) {
    let method =
        line.split_once("-X ").map_or("GET", |(_, rest)| rest.split(' ').next().unwrap_or(rest));
    let (_, rest) = line.split_once("$FAKE").expect("the address");
    let path = rest.split(' ').next().unwrap_or(rest).trim_end_matches('"');
    let body = line.split_once("-d '").map_or("", |(_, rest)| rest.trim_end_matches('\''));
    (method, path, body)
}

#[tokio::test]
async fn every_curl_example_of_the_readme_works() {
    let service = talon().service().control(ControlAccess::open());
    let readme = include_str!("../../README.md").replace(" \\\n  ", " ");
    let lines: Vec<_> = readme
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

/// The block of commands as it stands in the README.
fn script() -> &'static str {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```sh\ncurl $FAKE").expect("a block of commands");
    let (script, _) = rest.split_once("```").expect("its end");
    script
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_examples_of_the_readme_run_in_a_shell() {
    use std::process::Command;
    if Command::new("curl").arg("--version").output().is_err() {
        return eprintln!("SKIPPED: there is no curl");
    }
    let served = talon().serve().await.expect("a free port");
    let script =
        format!("curl() {{ command curl -fsS \"$@\" || exit 1; }}\ncurl $FAKE{}", script());

    let run = move || {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).env("FAKE", served.url()).current_dir(folder);
        shell.output().expect("a shell")
    };
    let output = tokio::task::spawn_blocking(run).await.expect("no panic");

    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    for part in [r#""status":"ok""#, "2026-12-24T18:00:00Z", r#""fault":"loseReply""#] {
        assert!(said.contains(part), "{part}: {said}");
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
