//! `talon call` and `talon operations`

use crate::process::{TestServer, run, stderr, stdout, talon};

#[test]
fn every_operation_is_listed_and_has_help() {
    let listed: Vec<serde_json::Value> =
        serde_json::from_str(&stdout(&run(&["operations"]))).expect("JSON");

    assert_eq!(listed.len(), talon_core::OPERATIONS.len());
    for operation in &listed {
        let id = operation["id"].as_str().expect("an id");
        let help = stdout(&run(&["call", id, "--help"]));
        assert!(help.contains(operation["path"].as_str().expect("a path")), "{id}: {help}");
    }
}

#[test]
fn operations_are_in_the_order_of_their_ids() {
    let table = stdout(&run(&["operations", "--table"]));
    let rows: Vec<Vec<_>> = table.lines().map(|row| row.split_whitespace().collect()).collect();
    assert_eq!(rows.len(), talon_core::OPERATIONS.len());
    assert!(rows.iter().all(|row| row.len() == 3), "{table}");
    let ids: Vec<_> = rows.iter().map(|row| row[0]).collect();
    assert!(ids.is_sorted(), "{ids:?}");

    let help = stdout(&run(&["call", "--help"]));
    let words: Vec<_> = help.lines().map(|line| line.split_whitespace().next()).collect();
    let places = ids.iter().map(|id| words.iter().position(|word| word == &Some(*id)));
    let places: Vec<_> = places.collect();
    assert!(places.is_sorted() && places[0].is_some(), "{help}");
}

#[test]
fn replies_are_json_over_both_transports() {
    let served = TestServer::start(&[]);
    let body = r#"{"attributes": {"Name": "Anna"}}"#;

    for transport in ["reqwest", "hyper"] {
        let id = ["updateCustomerProfileV2", "--customerProfileId", "anna b/c"];
        let output =
            served.call(&[&id[..], &["--transport", transport, "--body", "-"]].concat(), body);

        let reply: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assert_eq!(reply["customerProfile"]["integrationId"], "anna b/c");
    }
}

#[test]
fn a_refusal_is_a_message_and_status_1() {
    let served = TestServer::start(&[]);

    let output = served.call(&["getReservedCustomers", "--couponValue", "NOPE"], "");

    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("404"), "{}", stderr(&output));
}

#[test]
fn invalid_usage_is_status_2_and_sends_no_request() {
    let served = TestServer::start(&[]);

    for arguments in [
        &["getCustomerInventory", "--integrationId", "anna", "--profile", "maybe"][..],
        &["getCustomerInventory", "--integrationId", ".."],
        &["trackEvent", "--body", "no-such-file.json"],
        &["noSuchOperation"],
    ] {
        let output = served.call(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    }
}

#[test]
fn base_url_and_key_are_required() {
    let output = talon(&["call", "getReservedCustomers", "--couponValue", "A"]).output();

    let message = stderr(&output.expect("the command starts"));
    assert!(message.contains("TALON_BASE_URL"), "{message}");
}

#[test]
fn a_flag_needs_no_value_and_a_list_is_repeated() {
    let server = TestServer::start(&[]);
    let body = r#"{"customerSession": {"couponCodes": ["SUMMER10"]}}"#;
    let cart = ["updateCustomerSessionV2", "--customerSessionId", "dry", "--dry", "--body", "-"];

    let output = server.call(&cart, body);

    assert!(output.status.success(), "{output:?}");
    let stored = server.call(&["getCustomerSession", "--customerSessionId", "dry"], "");
    assert!(stderr(&stored).contains("404"), "{stored:?}");

    let list =
        ["getLoyaltyProgramProfilePoints", "--loyaltyProgramId", "1", "--integrationId", "anna"];
    let ledgers = ["--subledgerId", "a", "--subledgerId", "b", "--verbose"];
    let output = server.call(&[&list[..], &ledgers].concat(), "");
    assert!(stderr(&output).contains("?subledgerId=a&subledgerId=b\n"), "{output:?}");
}

#[test]
fn help_names_the_format_of_each_parameter() {
    let help = stdout(&run(&["call", "getLoyaltyProgramProfilePoints", "--help"]));

    for text in [
        "--loyaltyProgramId <INTEGER>",
        "--integrationId <TEXT>",
        "--status <TEXT>",
        "Only points with this status: active, pending",
        "--subledgerId <TEXT>",
        "may be repeated",
    ] {
        assert!(help.contains(text), "{text}: {help}");
    }
}

#[test]
fn an_invalid_body_is_told_with_file_path_and_position() {
    let server = TestServer::start(&[]);
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cart-with-text.json");
    let body =
        "{\"customerSession\":\n {\"cartItems\": [{\"sku\": \"MUG\", \"quantity\": \"two\"}]}}";
    std::fs::write(&path, body).expect("it can be written");
    let path = path.to_str().expect("UTF-8");

    let cart = ["updateCustomerSessionV2", "--customerSessionId", "c", "--body", path];
    let output = server.call(&cart, "");

    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let place =
        "customerSession.cartItems[0].quantity: must be a whole number, not \"two\" at line 2";
    assert!(stderr(&output).starts_with(&format!("talon: {path}: {place}")), "{output:?}");
}
