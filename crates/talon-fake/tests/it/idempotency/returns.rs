//! `Idempotency-Key` of returns, of sessions that are opened again, and of events of V2.

use talon_core::prelude::*;
use talon_fake::{Fake, FakeService, Fault};
use talon_server::{Answer, Service as _};

use super::KEY;
use crate::http::{call, send};
use crate::shop::{pay, redeemed, talon};

/// Returns units of the one line of a session.
fn give_back(session: &str, quantity: i64) -> ReturnCartItems {
    let items = [ReturnedCartItem::at(0).quantity(quantity)];
    ReturnCartItems::new(session, items).response_content([ResponseContent::PreviousReturns])
}

/// A fake in which a session with three mugs was closed.
async fn three_mugs() -> (Fake, FakeService) {
    let talon = talon();
    let service = talon.service();
    let mut three = pay("cart-1");
    three.request.customer_session.cart_items = Some(vec![CartItem::new("MUG", 3).price(50)]);
    assert_eq!(send(&service, call(&three, &[])).await.status(), 200);
    (talon, service)
}

fn returned(talon: &Fake) -> Option<i64> {
    talon.session("cart-1").expect("it is stored").cart_items[0].returned_quantity
}

#[tokio::test]
async fn a_repeated_return_takes_back_one_unit_and_gets_the_stored_reply() {
    let (talon, service) = three_mugs().await;
    talon.faults().next::<ReturnCartItems>(Fault::lose_reply());

    let lost = service.handle(call(&give_back("cart-1", 1), KEY)).await;
    let repeat = send(&service, call(&give_back("cart-1", 1), KEY)).await;
    let further = send(&service, call(&give_back("cart-1", 1), &[("idempotency-key", "b")])).await;
    let again = send(&service, call(&give_back("cart-1", 1), KEY)).await;

    assert!(matches!(lost, Answer::HangUp));
    assert_eq!((repeat.status(), repeat.body()), (again.status(), again.body()));
    assert_eq!(repeat.status(), 200);
    assert_ne!(further.body(), repeat.body());
    assert_eq!(returned(&talon), Some(2));
    let calls = talon.calls::<ReturnCartItems>();
    let replayed: Vec<_> = calls.iter().map(|call| call.replayed).collect();
    assert_eq!(replayed, [false, true, false, true]);
}

#[tokio::test]
async fn another_return_with_the_same_key_gets_the_stored_reply() {
    let (talon, service) = three_mugs().await;

    let first = send(&service, call(&give_back("cart-1", 1), KEY)).await;
    let other = send(&service, call(&give_back("cart-1", 2), KEY)).await;

    assert_eq!((other.status(), other.body()), (first.status(), first.body()));
    assert_eq!(returned(&talon), Some(1));
}

#[tokio::test]
async fn a_return_with_rules_is_another_request() {
    let (talon, service) = three_mugs().await;

    for request in [give_back("cart-1", 1), give_back("cart-1", 1).run_rule_engine(true)] {
        assert_eq!(send(&service, call(&request, KEY)).await.status(), 200);
    }
    let dry = give_back("cart-1", 1).dry(true);
    assert_eq!(send(&service, call(&dry, KEY)).await.status(), 200);

    assert_eq!(returned(&talon), Some(2));
}

#[tokio::test]
async fn a_refusal_is_repeated_for_its_key_too() {
    let (talon, service) = three_mugs().await;

    let refused = send(&service, call(&give_back("cart-1", 4), KEY)).await;
    let repeat = send(&service, call(&give_back("cart-1", 3), KEY)).await;

    assert_eq!(refused.status(), 400);
    assert_eq!((repeat.status(), repeat.body()), (refused.status(), refused.body()));
    assert_eq!(returned(&talon), None);
}

#[tokio::test]
async fn a_repeated_reopening_gets_the_stored_reply() {
    let (talon, service) = three_mugs().await;
    let reopen = ReopenCustomerSession::new("cart-1");

    let first = send(&service, call(&reopen, KEY)).await;
    let repeat = send(&service, call(&reopen, KEY)).await;

    assert_eq!((repeat.status(), repeat.body()), (first.status(), first.body()));
    assert_eq!(first.status(), 200);
    assert_eq!(redeemed(&talon), 0);
    assert_eq!(send(&service, call(&reopen, &[])).await.status(), 400);
}

#[tokio::test]
async fn a_repeated_event_of_v2_is_recorded_once() {
    let talon = talon();
    let service = talon.service();
    let event = TrackEventV2::new(NewEventV2::new("viewed", "anna"));

    let first = send(&service, call(&event, KEY)).await;
    let repeat = send(&service, call(&event, KEY)).await;

    assert_eq!((first.status().as_u16(), repeat.status().as_u16()), (204, 204));
    let calls = talon.calls::<TrackEventV2>();
    assert_eq!(calls.iter().map(|call| call.replayed).collect::<Vec<_>>(), [false, true]);
}
