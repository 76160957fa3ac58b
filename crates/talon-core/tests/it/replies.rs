//! Decoding and encoding of replies.

use bytes::Bytes;
use http::{Response, StatusCode};
use talon_core::prelude::*;

fn reply(status: u16, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = StatusCode::from_u16(status).expect("a status");
    reply
}

/// What is said about a session's reply that cannot be read.
fn complaint(status: u16, body: &'static str) -> String {
    let error = UpdateCustomerSessionV2::reply_from_http(reply(status, body));
    let error = error.expect_err("no reply");
    assert!(error.is_decode());
    assert_eq!(error.body().expect("kept"), body);
    error.to_string()
}

#[test]
fn an_invalid_reply_is_reported_with_its_path() {
    for (body, place) in [
        ("5", "it is not the JSON it should be"),
        ("<html>", "it cannot be read as JSON from line 1, column 1 on"),
        ("{\"effects\":[]", "it ends too early, at line 1, column 13"),
        ("{\"effects\":[{\"campaignId\":1", "it ends too early, at line 1, column 27"),
        ("{\"effects\":5}", "effects does not fit"),
        ("", "it is empty"),
    ] {
        let complaint = complaint(200, body);

        assert!(complaint.ends_with(place), "{body}: {complaint}");
    }
}

#[test]
fn an_invalid_large_reply_is_reported_with_line_and_column() {
    let says = |long: usize| {
        let body = format!(r#"{{"x":"{}","effects":5}}"#, "x".repeat(long));
        let length = body.len();
        let error = UpdateCustomerSessionV2::reply_from_http(reply(200, body)).unwrap_err();
        (length, error.to_string())
    };
    let (length, complaint) = says((2 << 20) - 20);
    assert_eq!(length, 2 << 20);
    assert!(complaint.ends_with("effects does not fit"), "{complaint}");

    let (length, complaint) = says((2 << 20) - 19);
    let place = format!("the value at line 1, column {} does not fit", length - 1);
    assert!(complaint.ends_with(&place), "{complaint}");
}

#[test]
fn an_undeclared_success_status_is_an_error() {
    assert!(complaint(202, "{}").ends_with("unexpected status 202"));
}

#[test]
fn only_a_change_may_have_been_applied() {
    let changed = UpdateCustomerSessionV2::reply_from_http(reply(200, "<html>")).unwrap_err();
    let asked = GetCustomerInventory::reply_from_http(reply(200, "<html>")).unwrap_err();

    assert!(changed.may_have_been_applied() && !asked.may_have_been_applied());
}

#[test]
fn every_error_status_is_a_refusal() {
    for status in [400, 499, 500, 599] {
        let error = TrackEvent::reply_from_http(reply(status, "no")).unwrap_err();

        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
    }
}

#[test]
fn a_reply_without_a_body_is_empty() {
    let reply = DeleteCustomerData::reply_to_http(&()).unwrap();

    assert_eq!((reply.status(), reply.body().len()), (StatusCode::NO_CONTENT, 0));
    assert!(reply.headers().is_empty());
    DeleteCustomerData::reply_from_http(reply).unwrap();

    let reply = JoinLoyaltyProgram::reply_to_http(&()).unwrap();

    assert_eq!((reply.status(), reply.body().len()), (StatusCode::OK, 0));
    assert!(reply.headers().is_empty());
    JoinLoyaltyProgram::reply_from_http(reply).unwrap();
}

#[test]
fn a_reply_with_a_body_is_json() {
    let read = GetCustomerInventory::reply_from_http(reply(200, "{}")).unwrap();

    let written = GetCustomerInventory::reply_to_http(&read).unwrap();

    assert_eq!(written.status(), StatusCode::OK);
    assert_eq!(written.headers()["content-type"], "application/json");
    assert_eq!(GetCustomerInventory::reply_from_http(written).unwrap(), read);
}

#[test]
fn too_many_requests_is_distinguished_from_other_refusals() {
    let refused = |status| TrackEvent::reply_from_http(reply(status, "no")).unwrap_err();

    assert!(refused(429).is_rate_limited() && !refused(409).is_rate_limited());
}

#[test]
fn an_unknown_effect_keeps_its_type_and_props() {
    let text = r#"{"campaignId":1,"rulesetId":2,"ruleIndex":0,"ruleName":"Paint",
        "effectType":"paint","props":{"colour": "red"}}"#;

    let effect: Effect = serde_json::from_str(text).unwrap();

    let EffectKind::Unrecognized(effect) = effect.kind else { panic!("{effect:?}") };
    assert_eq!(effect.effect_type(), "paint");
    assert_eq!(effect.props().get(), r#"{"colour": "red"}"#);
    assert_eq!(effect.mismatch(), None);
}
