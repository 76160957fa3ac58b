//! Faults and calls over HTTP.

use std::time::Duration;

use http::Request;
use talon_core::prelude::*;
use talon_fake::Fault;
use talon_server::{Answer, Service as _};

use crate::http::{call, request, send};
use crate::shop::{pay, profile, redeemed, talon, update};

#[tokio::test]
async fn connections_are_closed_before_or_after_the_change() {
    for (fault, applied) in [(Fault::drop_connection(), 0), (Fault::lose_reply(), 1)] {
        let talon = talon();
        talon.faults().next::<UpdateCustomerSessionV2>(fault);

        let answer = talon.service().handle(call(&pay("cart-1"), &[])).await;

        assert!(matches!(answer, Answer::HangUp), "{answer:?}");
        assert_eq!(redeemed(&talon), applied);
    }
}

#[tokio::test]
async fn bodies_are_truncated_or_garbled() {
    let talon = talon();
    talon.faults().on_any(Fault::truncated_body());
    talon.faults().on_any(Fault::garbled_body());
    let service = talon.service();

    let cut = service.handle(call(&profile("anna"), &[])).await;
    let garbled = send(&service, call(&profile("anna"), &[])).await;

    assert!(matches!(cut, Answer::CutOff(_)), "{cut:?}");
    assert!(serde_json::from_slice::<serde_json::Value>(garbled.body()).is_err());
}

#[tokio::test]
async fn too_many_requests_has_retry_after() {
    let talon = talon();
    talon.faults().on_any(Fault::too_many_requests(Duration::from_millis(1500)));

    let reply = send(&talon.service(), call(&profile("anna"), &[])).await;

    assert_eq!(
        (reply.status().as_u16(), reply.headers()["retry-after"].as_bytes()),
        (429, &b"2"[..])
    );
}

#[tokio::test(start_paused = true)]
async fn a_delayed_reply_keeps_its_permit_until_it_is_sent() {
    let talon = talon();
    talon.faults().on_any(Fault::delay(Duration::from_secs(60)));
    let started = tokio::time::Instant::now();

    let reply = send(&talon.service(), call(&profile("anna"), &[])).await;

    assert_eq!(reply.status(), 200);
    assert_eq!(started.elapsed().as_secs(), 60);
}

#[tokio::test]
async fn served_calls_are_recorded_typed() {
    let talon = talon();

    send(&talon.service(), call(&update("cart-1").dry(true), &[])).await;

    talon.assert_called_with(&update("cart-1").dry(true));
    assert!(talon.calls::<UpdateCustomerSessionV2>()[0].dry);
}

#[tokio::test]
async fn requests_that_match_no_operation_are_recorded() {
    let talon = talon();
    let service = talon.service();
    send(&service, request("GET", "/v1/custmer_profiles/anna?x=1", &[], "")).await;
    send(&service, request("PATCH", "/v2/customer_sessions/cart-1", &[], "")).await;

    let lines: Vec<_> = talon.unmatched_calls().iter().map(ToString::to_string).collect();

    assert_eq!(
        lines,
        [
            "1. (no operation) GET /v1/custmer_profiles/anna?x=1: 404; did you mean PUT \
             /v1/customer_profiles/{integrationId}?",
            "2. (no operation) PATCH /v2/customer_sessions/cart-1: 405; did you mean PUT \
             /v2/customer_sessions/{customerSessionId}?",
        ]
    );
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        talon.assert_all_matched();
    }));
    assert!(failed.is_err());
}

#[tokio::test]
async fn a_preflight_is_not_recorded() {
    let talon = talon();

    let reply =
        send(&talon.service(), request("OPTIONS", "/v2/customer_sessions/cart-1", &[], "")).await;

    assert_eq!(reply.status(), 204);
    assert!(talon.all_calls().is_empty());
}

#[tokio::test]
async fn invalid_requests_are_recorded_without_injecting_faults() {
    let talon = talon();
    talon.faults().on_any(Fault::lose_reply());
    let service = talon.service();
    let path = "/v2/customer_sessions/cart-1";
    let stranger = [("authorization", "ApiKey-v1 nobody")];

    let broken = send(&service, request("PUT", path, &[], "{")).await;
    let unknown = send(&service, request("PUT", path, &stranger, "{}")).await;

    assert_eq!((broken.status().as_u16(), unknown.status().as_u16()), (400, 401));
    let calls = talon.all_calls();
    assert_eq!(calls[0].operation, Some("updateCustomerSessionV2"));
    assert_eq!([calls[0].status, calls[1].status], [Some(400), Some(401)]);
    assert_eq!(talon.faults().unused().len(), 1);
}

#[tokio::test]
async fn a_signed_request_reaches_the_world_of_its_application() {
    use talon_core::auth::{ApplicationKey, ContentSignature};
    let talon = talon();
    let written = UpdateCustomerProfile::new("anna", NewCustomerProfile::default());
    let (head, body) = written.to_http().unwrap().into_parts();
    let key = ApplicationKey::new(&talon.application().application_key).unwrap();
    let signature = ContentSignature::sign(1.into(), &key, &body).to_header();
    let mut request = Request::from_parts(head, body);
    request.headers_mut().insert("content-signature", signature);

    let reply = send(&talon.service(), request).await;

    assert_eq!(reply.status(), 200);
    talon.assert_called_with(&written);
}
