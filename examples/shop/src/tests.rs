//! Tests of the shop: no server, no network, no waiting.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use talon_one::fake::rules::{Condition, Discount, Range, Reward, Rule};
use talon_one::fake::world::LoyaltyProgram;
use talon_one::fake::{Campaign, Coupon, Fake, Fault, World};
use talon_one::prelude::*;
use tower_service::Service;

use crate::checkout::Receipt;
use crate::web::router;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A campaign with a coupon for 10 % off until April, and 20 points for each order of 20 or more.
fn talon() -> Fake {
    let spring = Campaign::new("Spring")
        .coupon(Coupon::new("SPRING").expires("2026-04-01T00:00:00Z"))
        .rule(
            Rule::new("10 % off")
                .when(Condition::coupon_valid())
                .then(Reward::set_discount("10 % off", Discount::percent(10))),
        )
        .rule(
            Rule::new("Points")
                .when(Condition::cart_total(Range::at_least(20)))
                .then(Reward::add_loyalty_points(1, 20)),
        );
    let world = World::new()
        .now("2026-03-01T09:00:00Z")
        .loyalty_program(LoyaltyProgram::new(1))
        .campaign(spring);
    Fake::new(world).expect("a valid world")
}

/// Checks out three mugs.
async fn checkout(talon: &Fake, cart: &str, coupon: Option<&str>) -> (StatusCode, Vec<u8>) {
    let order = json!({
        "customer": "anna",
        "coupon": coupon,
        "lines": [{ "sku": "MUG", "quantity": 3, "price": 8.55 }]
    });
    let request = Request::post(format!("/carts/{cart}/checkout"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(order.to_string()))
        .expect("a request");
    let reply = router(talon.api()).call(request).await.expect("it cannot fail");
    let status = reply.status();
    (status, to_bytes(reply.into_body(), usize::MAX).await.expect("a body").into())
}

async fn paid(talon: &Fake, cart: &str, coupon: Option<&str>) -> Receipt {
    let (status, body) = checkout(talon, cart, coupon).await;
    assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
    serde_json::from_slice(&body).expect("a receipt")
}

#[tokio::test]
async fn a_coupon_takes_ten_percent_off() {
    let talon = talon();

    let receipt = paid(&talon, "cart-1", Some("SPRING")).await;

    assert_eq!((receipt.total, receipt.discount), (Amount::new(2565, 2), Amount::new(257, 2)));
    assert_eq!(receipt.rejected, None);
    assert_eq!(talon.coupon("SPRING").expect("of the world").usage_counter, 1);
    talon.assert_called::<UpdateCustomerSessionV2>(|request| request.session_id == "cart-1");
}

#[tokio::test]
async fn a_large_order_earns_points() {
    let talon = talon();

    let receipt = paid(&talon, "cart-1", None).await;

    assert_eq!(receipt.points, 20.into());
    assert_eq!(talon.points("anna", 1), 20.into());
}

#[tokio::test]
async fn an_expired_coupon_is_rejected_and_the_order_paid() {
    let talon = talon();
    talon.clock().advance(31 * DAY);

    let receipt = paid(&talon, "cart-1", Some("SPRING")).await;

    assert_eq!(receipt.rejected.as_deref(), Some("CouponExpired"));
    assert_eq!((receipt.discount, receipt.points), (0.into(), 20.into()));
}

#[tokio::test]
async fn an_outage_is_told_and_changes_nothing() {
    let talon = talon();
    talon.faults().next::<UpdateCustomerSessionV2>(Fault::status(503));

    let (status, body) = checkout(&talon, "cart-1", Some("SPRING")).await;

    assert_eq!((status, &*body), (StatusCode::SERVICE_UNAVAILABLE, &b"try again in a minute"[..]));
    assert_eq!(talon.coupon("SPRING").expect("of the world").usage_counter, 0);
    talon.faults().assert_used();

    paid(&talon, "cart-1", Some("SPRING")).await;
    talon.assert_called_times::<UpdateCustomerSessionV2>(2);
}

#[tokio::test]
async fn a_cart_is_paid_once() {
    let talon = talon();
    paid(&talon, "cart-1", Some("SPRING")).await;

    let (status, _) = checkout(&talon, "cart-1", Some("SPRING")).await;

    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(talon.coupon("SPRING").expect("of the world").usage_counter, 1);
}
