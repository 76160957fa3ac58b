//! Encoding and decoding of requests.

use bytes::Bytes;
use http::Request;
use talon_core::ApiError;
use talon_core::operation::RequestReader;
use talon_core::prelude::*;

fn refusal<O: Operation>(request: &Request<Bytes>) -> ApiError {
    O::from_http(request).expect_err("refused").into_api().expect("by the API")
}

fn session(id: &str, query: &str, body: &'static str) -> Request<Bytes> {
    let uri = format!("/v2/customer_sessions/{id}{query}");
    Request::put(uri).body(Bytes::from_static(body.as_bytes())).expect("a URI")
}

#[test]
fn a_body_has_a_content_type_and_a_read_has_no_body() {
    let change = DeleteCouponReservation::new("A/B", ["anna"]);
    let change = change.to_http().unwrap();
    let question = GetCustomerInventory::new("anna").profile(true).to_http().unwrap();

    assert_eq!(change.headers()["content-type"], "application/json");
    assert_eq!(change.uri(), "/v1/coupon_reservations/A%2FB");
    assert!(question.body().is_empty() && !question.headers().contains_key("content-type"));
    assert_eq!(question.uri(), "/v1/customer_profiles/anna/inventory?profile=true");
}

#[test]
fn an_id_that_is_invalid_in_a_url_is_an_error_with_and_without_a_body() {
    for id in ["", ".", ".."] {
        let request = GetCustomerInventory::new(id);

        assert_eq!(request.check().unwrap_err().kind(), ErrorKind::Encode);
        assert_eq!(request.to_http().unwrap_err().kind(), ErrorKind::Encode);
    }
    GetCustomerInventory::new("...").check().unwrap();
}

#[test]
fn an_invalid_body_is_refused_with_title_and_pointer() {
    for (body, title, place) in [
        ("{", "Invalid JSON", ""),
        ("{\"customerSession\":5}", "Invalid type", "/customerSession"),
        ("{}", "Missing", "/customerSession"),
        ("5", "Invalid type", ""),
    ] {
        let refusal = refusal::<UpdateCustomerSessionV2>(&session("s", "", body));

        let problem = &refusal.problems()[0];
        assert_eq!(problem.title, title, "{body}");
        assert_eq!(problem.source.pointer.as_deref().unwrap_or_default(), place, "{body}");
    }
}

#[test]
fn an_event_requires_attributes_which_may_be_empty() {
    let event = |body: &'static str| {
        Request::post("/v1/events").body(Bytes::from_static(body.as_bytes())).expect("a URI")
    };

    let refusal = refusal::<TrackEvent>(&event(r#"{"type":"shared","sessionId":"cart-1"}"#));

    assert_eq!(refusal.problems()[0].title, "Missing");
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/attributes"));
    for none in ["{}", "null"] {
        let body = format!(r#"{{"type":"shared","sessionId":"cart-1","attributes":{none}}}"#);
        let request = Request::post("/v1/events").body(Bytes::from(body)).expect("a URI");
        assert!(TrackEvent::from_http(&request).expect("it fits").event.attributes.is_empty());
    }
}

#[test]
fn an_invalid_query_or_path_is_refused_with_its_name() {
    let body = r#"{"customerSession":{}}"#;
    for request in [session("s", "?dry=perhaps", body), session("%ff", "", body)] {
        let refusal = refusal::<UpdateCustomerSessionV2>(&request);

        assert_eq!(refusal.status(), 400);
        assert_eq!(refusal.problems().len(), 1);
    }
    assert_eq!(refusal::<UpdateCustomerSessionV2>(&session("s/t", "", body)).status(), 404);
    UpdateCustomerSessionV2::from_http(&session("s", "?dry=true&dry=false", body)).unwrap();
}

#[test]
fn each_part_of_a_request_is_decoded() {
    let body = r#"{"customerSession":{"profileId":"anna"}}"#;

    let request =
        UpdateCustomerSessionV2::from_http(&session("cart%2F1", "?dry=true", body)).unwrap();

    assert_eq!((request.session_id, request.dry), ("cart/1".into(), Some(true)));
}

#[test]
fn parts_of_a_request_can_be_given_by_name() {
    let values = |name: &str| match name {
        "customerSessionId" => Some("cart/1"),
        "dry" => Some("true"),
        _ => None,
    };
    let body = br#"{"customerSession":{"profileId":"anna"}}"#;
    let reader = RequestReader::from_values(UpdateCustomerSessionV2::INFO, values, body);

    let request = UpdateCustomerSessionV2::read(&reader).unwrap();

    assert_eq!((request.session_id, request.dry), ("cart/1".into(), Some(true)));
}

#[test]
fn every_operation_links_to_its_documentation() {
    for operation in talon_core::OPERATIONS {
        let reference = operation.reference();

        assert!(reference.starts_with("https://docs.talon.one/"), "{reference}");
        assert!(reference.ends_with(operation.id), "{reference}");
    }
}

#[test]
fn an_error_in_an_attribute_has_the_pointer_of_the_value() {
    let nested = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let body = format!(r#"{{"customerSession":{{"attributes":{{"a":{{"b":{nested}}}}}}}}}"#);
    let request = Request::put("/v2/customer_sessions/s").body(body.into()).expect("a URI");

    let refusal = refusal::<UpdateCustomerSessionV2>(&request);

    let pointer = refusal.problems()[0].source.pointer.as_deref().expect("a pointer");
    assert!(pointer.starts_with("/customerSession/attributes/a/b/0/0/"), "{pointer}");
}
