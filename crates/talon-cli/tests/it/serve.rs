//! `talon serve`

use std::io::Write as _;

use crate::talon::{Served, run, stderr};

#[test]
#[cfg(unix)]
fn an_interrupt_ends_it_cleanly() {
    let served = Served::start(&[]);

    assert!(served.interrupt().success());
}

#[test]
fn a_world_file_is_served() {
    let file = world_file("served", r#"{"campaigns":[{"name":"A","coupons":[{"value":"MINE"}]}]}"#);
    let served = Served::start(&["--world", &file]);

    let reply = served.call(&["getReservedCustomers", "--couponValue", "MINE"], "");

    assert!(reply.status.success(), "{reply:?}");
}

#[test]
fn a_broken_world_file_says_line_column_and_member() {
    let file = world_file("broken", "{\n  \"campaigns\": [{\"name\": \"A\", \"coupon\": []}]\n}");

    let output = run(&["serve", "--world", &file]);

    assert_eq!(output.status.code(), Some(2));
    for part in ["campaigns[0].coupon", "line 2 column"] {
        assert!(stderr(&output).contains(part), "{part}: {}", stderr(&output));
    }
}

#[test]
fn a_missing_world_file_is_named() {
    let output = run(&["serve", "--world", "no-such-file.json"]);

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no-such-file.json"), "{}", stderr(&output));
}

fn world_file(name: &str, json: &str) -> String {
    let path = format!("{}/{name}.json", env!("CARGO_TARGET_TMPDIR"));
    let mut file = std::fs::File::create(&path).expect("the folder exists");
    file.write_all(json.as_bytes()).expect("it can be written");
    path
}
