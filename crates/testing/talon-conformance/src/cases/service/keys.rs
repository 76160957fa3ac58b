//! Keys that nobody has.

use talon_core::api::Call;

use crate::prelude::*;

cases! {
    "createCouponReservation" { refused(401) create_coupon_reservation_needs_a_key, }
    "createReferral" { refused(401) create_referral_needs_a_key, }
    "deleteCouponReservation" { refused(401) delete_coupon_reservation_needs_a_key, }
    "deleteCustomerData" { refused(401) delete_customer_data_needs_a_key, }
    "getCustomerInventory" { refused(401) get_customer_inventory_needs_a_key, }
    "getReservedCustomers" { refused(401) get_reserved_customers_needs_a_key, }
    "trackEvent" { refused(401) track_event_needs_a_key, }
    "updateCustomerProfile" { refused(401) update_customer_profile_needs_a_key, }
    "updateCustomerProfileV2" { refused(401) update_customer_profile_v2_needs_a_key, }
    "updateCustomerSession" { refused(401) update_customer_session_needs_a_key, }
    "updateCustomerSessionV2" {
        refused(401) update_customer_session_v2_needs_a_key,
        refused(401) a_refused_stranger_changes_nothing,
    }
}

/// The call is refused for its key, whatever else is right or wrong with it.
async fn assert_needs_a_key<O: Call>(worlds: Worlds, request: O) {
    let world = worlds.with(seed::summer()).await;

    let error = request.call(world.stranger()).await.expect_err("nobody has this key");

    assert!(error.is_unauthorized());
    assert_eq!(error.operation(), Some(O::INFO.id));
    assert_eq!(refusal(Err::<(), _>(error)).message(), "Unauthorized - Invalid API key");
}

fn nobody() -> CouponReservations {
    CouponReservations::new(["anna"])
}

async fn create_coupon_reservation_needs_a_key(worlds: Worlds) {
    assert_needs_a_key(worlds, CreateCouponReservation::new("SUMMER10", nobody())).await;
}

async fn create_referral_needs_a_key(worlds: Worlds) {
    assert_needs_a_key(worlds, CreateReferral::new(NewReferral::new(1, "anna"))).await;
}

async fn delete_coupon_reservation_needs_a_key(worlds: Worlds) {
    assert_needs_a_key(worlds, DeleteCouponReservation::new("SUMMER10", nobody())).await;
}

async fn delete_customer_data_needs_a_key(worlds: Worlds) {
    assert_needs_a_key(worlds, DeleteCustomerData::new("anna")).await;
}

async fn get_customer_inventory_needs_a_key(worlds: Worlds) {
    assert_needs_a_key(worlds, GetCustomerInventory::new("anna")).await;
}

async fn get_reserved_customers_needs_a_key(worlds: Worlds) {
    assert_needs_a_key(worlds, GetReservedCustomers::new("SUMMER10")).await;
}

async fn track_event_needs_a_key(worlds: Worlds) {
    assert_needs_a_key(worlds, TrackEvent::new(NewEvent::new("danced", "cart-1"))).await;
}

async fn update_customer_profile_needs_a_key(worlds: Worlds) {
    let request = UpdateCustomerProfile::new("anna", NewCustomerProfile::default());
    assert_needs_a_key(worlds, request).await;
}

async fn update_customer_profile_v2_needs_a_key(worlds: Worlds) {
    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    assert_needs_a_key(worlds, request).await;
}

async fn update_customer_session_needs_a_key(worlds: Worlds) {
    let request = UpdateCustomerSession::new("cart-1", NewCustomerSession::default());
    assert_needs_a_key(worlds, request).await;
}

async fn update_customer_session_v2_needs_a_key(worlds: Worlds) {
    let request = UpdateCustomerSessionV2::new("cart-1", IntegrationRequest::new(cart(100)));
    assert_needs_a_key(worlds, request).await;
}

async fn a_refused_stranger_changes_nothing(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = IntegrationRequest::new(cart(100));
    let request = UpdateCustomerSessionV2::new("cart-1", request);
    let refusal = refusal(world.stranger().update_customer_session_v2(request).await);

    assert_eq!(refusal.status(), 401);
    assert_eq!(world.probe().session("cart-1"), None);
}
