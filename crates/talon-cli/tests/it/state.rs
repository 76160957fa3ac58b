//! `talon serve --state`

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::{TestServer, run, stderr, stdout};
use crate::serve::world_file;

/// A path without a file, in an empty folder.
pub(crate) fn fresh_path(name: &str) -> String {
    let folder = format!("{}/state-{name}", env!("CARGO_TARGET_TMPDIR"));
    // There may be none of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("it can be made");
    format!("{folder}/state.json")
}

/// Waits until something is so.
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed().as_secs() < 60, "not within a minute: {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// The request that puts a profile.
fn put_profile(id: &str) -> String {
    format!(
        "PUT /v2/customer_profiles/{id} HTTP/1.1\r\nHost: localhost\r\n\
         Authorization: ApiKey-v1 demo-key\r\nContent-Length: 2\r\n\r\n{{}}"
    )
}

/// The profiles of the state as a server that goes on with it has them.
fn profiles(file: &str) -> BTreeSet<String> {
    let served = TestServer::start(&["--state", file]);
    let head = "GET /_fake/snapshot HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let reply = served.http(head);
    let (_, json) = reply.split_once("\r\n\r\n").expect("a body");
    let snapshot: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let profiles = snapshot["state"]["tables"]["profiles"].as_object().expect("profiles");
    profiles.keys().cloned().collect()
}

#[test]
fn changes_are_restored_in_the_next_run() {
    let file = fresh_path("kept");
    let first = TestServer::start(&["--state", &file]);
    let profile = ["updateCustomerProfileV2", "--customerProfileId", "anna", "--body", "-"];
    let stored = first.call(&profile, r#"{"attributes":{"Name":"Berlin"}}"#);
    assert!(stored.status.success(), "{stored:?}");
    assert!(first.interrupt().success());

    let second = TestServer::start(&["--state", &file]);
    let inventory = ["getCustomerInventory", "--integrationId", "anna", "--profile", "true"];
    let reply = second.call(&inventory, "");

    assert!(stdout(&reply).contains("Berlin"), "{reply:?}");
}

#[test]
fn an_invalid_state_file_is_reported_and_not_changed() {
    let file = fresh_path("broken");
    for content in ["{\"worlds\": 7}", ""] {
        fs::write(&file, content).expect("it can be written");

        let output = run(&["serve", "--port", "0", "--state", &file]);

        assert_eq!(output.status.code(), Some(2));
        let expected = format!("cannot read the state {file}");
        assert!(stderr(&output).contains(&expected), "{}", stderr(&output));
        assert_eq!(fs::read_to_string(&file).expect("it is there"), content);
    }
}

#[test]
fn a_state_that_cannot_be_saved_is_an_error_at_start() {
    let file = format!("{}/no-such-folder/state.json", fresh_path("unwritable"));

    let output = run(&["serve", "--port", "0", "--state", &file]);

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(&file), "{}", stderr(&output));
    assert!(stderr(&output).contains("there is no folder"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[test]
fn a_second_server_on_the_same_state_is_refused() {
    let file = fresh_path("second");
    let first = TestServer::start(&["--state", &file]);

    let output = run(&["serve", "--port", "0", "--state", &file]);

    assert_eq!(output.status.code(), Some(2));
    for part in [&*file, "in use by another server", "stop that server"] {
        assert!(stderr(&output).contains(part), "{part}: {}", stderr(&output));
    }
    assert!(first.interrupt().success());
    assert!(TestServer::start(&["--state", &file]).interrupt().success());
}

#[test]
fn a_world_file_that_differs_from_the_state_is_a_warning() {
    let file = fresh_path("edited");
    let world =
        |key: &str| world_file("edited", &format!(r#"{{"application":{{"apiKeys":["{key}"]}}}}"#));
    let hear = |world: &str| {
        let served = TestServer::start(&["--quiet", "--state", &file, "--world", world]);
        served.interrupt_and_read_stderr().1
    };

    // Begun with it, and gone on with it: nothing to tell.
    for _ in 0..2 {
        assert_eq!(hear(&world("first-key")), "talon: stopped\n");
    }
    let said = hear(&world("second-key"));

    for part in [&*file, "edited.json is not used", "/_fake/seed"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("-key"), "keys are secrets: {said}");
}

#[test]
fn a_mount_of_a_single_file_is_refused_with_advice() {
    let file = fresh_path("mount");
    let other = format!("{file}.other");
    assert!(TestServer::start(&["--state", &other]).interrupt().success());
    fs::copy(&other, &file).expect("it can be copied");
    let script = "mount --bind \"$1\" \"$2\" || exit 77; exec \"$0\" serve --port 0 --state \"$2\"";
    let output = Command::new("unshare")
        .args(["--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_talon"), &other, &file])
        .output();
    let Ok(output) = output.map(|output| (output.status.code(), stderr(&output))) else {
        return eprintln!("skipped: there is no unshare here");
    };
    let (Some(2), said) = &output else {
        // Without the right to mount, unshare fails with 1, or mount with 77.
        assert!(matches!(output.0, Some(1 | 77)), "{output:?}");
        return eprintln!("skipped: mounting is not allowed here");
    };

    for part in [&*file, "mount its folder instead"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(fs::read(&other).expect("it is there"), fs::read(&file).expect("it is there"));
}

#[test]
fn a_file_size_limit_does_not_stop_the_server() {
    let file = fresh_path("limited");
    let mut command = Command::new("sh");
    let script = "ulimit -f 30; exec \"$0\" serve --port 0 --state \"$1\" --durable";
    command.args(["-c", script, env!("CARGO_BIN_EXE_talon"), &file]);
    let served = TestServer::start_as(command);
    let before = fs::read(&file).expect("it was saved");

    let body = format!(r#"{{"attributes":{{"Name":"{}"}}}}"#, "x".repeat(40_000));
    let profile = ["updateCustomerProfileV2", "--customerProfileId", "anna", "--body", "-"];
    let refused = served.call(&profile, &body);

    assert!(stderr(&refused).contains("could not be saved"), "{refused:?}");
    assert_eq!(fs::read(&file).expect("it is there"), before);
    let (status, said) = served.interrupt_and_read_stderr();
    assert_eq!(status.code(), Some(2));
    assert!(said.contains(&format!("cannot save the state {file}")), "{said}");
}

#[test]
fn a_save_does_not_stop_the_server() {
    let file = fresh_path("large");
    let ids = (0..20_000).map(|n| format!(r#"{{"id":"user-{n}"}}"#)).collect::<Vec<_>>();
    let world = world_file(
        "large",
        &format!(r#"{{"application":{{"apiKeys":["demo-key"]}},"profiles":[{}]}}"#, ids.join(",")),
    );
    let served = TestServer::start(&["--state", &file, "--world", &world]);
    let head = "GET /_fake/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let is_saving = || Path::new(&format!("{file}.new")).exists();

    // Of a few saves, since one may end between the answer and the look.
    let was_answered = (0..5).any(|round| {
        wait_until("no save", || !is_saving());
        let close = "\r\nConnection: close\r\nContent-Length";
        let put = put_profile(&format!("new-{round}")).replace("\r\nContent-Length", close);
        assert!(served.http(&put).starts_with("HTTP/1.1 200"));
        wait_until("a save", is_saving);
        assert!(served.http(head).starts_with("HTTP/1.1 200"));
        is_saving()
    });

    assert!(was_answered, "a new connection is answered while a save goes on");
}

/// Puts profiles until the server is gone, and notes those that it acknowledged.
fn put_until_killed(url: &str, name: &str, acknowledged: &Mutex<BTreeSet<String>>) {
    let address = url.strip_prefix("http://").expect("an address");
    let Ok(mut stream) = TcpStream::connect(address) else { return };
    let mut reader = BufReader::new(stream.try_clone().expect("it can be cloned"));
    for number in 0.. {
        let id = format!("{name}-{number}");
        if stream.write_all(put_profile(&id).as_bytes()).is_err() || !is_ok(&mut reader) {
            return;
        }
        acknowledged.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
    }
}

/// Reads a reply; whether it came as a whole and is a 200.
fn is_ok(reader: &mut BufReader<TcpStream>) -> bool {
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        if !matches!(reader.read_line(&mut head), Ok(1..)) {
            return false;
        }
        if let Some(value) = head[start..].to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).is_ok() && head.starts_with("HTTP/1.1 200")
}

/// How often a server is killed: 5 times, or as `TALON_KILLS` says. A hundred take minutes.
fn kills() -> usize {
    let given = std::env::var("TALON_KILLS").ok();
    given.map_or(5, |kills| kills.parse().expect("TALON_KILLS is a number"))
}

/// Kills a server under load repeatedly. After each kill, `check` gets the ids of the profiles that
/// were acknowledged so far, and of those that are stored.
fn kill_repeatedly(
    file: &str,
    arguments: &[&str],
    check: impl Fn(&BTreeSet<String>, &BTreeSet<String>),
) {
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let count = || acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len();
    for round in 0..kills() {
        let served = TestServer::start(&[&["--state", file], arguments].concat());
        let threads: Vec<_> = (0..4)
            .map(|client| {
                let (url, acknowledged) = (served.url.clone(), Arc::clone(&acknowledged));
                let name = format!("round-{round}-client-{client}");
                thread::spawn(move || put_until_killed(&url, &name, &acknowledged))
            })
            .collect();
        let wanted = count() + 1 + round * 7 % 40;
        wait_until("enough is acknowledged", || count() >= wanted);
        // Dropping it kills it at once.
        drop(served);
        for thread in threads {
            thread.join().expect("no panic");
        }
        check(&acknowledged.lock().unwrap_or_else(PoisonError::into_inner), &profiles(file));
    }
}

#[test]
fn a_kill_loses_no_acknowledged_change_with_durable() {
    let check = |acknowledged: &BTreeSet<String>, stored: &BTreeSet<String>| {
        let lost: Vec<_> = acknowledged.difference(stored).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    };
    kill_repeatedly(&fresh_path("durable"), &["--durable"], check);
}

#[test]
fn a_kill_leaves_a_complete_state_without_durable() {
    // The server starts again and replies; the latest changes may be lost.
    kill_repeatedly(&fresh_path("killed"), &[], |_, _| {});
}

#[test]
fn durable_requires_a_state() {
    let output = run(&["serve", "--port", "0", "--durable"]);

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--state"), "{}", stderr(&output));
}
