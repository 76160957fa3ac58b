//! Access to the control API.

use http::StatusCode;
use talon_fake::ControlAccess;

use super::open;
use crate::http::{ask, request, send};
use crate::shop::talon;

#[tokio::test]
async fn an_api_key_does_not_open_the_control_api_on_other_addresses() {
    let talon = talon();
    let service = talon.service().control(ControlAccess::at(([0, 0, 0, 0], 8080), None));

    for (method, path) in [("GET", "/_fake/health"), ("POST", "/_fake/reset"), ("GET", "/_fake")] {
        let (status, _) = ask(&service, method, path, "").await;

        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn an_invalid_control_token_is_refused() {
    let talon = talon();
    let service = talon.service().control(ControlAccess::with_token("s3cret"));
    let status = async |headers: &[(&str, &str)]| {
        send(&service, request("POST", "/_fake/reset", headers, "")).await.status().as_u16()
    };

    assert_eq!(status(&[]).await, 401);
    assert_eq!(status(&[("x-control-token", "s3cre")]).await, 401);
    assert_eq!(status(&[("x-control-token", "")]).await, 401);
    assert_eq!(status(&[("x-control-token", "s3cret")]).await, 204);
    assert_eq!(format!("{service:?}").matches("s3cret").count(), 0);
}

#[tokio::test]
async fn an_empty_token_is_refused() {
    let talon = talon();
    let control = ControlAccess::at(([127, 0, 0, 1], 8080), Some(""));
    let headers = [("x-control-token", "")];

    let request = request("POST", "/_fake/reset", &headers, "");
    let reply = send(&talon.service().control(control), request).await;

    assert_eq!(reply.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_web_page_cannot_use_an_open_control_api() {
    let headers = [("origin", "https://example.com")];

    let reply = send(&open(&talon()), request("POST", "/_fake/reset", &headers, "")).await;

    assert_eq!(reply.status(), StatusCode::FORBIDDEN);
}
