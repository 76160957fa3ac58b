//! `talon check`

use std::path::PathBuf;

use crate::process::{run, stderr, stdout};

fn file(name: &str, content: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).expect("it can be written");
    path
}

fn check(name: &str, content: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let path = file(name, content);
    let path = path.to_str().expect("UTF-8");
    let output = run(&[&["check"], arguments, &[path]].concat());
    (output.status.code(), stdout(&output), stderr(&output).replace(path, "FILE"))
}

#[test]
fn a_reply_that_is_understood_is_printed() {
    let json = "{\"totalResultSize\": 0, \"data\": []}";

    let (status, printed, messages) =
        check("reserved.json", json, &["--as", "getReservedCustomers"]);

    assert_eq!((status, &*messages), (Some(0), ""));
    assert_eq!(printed, "{\n  \"totalResultSize\": 0,\n  \"data\": []\n}\n");
}

#[test]
fn a_member_that_would_be_lost_is_named_with_its_position() {
    let json = "{\n  \"sku\": \"MUG\", \"quantity\": 1,\n  \"colour\": \"red\"\n}";

    let (status, printed, messages) = check("item.json", json, &["--as", "CartItem"]);

    assert_eq!(status, Some(1));
    assert!(printed.contains("\"MUG\"") && !printed.contains("colour"), "{printed}");
    assert_eq!(
        messages,
        "talon: FILE: colour: not known to CartItem, would be lost, at line 3 column 13\n\
         talon: 1 value would be lost\n"
    );
}

#[test]
fn an_unknown_effect_is_named_and_kept() {
    let json = r#"{
  "campaignId": 1, "rulesetId": 2, "ruleIndex": 0, "ruleName": "r",
  "effectType": "sendPostcard", "props": {"to": "anna"}
}"#;

    let (status, printed, messages) = check("effect.json", json, &["--as", "Effect"]);

    assert_eq!(status, Some(0), "{messages}");
    assert!(printed.contains("sendPostcard") && printed.contains("\"to\": \"anna\""), "{printed}");
    assert!(
        messages.contains("unknown effect sendPostcard, kept, at line 1 column 1"),
        "{messages}"
    );
}

#[test]
fn the_body_of_a_request_is_checked_as_the_service_reads_it() {
    let json = r#"{"customerSession": {"cartItems": [{"sku": "MUG", "quantity": "two"}]}}"#;
    let arguments = ["--request", "--as", "updateCustomerSessionV2"];

    let (status, _, messages) = check("cart.json", json, &arguments);

    assert_eq!(status, Some(2));
    assert!(
        messages.starts_with("talon: FILE: customerSession.cartItems[0].quantity: "),
        "{messages}"
    );
    assert!(messages.ends_with("at line 1 column 63\n"), "{messages}");
}

#[test]
fn an_unknown_name_is_refused_with_a_suggestion() {
    for (name, near) in [("Coupn", "Coupon"), ("getReservedCustomer", "getReservedCustomers")] {
        let (status, _, messages) = check("any.json", "{}", &["--as", name]);

        assert_eq!(status, Some(2));
        assert!(messages.contains(&format!("did you mean {near}?")), "{messages}");
    }
}
