//! Lone UTF-16 surrogates, as JavaScript produces them by slicing strings.

use bytes::Bytes;
use http::{Request, Response};
use talon_core::prelude::*;
use talon_core::{ApiError, json};

const BODY: &str = r#"{"customerSession":{"profileId":"\ud83d","attributes":{"\ude00":"smile \ud83d\n","list":["\ud83d\ud83d\ude00"]}}}"#;

#[test]
fn a_lone_surrogate_in_a_request_is_decoded_as_by_the_service() {
    let request = Request::put("/v2/customer_sessions/s").body(Bytes::from_static(BODY.as_bytes()));

    let request = UpdateCustomerSessionV2::from_http(&request.unwrap()).unwrap();

    let session = request.request.customer_session;
    let attributes = session.attributes.unwrap();
    assert_eq!(session.profile_id, Some("\u{fffd}".into()));
    assert_eq!(attributes.text("\u{fffd}"), Some("smile \u{fffd}\n"));
    assert_eq!(attributes["list"][0], "\u{fffd}😀");
}

#[test]
fn a_reply_keeps_the_types_of_its_effects() {
    let body = r#"{"effects":[
        {"campaignId":1,"rulesetId":1,"ruleIndex":0,"ruleName":"\uD83D!","effectType":"showNotification",
         "props":{"notificationType":"Info","title":"","body":"\ude00"}},
        {"campaignId":1,"rulesetId":1,"ruleIndex":0,"ruleName":"","effectType":"paint","props":"\ud83d"}
    ],"createdCoupons":[],"createdReferrals":[]}"#;

    let reply = UpdateCustomerSessionV2::reply_from_http(Response::new(body.into())).unwrap();

    let [notice, paint] = &reply.effects[..] else { panic!("{reply:?}") };
    assert_eq!(notice.rule_name, "\u{fffd}!");
    let EffectKind::ShowNotification(notice) = &notice.kind else { panic!("{notice:?}") };
    assert_eq!(notice.body, "\u{fffd}");
    let EffectKind::Unrecognized(paint) = &paint.kind else { panic!("{paint:?}") };
    assert_eq!(paint.props().decode::<String>().unwrap(), "\u{fffd}");
}

#[test]
fn the_message_of_a_refusal_with_a_lone_surrogate_is_available() {
    let body = r#"{"message":"no \ud83d","StatusCode":409}"#;

    let refusal = ApiError::from_response(http::StatusCode::CONFLICT, body.into());

    assert_eq!(refusal.to_string(), "409 no \u{fffd}");
}

#[test]
fn other_errors_beside_a_lone_surrogate_have_their_path() {
    let error = json::from_slice::<CartItem>(br#"{"sku":"\ud83d","quantity":"2"}"#).unwrap_err();
    assert_eq!(error.to_string(), "cannot be read: quantity does not fit");
    for text in [r#""\ud83""#, r#""\ud83d"#, r#""\ud83d\x""#, r"\ud83d"] {
        assert!(json::from_slice::<String>(text.as_bytes()).is_err(), "{text}");
    }
    let list =
        Request::put("/v2/customer_sessions/s").body(r#"{"customerSession":["\ud83d"]}"#.into());
    let refusal =
        UpdateCustomerSessionV2::from_http(&list.unwrap()).unwrap_err().into_api().unwrap();
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/customerSession"));
}
