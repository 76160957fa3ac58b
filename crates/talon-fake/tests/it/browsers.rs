//! CORS: web pages can call the API, but not the control API.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW,
};
use http::{Request, Response, StatusCode};
use talon_fake::{ControlAccess, Fault};
use talon_server::{Answer, Service as _};

use crate::http::{request, send};
use crate::shop::talon;

type Reply = Response<bytes::Bytes>;

const PAGE: (&str, &str) = ("origin", "http://localhost:3000");

fn header(reply: &Reply, name: impl http::header::AsHeaderName) -> &str {
    reply.headers().get(name).map_or("", |value| value.to_str().expect("it is ASCII"))
}

/// Whether a page may read the reply.
fn is_readable(reply: &Reply) -> bool {
    header(reply, ACCESS_CONTROL_ALLOW_ORIGIN) == "*"
}

#[tokio::test]
async fn a_page_may_call_after_a_preflight_request() {
    let service = talon().service();
    let asked = "authorization,content-type,idempotency-key,x-trace";
    let asks = [
        PAGE,
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", asked),
        ("authorization", ""),
    ];
    // Also where there is nothing: so that the page gets to read the 404.
    for path in ["/v2/customer_sessions/s", "/v1/customer_data/anna", "/v2/events", "/nothing"] {
        let reply = send(&service, request("OPTIONS", path, &asks, "")).await;

        assert_eq!(reply.status(), StatusCode::NO_CONTENT, "{path}");
        assert!(is_readable(&reply));
        let methods = header(&reply, ACCESS_CONTROL_ALLOW_METHODS);
        for method in ["DELETE", "GET", "POST", "PUT"] {
            assert!(methods.contains(method), "{methods}");
        }
        let headers = header(&reply, ACCESS_CONTROL_ALLOW_HEADERS);
        for name in asked.split(',').chain(["content-signature", "accept"]) {
            assert!(headers.split(", ").any(|known| known == name), "{name}: {headers}");
        }
        assert_eq!(reply.headers().get("access-control-allow-credentials"), None);
    }
}

#[tokio::test]
async fn a_preflight_request_is_not_recorded_as_a_call() {
    let talon = talon();
    let asks = [PAGE, ("access-control-request-method", "PUT")];

    send(&talon.service(), request("OPTIONS", "/nothing", &asks, "")).await;

    assert!(talon.all_calls().is_empty());
}

#[tokio::test]
async fn options_of_other_clients_returns_the_allowed_methods() {
    let service = talon().service();

    let reply = send(&service, request("OPTIONS", "/v1/events", &[], "")).await;

    assert_eq!(header(&reply, ALLOW), "POST, OPTIONS");
    assert!(is_readable(&reply));
}

#[tokio::test]
async fn a_page_can_read_replies_and_refusals() {
    let talon = talon();
    let service = talon.service();
    let session = "/v2/customer_sessions/s";
    let cart = r#"{"customerSession":{}}"#;
    for (method, path, key, body, status) in [
        ("PUT", session, "demo-key", cart, 200),
        ("PUT", session, "demo-key", "{", 400),
        ("PUT", session, "wrong", cart, 401),
        ("DELETE", "/v1/customer_data/anna", "demo-key", "", 404),
        ("GET", "/nothing", "demo-key", "", 404),
        ("PATCH", session, "demo-key", "", 405),
        ("PUT", "/v1/catalogs/1/sync", "wrong", "{}", 401),
    ] {
        let key = format!("ApiKey-v1 {key}");
        let sent = request(method, path, &[PAGE, ("authorization", &key)], body);

        let reply = send(&service, sent).await;

        assert_eq!(reply.status(), status, "{method} {path}");
        assert!(is_readable(&reply), "{method} {path}");
    }
    talon.faults().on_any(Fault::status(503));
    let reply = send(&service, request("PUT", session, &[PAGE], cart)).await;
    assert_eq!(reply.status(), 503);
    assert!(is_readable(&reply));
}

#[tokio::test]
async fn a_page_can_read_early_refusals() {
    let service = talon().service();
    let refusal = || talon_core::ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too long");
    for (path, key, status) in [
        ("/v1/events", "wrong", 401),
        ("/nothing", "demo-key", 404),
        ("/v1/loyalty_programs/1/profile/anna/join", "wrong", 401),
    ] {
        let key = format!("ApiKey-v1 {key}");
        let (head, _) = request("POST", path, &[PAGE, ("authorization", &key)], "{}").into_parts();

        let Some(Answer::Reply(reply)) = service.refuse_early(&head) else { panic!("{path}") };

        assert_eq!(reply.status(), status, "{path}");
        assert!(is_readable(&reply), "{path}");
    }
    assert!(is_readable(&service.refuse(&"/v1/events".parse().unwrap(), refusal())));
    assert!(!is_readable(&service.refuse(&"/_fake/clock".parse().unwrap(), refusal())));
}

#[tokio::test]
async fn no_page_can_read_the_control_api() {
    for control in
        [ControlAccess::open(), ControlAccess::with_token("s3cret"), ControlAccess::off()]
    {
        let service = talon().service().control(control);
        for (method, path) in [
            ("GET", "/_fake/snapshot"),
            ("POST", "/_fake/reset"),
            ("OPTIONS", "/_fake/reset"),
            ("GET", "/_fake"),
        ] {
            for headers in [
                &[PAGE, ("access-control-request-method", "POST")][..],
                &[("x-control-token", "s3cret")],
                &[PAGE, ("x-control-token", "s3cret")],
            ] {
                let reply = send(&service, request(method, path, headers, "")).await;

                let cors =
                    reply.headers().keys().filter(|name| name.as_str().starts_with("access-"));
                assert_eq!(cors.count(), 0, "{method} {path}: {reply:?}");
                let (head, _) = request(method, path, headers, "").into_parts();
                if let Some(Answer::Reply(reply)) = service.refuse_early(&head) {
                    assert!(!is_readable(&reply));
                }
            }
        }
    }
}

fn control(method: &str, uri: &str, headers: &[(&str, &str)]) -> Request<bytes::Bytes> {
    request(method, uri, headers, "")
}

#[tokio::test]
async fn the_control_api_accepts_only_names_of_this_machine() {
    let talon = talon();
    let service = talon.service().control(ControlAccess::open());
    for host in [
        "localhost",
        "localhost:8080",
        "LOCALHOST",
        "127.0.0.1:80",
        "127.9.9.9",
        "[::1]:8080",
        "a.localhost",
    ] {
        let reply = send(&service, control("GET", "/_fake/health", &[("host", host)])).await;
        assert_eq!(reply.status(), 200, "{host}");
    }
    let before = talon.snapshot();
    talon.clock().advance(std::time::Duration::from_secs(60));
    for host in
        ["evil.example", "evil.example:8080", "localhost.evil.example", "10.0.0.7", "", "a b"]
    {
        for (method, path) in
            [("GET", "/_fake/snapshot"), ("POST", "/_fake/reset"), ("GET", "/_fake/x")]
        {
            let sent = control(method, path, &[("host", host)]);
            let (head, _) = sent.clone().into_parts();

            let reply = send(&service, sent).await;

            assert_eq!(reply.status(), 403, "{host}: {method} {path}");
            let Some(Answer::Reply(early)) = service.refuse_early(&head) else { panic!("{host}") };
            assert_eq!(early.status(), 403);
        }
    }
    // Neither of the two names may be another one.
    for headers in
        [&[("host", "localhost"), ("host", "evil.example")][..], &[("host", "localhost")]]
    {
        let uri = "http://evil.example/_fake/snapshot";
        assert_eq!(send(&service, control("GET", uri, headers)).await.status(), 403);
    }
    assert_ne!(talon.snapshot(), before);
}

#[tokio::test]
async fn no_other_page_can_change_anything_with_the_control_api() {
    let talon = talon();
    let service = talon.service().control(ControlAccess::open());
    talon.clock().advance(std::time::Duration::from_secs(60));
    let before = talon.snapshot();
    for headers in [
        [PAGE, ("host", "localhost")],
        [("origin", "null"), ("host", "localhost")],
        [("origin", "http://localhost"), ("host", "localhost:8080")],
        [("origin", "https://localhost"), ("host", "localhost")],
        [("sec-fetch-site", "cross-site"), ("host", "localhost")],
        [("sec-fetch-site", "same-site"), ("host", "localhost")],
        [("sec-fetch-site", "anything"), ("host", "localhost")],
        [("sec-fetch-site", "none"), ("sec-fetch-site", "cross-site")],
    ] {
        let reply = send(&service, control("POST", "/_fake/reset", &headers)).await;
        assert_eq!(reply.status(), 403, "{headers:?}");
    }
    assert_eq!(talon.snapshot(), before);

    for own in [
        ("sec-fetch-site", "none"),
        ("sec-fetch-site", "same-origin"),
        ("origin", "http://localhost:8080"),
    ] {
        let headers = [own, ("host", "localhost:8080")];
        assert_eq!(send(&service, control("GET", "/_fake/health", &headers)).await.status(), 200);
    }
}

#[tokio::test]
async fn the_control_api_accepts_any_name_with_the_token() {
    let service = talon().service().control(ControlAccess::with_token("s3cret"));
    let headers = [("host", "fake.test:8080"), ("x-control-token", "s3cret")];

    let reply = send(&service, control("GET", "/_fake/health", &headers)).await;

    assert_eq!(reply.status(), 200);
}

#[tokio::test]
async fn unknown_control_paths_are_refused_before_the_body_is_read() {
    for (control_api, method, path, status) in [
        (ControlAccess::open(), "POST", "/_fake/nothing", 404),
        (ControlAccess::open(), "PUT", "/_fake/reset", 405),
        (ControlAccess::with_token("s3cret"), "PUT", "/_fake/snapshot", 401),
        (ControlAccess::off(), "PUT", "/_fake/snapshot", 403),
    ] {
        let service = talon().service().control(control_api);
        let (head, _) = control(method, path, &[]).into_parts();

        let Some(Answer::Reply(reply)) = service.refuse_early(&head) else { panic!("{path}") };

        assert_eq!(reply.status(), status, "{path}");
    }
}
