//! The page at `/_fake/`.

use http::StatusCode;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, X_FRAME_OPTIONS};
use talon_fake::ControlAccess;

use super::open;
use crate::http::{request, send};
use crate::shop::talon;

#[tokio::test]
async fn the_page_needs_no_token_and_shows_no_data() {
    let service = talon().service().control(ControlAccess::with_token("s3cret"));

    let reply = send(&service, request("GET", "/_fake/", &[], "")).await;

    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    let again = send(&open(&talon()), request("GET", "/_fake/", &[], "")).await;
    assert_eq!(reply.body(), again.body());
    let state = send(&service, request("GET", "/_fake/state", &[], "")).await;
    assert_eq!(state.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_policy_of_the_page_names_its_parts_and_this_server_alone() {
    let reply = send(&open(&talon()), request("GET", "/_fake/", &[], "")).await;

    let policy = reply.headers()[CONTENT_SECURITY_POLICY].to_str().expect("ASCII");
    for part in [
        "default-src 'none'",
        "script-src 'sha256-",
        "style-src 'sha256-",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(reply.headers()[X_FRAME_OPTIONS], "DENY");
}

#[tokio::test]
async fn the_address_without_a_slash_leads_to_the_page() {
    let reply = send(&open(&talon()), request("GET", "/_fake", &[], "")).await;

    assert_eq!(reply.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(reply.headers()[LOCATION], "/_fake/");
}

#[tokio::test]
async fn without_the_control_api_there_is_no_page() {
    let service = talon().service().control(ControlAccess::off());

    let reply = send(&service, request("GET", "/_fake/", &[], "")).await;

    assert_eq!(reply.status(), StatusCode::FORBIDDEN);
}
