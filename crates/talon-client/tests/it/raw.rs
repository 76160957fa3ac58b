//! Raw calls.

use bytes::Bytes;
use http::{HeaderValue, Method, Request};
use talon_client::{CallOptions, Client, ClientConfig, IdempotencyKey, Transport};
use talon_core::{ErrorKind, StopReason};

use crate::stub_transport::{StubReply, StubTransport};

fn request(method: Method, uri: &str, body: &'static str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(uri);
    request.body(Bytes::from_static(body.as_bytes())).expect("a request")
}

#[tokio::test]
async fn method_path_query_and_body_are_sent_with_the_keys() {
    let header = ("x-request-id", "7");
    let client = StubTransport::client(StubReply::With(201, header, r#"{"a":1}"#));

    let reply = client.call_raw(request(Method::POST, "/v1/x%2Fy?z=1+2", "{}")).await.unwrap();

    assert_eq!((reply.status().as_u16(), &reply.body()[..]), (201, &br#"{"a":1}"#[..]));
    assert_eq!(reply.headers()["x-request-id"], "7");
    let sent = client.transport().request();
    assert_eq!(sent.uri(), "https://demo.talon.one/gate/v1/x%2Fy?z=1+2");
    assert_eq!((sent.method(), sent.body()), (&Method::POST, &Bytes::from_static(b"{}")));
    for (name, value) in [
        ("authorization", "ApiKey-v1 fefecafedeadbeef"),
        ("accept", "application/json"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(sent.headers()[name], value);
    }
    assert!(!sent.headers().contains_key("idempotency-key"));
}

#[tokio::test]
async fn headers_of_the_request_are_kept() {
    let client = StubTransport::client(StubReply::Reply(204, ""));
    let mut request = request(Method::PUT, "/v1/x", "a,b");
    for (name, value) in [("content-type", "text/csv"), ("authorization", "Bearer other")] {
        request.headers_mut().insert(name, HeaderValue::from_static(value));
    }

    client.call_raw(request).await.unwrap();

    let sent = client.transport().request();
    assert_eq!(sent.headers()["content-type"], "text/csv");
    assert_eq!(sent.headers()["authorization"], "Bearer other");
    assert!(sent.headers()["authorization"].is_sensitive());
}

#[tokio::test(start_paused = true)]
async fn a_request_is_repeated_if_its_method_or_its_key_allows_it() {
    let attempts = async |method: Method, options: CallOptions| {
        let client = StubTransport::client(StubReply::Reply(500, "no")).with_options(options);
        let error = client.call_raw(request(method, "/v1/x", "{}")).await.unwrap_err();
        (error.attempts(), error.may_have_been_applied())
    };
    let key = IdempotencyKey::new("order-1").unwrap();
    let with_key = CallOptions::default().idempotency_key(key);

    assert_eq!(attempts(Method::GET, CallOptions::default()).await, (3, false));
    assert_eq!(attempts(Method::PUT, CallOptions::default()).await, (3, true));
    assert_eq!(attempts(Method::DELETE, CallOptions::default()).await, (3, true));
    assert_eq!(attempts(Method::POST, CallOptions::default()).await, (1, true));
    assert_eq!(attempts(Method::PATCH, CallOptions::default()).await, (1, true));
    assert_eq!(attempts(Method::POST, with_key).await, (3, true));
}

#[tokio::test(start_paused = true)]
async fn a_key_in_a_header_is_that_of_all_attempts() {
    let client = StubTransport::client(StubReply::Reply(503, ""));
    let mut request = request(Method::POST, "/v1/x", "{}");
    request.headers_mut().insert("idempotency-key", HeaderValue::from_static("order-2"));

    client.call_raw(request).await.unwrap_err();

    let requests = client.transport().requests();
    let keys: Vec<_> = requests.iter().map(|sent| &sent.headers()["idempotency-key"]).collect();
    assert_eq!(keys, ["order-2"; 3]);
}

#[tokio::test]
async fn a_refusal_keeps_status_headers_and_body() {
    let client = StubTransport::client(StubReply::With(422, ("x-request-id", "7"), "<no>"));

    let error = client.call_raw(request(Method::GET, "/v1/x", "")).await.unwrap_err();

    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 422));
    assert_eq!(error.headers().unwrap()["x-request-id"], "7");
    assert_eq!(error.body().unwrap(), "<no>");
    assert_eq!((error.operation(), error.stop_reason()), (Some("raw"), Some(StopReason::Final)));
}

#[tokio::test]
async fn keys_are_not_sent_to_another_place() {
    let client = StubTransport::client(StubReply::Reply(200, "{}"));

    for uri in ["https://evil.example/v1", "/v1/../x", "/v1/%2e%2E/x", "/./x"] {
        let error = client.call_raw(request(Method::GET, uri, "")).await.unwrap_err();

        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Encode, 0), "{uri}");
        assert!(!error.to_string().contains("evil"), "{error}");
    }
    assert!(client.transport().requests().is_empty());
}

#[tokio::test]
async fn a_boxed_transport_is_a_transport() {
    let boxed: Box<dyn Transport> = Box::new(StubTransport::new(StubReply::Reply(200, "")));
    let config = ClientConfig::new("https://demo.talon.one").api_key("key");
    let client = Client::new(config, boxed).unwrap();

    assert_eq!(client.call_raw(request(Method::GET, "/", "")).await.unwrap().body(), "");
}
