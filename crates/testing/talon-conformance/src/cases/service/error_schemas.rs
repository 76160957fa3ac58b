//! Schemas of the bodies of refusals.

use serde_json::Value;

use crate::prelude::*;

cases! {
    "createCouponReservation" { refused(400) a_refused_reservation_names_its_status, }
    "deleteCouponReservation" { refused(400) a_refused_removal_names_its_status, }
    "getReservedCustomers" { refused(400) a_code_that_is_too_long_names_its_status, }
    "updateCustomerProfileV2" { refused(400) a_refused_profile_names_its_status, }
    "createReferral" { refused(400) a_refused_referral_does_not_name_its_status, }
    "trackEvent" { refused(400) a_refused_event_does_not_name_its_status, }
    "updateCustomerProfile" { refused(400) a_refused_profile_of_the_first_version_does_not_name_its_status, }
    "updateCustomerSession" { refused(400) a_refused_session_of_the_first_version_does_not_name_its_status, }
    "updateCustomerSessionV2" { refused(400) a_refused_session_does_not_name_its_status, }
    "getCustomerInventory" { refused(404) any_other_refusal_names_its_status, }
}

/// A text that is too long for an id.
fn too_long() -> String {
    "x".repeat(1001)
}

fn body(refusal: &ApiError) -> Value {
    serde_json::from_slice(refusal.body()).expect("a refusal is JSON")
}

/// BEHAVIOUR 2.1: `ErrorResponseWithStatus`.
#[track_caller]
fn assert_with_status(refusal: &ApiError) {
    let body = body(refusal);
    assert_eq!(body["StatusCode"], refusal.status().as_u16(), "{body}");
    assert!(body["message"].is_string() && body["errors"].is_array(), "{body}");
}

/// BEHAVIOUR 2.1: `ErrorResponse`, of 2020 and of some of today's operations.
#[track_caller]
fn assert_without_status(refusal: &ApiError) {
    let body = body(refusal);
    assert_eq!((refusal.status().as_u16(), body.get("StatusCode")), (400, None), "{body}");
    assert!(body["message"].is_string() && body["errors"].is_array(), "{body}");
}

async fn a_refused_reservation_names_its_status(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new("SUMMER10").recipient("anna"))).await;

    for profile in ["", "bert"] {
        let reserved = CouponReservations::new([profile]);
        let request = CreateCouponReservation::new("SUMMER10", reserved);

        assert_with_status(&refusal(world.api.create_coupon_reservation(request).await));
    }
}

async fn a_refused_removal_names_its_status(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let request = DeleteCouponReservation::new("SUMMER10", [""]);

    assert_with_status(&refusal(world.api.delete_coupon_reservation(request).await));
}

async fn a_code_that_is_too_long_names_its_status(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = GetReservedCustomers::new(too_long());

    assert_with_status(&refusal(world.api.get_reserved_customers(request).await));
}

async fn a_refused_profile_names_its_status(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile_attributes(&[])).await;
    let undeclared = NewCustomerProfile::default().attributes(Attributes::new().with("A", 1));

    for (id, profile) in [(too_long(), NewCustomerProfile::default()), ("anna".into(), undeclared)]
    {
        let request = UpdateCustomerProfileV2::new(id, profile);

        assert_with_status(&refusal(world.api.update_customer_profile_v2(request).await));
    }
}

async fn a_refused_referral_does_not_name_its_status(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = CreateReferral::new(NewReferral::new(404, "anna"));

    assert_without_status(&refusal(world.api.create_referral(request).await));
}

async fn a_refused_event_does_not_name_its_status(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.track_refused(NewEvent::new("talon_session_closed", "cart-1")).await;

    assert_without_status(&refusal);
}

async fn a_refused_profile_of_the_first_version_does_not_name_its_status(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = UpdateCustomerProfile::new(too_long(), NewCustomerProfile::default());

    assert_without_status(&refusal(world.api.update_customer_profile(request).await));
}

async fn a_refused_session_of_the_first_version_does_not_name_its_status(worlds: Worlds) {
    let world = worlds.empty().await;

    let cancelled = NewCustomerSession::default().state(SessionState::Cancelled);

    assert_without_status(&world.put_v1_refused("cart-1", cancelled).await);
}

async fn a_refused_session_does_not_name_its_status(worlds: Worlds) {
    let world = worlds.empty().await;

    assert_without_status(&world.put_refused("cart-1", cancelled()).await);
    world.put("cart-1", closed()).await;
    assert_without_status(&world.put_refused("cart-1", closed()).await);
}

async fn any_other_refusal_names_its_status(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = GetCustomerInventory::new("nobody");

    assert_with_status(&refusal(world.api.get_customer_inventory(request).await));
}
