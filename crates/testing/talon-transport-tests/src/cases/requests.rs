//! Requests arrive unchanged.

use http::{HeaderValue, Method};
use talon_client::Transport;
use talon_core::prelude::*;

use super::{Connect, client, get, request};
use crate::server::{ScriptedReply, TestServer};

/// Paths and queries are not decoded, encoded or normalised.
pub async fn paths_arrive_unchanged<T: Transport>(connect: Connect<T>) {
    let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let client = client(connect, &server);
    let paths = [
        "/v1/a%2Fb/25%25OFF/%252F/%3F%23/a+b/a;b,c:d@e",
        "/v1/%C3%A9%F0%9F%8E%89/%20/%2b/%2B/%7E~/!$&'()*=",
        "/v1//double/?now=2020-06-10T09%3A05%3A27%2B02%3A00&a=1+2&b=%27&c=%7B%7D",
        "/v1/trailing/",
    ];

    for path in paths {
        client.transport().send(get(&server, path)).await.expect("a reply");
    }
    let id = "a/b %2F?#é;+'~";
    client.call(GetCustomerInventory::new(id).profile(true)).await.expect("a reply");

    let lines: Vec<_> = server.log().requests.into_iter().map(|request| request.line).collect();
    let mut expected: Vec<_> = paths.map(|path| format!("GET {path} HTTP/1.1")).to_vec();
    let segment = "a%2Fb%20%252F%3F%23%C3%A9%3B%2B%27~";
    expected.push(format!("GET /v1/customer_profiles/{segment}/inventory?profile=true HTTP/1.1"));
    assert_eq!(lines, expected);
}

/// The body of a `DELETE` is sent, which some libraries omit.
pub async fn a_delete_carries_its_body<T: Transport>(connect: Connect<T>) {
    let server =
        TestServer::start(ScriptedReply::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())).await;
    let client = client(connect, &server);
    let reservations = CouponReservations { integration_ids: vec!["anna".into()] };

    let request = DeleteCouponReservation::new("SUMMER", reservations);
    client.call(request).await.expect("a reply");

    let request = server.request();
    assert_eq!(request.line, "DELETE /v1/coupon_reservations/SUMMER HTTP/1.1");
    assert_eq!(request.body, r#"{"integrationIDs":["anna"]}"#);
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("transfer-encoding"), None);
}

/// The headers of the client are sent, and the transport adds only `Host` and `Content-Length`.
pub async fn headers_arrive_unchanged<T: Transport>(connect: Connect<T>) {
    let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let client = client(connect, &server);
    let mut request = request(Method::PUT, &server, "/", "{}");
    request.headers_mut().insert("authorization", HeaderValue::from_static("ApiKey-v1 fefe"));
    request.headers_mut().insert("user-agent", HeaderValue::from_static("shop/1"));
    request.headers_mut().insert("accept", HeaderValue::from_static("application/json"));

    client.transport().send(request).await.expect("a reply");

    let mut names: Vec<_> = server.request().headers.into_iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "content-length", "host", "user-agent"]);
    assert_eq!(server.request().header("authorization"), Some("ApiKey-v1 fefe"));
    assert_eq!(server.request().header("user-agent"), Some("shop/1"));
}
