//! Faults as a caller sees them.

use std::time::Duration;

use talon_fake::Fault;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        refused(503) a_status_refuses_and_changes_nothing,
        detail every_status_of_a_refusal_arrives,
        detail a_refusal_is_returned_unchanged,
        refused(429) too_many_requests_are_refused,
        refused(409) too_many_parallel_requests_are_refused,
        surprise a_dropped_connection_changes_nothing,
        surprise a_change_with_a_lost_reply_is_stored,
        surprise a_dropped_connection_and_a_lost_reply_have_the_same_error,
        surprise a_change_with_a_truncated_body_is_stored,
        surprise a_change_with_an_invalid_body_is_stored,
        surprise a_close_with_a_lost_reply_cannot_be_repeated,
        detail faults_apply_to_dry_runs,
    }
}

fn pay(session: &str) -> UpdateCustomerSessionV2 {
    let paid = cart(100).profile("anna").coupon_codes(["SUMMER10"]).state(SessionState::Closed);
    UpdateCustomerSessionV2::new(session, paid)
}

async fn paid(world: &World, session: &str) -> Result<IntegrationStateV2, Error> {
    world.api.update_customer_session_v2(pay(session)).await
}

/// The number of redemptions of the coupon.
fn redeemed(world: &World) -> i64 {
    world.probe().coupon("SUMMER10").expect("seeded").usage_counter
}

/// The error of a payment with this fault, and the number of redemptions of the coupon.
async fn met(worlds: Worlds, fault: Fault) -> (Error, i64) {
    let world = worlds.with(seed::summer()).await;
    world.faults().next::<UpdateCustomerSessionV2>(fault);
    let error = paid(&world, "cart-1").await.expect_err("it meets the fault");
    world.faults().assert_used();
    (error, redeemed(&world))
}

async fn a_status_refuses_and_changes_nothing(worlds: Worlds) {
    let (error, redeemed) = met(worlds, Fault::status(503)).await;

    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(error.may_have_been_applied());
    assert_eq!(redeemed, 0);
}

async fn every_status_of_a_refusal_arrives(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    for status in [400, 401, 403, 404, 409, 422, 429, 500, 501, 502, 503, 504, 599] {
        world.faults().on_any(Fault::status(status));
        let error = paid(&world, "cart-1").await.expect_err("it meets the fault");

        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.may_have_been_applied(), [500, 502, 503, 504].contains(&status));
    }
    assert_eq!(redeemed(&world), 0);
}

async fn a_refusal_is_returned_unchanged(worlds: Worlds) {
    let problem = Problem::at("/customerSession/attributes/Größe", "Unknown", "no such attribute");
    let planned = ApiError::invalid(problem);
    let (error, redeemed) = met(worlds, Fault::api_error(planned.clone())).await;

    assert_eq!(error.api(), Some(&planned));
    assert!(!error.may_have_been_applied());
    assert_eq!(redeemed, 0);
}

async fn too_many_requests_are_refused(worlds: Worlds) {
    let fault = Fault::too_many_requests(Duration::from_secs(2));
    let (error, redeemed) = met(worlds, fault).await;

    assert!(error.is_rate_limited());
    assert!(!error.may_have_been_applied());
    assert_eq!(redeemed, 0);
}

async fn too_many_parallel_requests_are_refused(worlds: Worlds) {
    let (error, redeemed) = met(worlds, Fault::conflict()).await;

    assert!(error.is_conflict());
    assert!(!error.may_have_been_applied());
    assert_eq!(redeemed, 0);
}

async fn a_dropped_connection_changes_nothing(worlds: Worlds) {
    let (error, redeemed) = met(worlds, Fault::drop_connection()).await;

    assert_eq!((error.kind(), error.status()), (ErrorKind::Interrupted, None));
    assert_eq!(redeemed, 0);
}

async fn a_change_with_a_lost_reply_is_stored(worlds: Worlds) {
    let (error, redeemed) = met(worlds, Fault::lose_reply()).await;

    assert_eq!((error.kind(), error.status()), (ErrorKind::Interrupted, None));
    assert_eq!(redeemed, 1);
}

async fn a_dropped_connection_and_a_lost_reply_have_the_same_error(worlds: Worlds) {
    let (dropped, _) = met(worlds, Fault::drop_connection()).await;
    let (lost, _) = met(worlds, Fault::lose_reply()).await;

    assert_eq!(dropped.to_string(), lost.to_string());
    assert!(dropped.may_have_been_applied() && lost.may_have_been_applied());
}

async fn a_change_with_a_truncated_body_is_stored(worlds: Worlds) {
    let (error, redeemed) = met(worlds, Fault::truncated_body()).await;

    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert!(error.may_have_been_applied());
    assert_eq!(redeemed, 1);
}

async fn a_change_with_an_invalid_body_is_stored(worlds: Worlds) {
    let (error, redeemed) = met(worlds, Fault::garbled_body()).await;

    assert!(error.is_decode() && error.may_have_been_applied());
    assert!(error.body().is_some_and(|body| body.ends_with(b"}garbled")));
    assert_eq!(redeemed, 1);
}

async fn a_close_with_a_lost_reply_cannot_be_repeated(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
    let lost = paid(&world, "cart-1").await.expect_err("the reply is lost");

    let again = paid(&world, "cart-1").await.expect_err("the session is closed");

    assert!(lost.may_have_been_applied() && again.is_bad_request());
    assert_eq!(redeemed(&world), 1);
}

async fn faults_apply_to_dry_runs(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());

    let lost = world.api.update_customer_session_v2(pay("cart-1").dry(true)).await;

    let error = lost.expect_err("the reply is lost");
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!((redeemed(&world), world.probe().session("cart-1")), (0, None));
}
