//! `talon exec` and `talon health`

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, Output, Stdio};

use crate::process::{TestServer, run, stderr, stdout, talon};
use crate::serve::world_file;

/// Runs a script with a served fake.
fn exec(options: &[&str], script: &str) -> Output {
    run(&[&["exec"], options, &["--", "sh", "-c", script]].concat())
}

/// The path of the command under test, for scripts.
const TALON: &str = env!("CARGO_BIN_EXE_talon");

#[test]
fn the_command_finds_the_server_and_its_key_in_the_environment() {
    let call = format!("{TALON} call getReservedCustomers --couponValue SUMMER10");

    let output = exec(&[], &call);

    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("totalResultSize"), "{}", stdout(&output));
}

#[test]
fn a_world_file_is_served_with_its_first_valid_key() {
    let world = r#"{"now": "2026-01-01T00:00:00Z", "application": {"apiKeys": [
        {"key": "tests", "type": "testing"},
        {"key": "old", "expires": "2025-01-01T00:00:00Z"}, "shop"]},
        "campaigns": [{"name": "A", "coupons": [{"value": "MINE"}]}]}"#;
    let file = world_file("exec", world);

    let call = format!("echo $TALON_API_KEY; {TALON} call getReservedCustomers --couponValue MINE");
    let output = exec(&["--world", &file], &call);

    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("shop\n"), "{}", stdout(&output));
}

#[test]
fn a_world_without_a_valid_key_is_reported() {
    let file = world_file("exec-no-key", r#"{"application": {"apiKeys": []}}"#);

    let output = exec(&["--world", &file], "true");

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("application.apiKeys"), "{}", stderr(&output));
}

#[test]
fn the_exit_code_is_that_of_the_command_and_nothing_else_is_printed() {
    let output = exec(&[], "echo printed; exit 42");

    assert_eq!(output.status.code(), Some(42));
    assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), ("printed\n", ""));
}

#[test]
fn a_command_that_a_signal_ends_exits_as_in_a_shell() {
    assert_eq!(exec(&[], "kill -KILL $$").status.code(), Some(128 + 9));
}

#[test]
fn a_command_that_cannot_be_run_exits_as_in_a_shell() {
    let missing = run(&["exec", "--", "no-such-command"]);
    let folder = run(&["exec", "--", "/"]);

    assert_eq!((missing.status.code(), folder.status.code()), (Some(127), Some(126)));
    assert!(stderr(&missing).contains("no-such-command"), "{}", stderr(&missing));
}

#[test]
fn the_control_api_is_at_its_url_and_gone_with_the_command() {
    let output = exec(&[], &format!("echo $TALON_CONTROL_URL; {TALON} health ${{TALON_BASE_URL}}"));

    assert!(output.status.success(), "{}", stderr(&output));
    let printed = stdout(&output);
    let url = printed.lines().next().and_then(|line| line.strip_suffix("/_fake")).expect("a URL");
    let down = run(&["health", url]);
    assert_eq!(down.status.code(), Some(1));
    assert!(stderr(&down).contains("is down"), "{}", stderr(&down));
}

#[test]
fn signals_are_sent_to_the_command_which_may_clean_up() {
    for (signal, name) in [("INT", "interrupted"), ("TERM", "terminated"), ("QUIT", "quit")] {
        let script = "trap 'echo interrupted; exit 3' INT; trap 'echo terminated; exit 3' TERM; \
                      trap 'echo quit; exit 3' QUIT; echo ready; while :; do sleep 0.05; done";
        let mut process = without_terminal(script);
        let mut lines = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut ready = String::new();
        lines.read_line(&mut ready).expect("a line");

        let pid = process.id().to_string();
        let killed = Command::new("kill").args([&format!("-{signal}"), &pid]).status();
        assert!(killed.expect("kill runs").success());

        let mut rest = String::new();
        lines.read_to_string(&mut rest).expect("UTF-8");
        let status = process.wait().expect("it ends");
        assert_eq!((ready.trim(), rest.trim(), status.code()), ("ready", name, Some(3)));
        assert_eq!(status.signal(), None);
    }
}

/// The command outside the group of processes to which a terminal sends Ctrl-C itself.
fn without_terminal(script: &str) -> Child {
    let mut command = talon(&["exec", "--", "sh", "-c", script]);
    command.process_group(0).stdout(Stdio::piped()).spawn().expect("the command starts")
}

#[test]
fn health_is_asked_with_the_token_or_without() {
    let served = TestServer::start(&["--control-token", "s3cret"]);

    let with = talon(&["health", &served.url]).env("TALON_CONTROL_TOKEN", "s3cret").output();
    let without = run(&["health", &served.url]);

    for output in [with.expect("the command starts"), without] {
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(stdout(&output), format!("{} is up\n", served.url));
    }
}

#[test]
fn an_address_that_is_none_is_a_usage_error() {
    let output = run(&["health", "not an address"]);

    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}
