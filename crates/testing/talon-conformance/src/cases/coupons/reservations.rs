//! Reservations of coupons.

use crate::prelude::*;

cases! {
    "createCouponReservation" {
        success a_reservation_returns_the_coupon,
        surprise reserving_again_changes_nothing,
        surprise a_soft_reservation_does_not_reject_other_profiles,
        detail an_unknown_profile_is_created,
        detail a_reservation_is_in_the_inventory,
        surprise a_coupon_may_have_the_code_customerprofiles,
        refused(400) a_coupon_with_a_recipient_cannot_be_reserved,
        refused(400) an_expired_coupon_cannot_be_reserved,
        refused(400) a_used_up_coupon_cannot_be_reserved,
        refused(400) more_than_a_thousand_profiles_are_refused,
        refused(400) a_profile_needs_an_id,
        refused(404) an_unknown_coupon_cannot_be_reserved,
    }
    "deleteCouponReservation" {
        success a_reservation_is_removed,
        surprise profiles_without_a_reservation_are_ignored,
        detail reservations_of_other_profiles_stay,
        detail a_hard_reservation_ends_with_its_removal,
        refused(400) an_empty_profile_is_refused,
        refused(404) removing_a_reservation_of_an_unknown_coupon_is_refused,
    }
    "getReservedCustomers" {
        success holders_are_listed_with_their_profiles,
        surprise a_coupon_without_reservations_has_an_empty_list,
        refused(400) a_code_of_1001_characters_is_refused,
        refused(404) an_unknown_coupon_has_no_holders,
    }
}

const CODE: &str = "SUMMER10";

fn reservations(profiles: &[&str]) -> CouponReservations {
    CouponReservations::new(profiles.iter().copied())
}

async fn refused(world: &World, code: &str, profiles: &[&str]) -> ApiError {
    let request = CreateCouponReservation::new(code, reservations(profiles));
    refusal(world.api.create_coupon_reservation(request).await)
}

async fn remove(world: &World, code: &str, profiles: &[&str]) -> talon_core::Result<()> {
    let request = DeleteCouponReservation::new(code, reservations(profiles));
    world.api.delete_coupon_reservation(request).await
}

async fn holders(world: &World, code: &str) -> Vec<String> {
    let reply = world.api.get_reserved_customers(GetReservedCustomers::new(code)).await;
    let data = reply.expect("the coupon is there").data;
    data.into_iter().map(|profile| profile.integration_id.into_string()).collect()
}

fn assert_not_reservable(refusal: &ApiError, details: &str) {
    let details = format!("cannot be reserved: {details}");
    let problem = Problem::parameter("couponValue", "Invalid", details);
    assert_eq!(refusal, &ApiError::invalid(problem).with_status_code());
}

fn assert_no_coupon(refusal: &ApiError) {
    assert_eq!(refusal.status(), 404);
    assert_eq!(refusal.message(), "Not found: no such coupon");
}

async fn a_reservation_returns_the_coupon(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let coupon = world.reserve(CODE, &["anna", "bert"]).await;

    assert_eq!(coupon.value, CODE);
    assert_eq!(coupon.campaign_id, seed::campaign_id());
    assert_eq!(coupon.reservation_counter, Some(2.into()));
    assert_eq!(coupon.usage_counter, 0);
    assert_eq!(world.probe().coupon(CODE), Some(coupon));
}

async fn reserving_again_changes_nothing(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    let first = world.reserve(CODE, &["anna"]).await;

    let second = world.reserve(CODE, &["anna", "anna"]).await;

    assert_eq!(second, first);
    assert_eq!(holders(&world, CODE).await, ["anna"]);
}

async fn a_soft_reservation_does_not_reject_other_profiles(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.reserve(CODE, &["anna"]).await;

    let reply = world.put("cart-1", cart(100).profile("bert").coupon_codes([CODE])).await;

    assert_eq!(reply.accepted(), [CODE]);
}

async fn an_unknown_profile_is_created(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    world.reserve(CODE, &["anna"]).await;

    assert!(world.probe().profile("anna").is_some());
}

async fn a_reservation_is_in_the_inventory(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.reserve(CODE, &["anna"]).await;

    let request = GetCustomerInventory::new("anna").coupons(true);
    let reply = world.api.get_customer_inventory(request).await.expect("Anna is known");

    assert_eq!(reply.coupons.expect("asked for")[0].value, CODE);
}

async fn a_coupon_may_have_the_code_customerprofiles(worlds: Worlds) {
    let world = worlds.with(seed::coupon("customerprofiles")).await;

    let coupon = world.reserve("customerprofiles", &["anna", "bert"]).await;
    let removed = remove(&world, "customerprofiles", &["anna"]).await;

    assert_eq!(coupon.value, "customerprofiles");
    removed.expect("the coupon is there");
    assert_eq!(holders(&world, "customerprofiles").await, ["bert"]);
}

async fn a_coupon_with_a_recipient_cannot_be_reserved(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new(CODE).recipient("anna"))).await;

    let refusal = refused(&world, CODE, &["anna"]).await;

    assert_not_reservable(&refusal, "the coupon was made for one recipient");
}

async fn an_expired_coupon_cannot_be_reserved(worlds: Worlds) {
    let expired = seed::Coupon::new(CODE).expires(at("2025-01-01T00:00:00Z"));
    let world = worlds.with(seed::coupon(expired)).await;

    let refusal = refused(&world, CODE, &["anna"]).await;

    assert_not_reservable(&refusal, "the coupon has expired");
}

async fn a_used_up_coupon_cannot_be_reserved(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new(CODE).usage_limit(1))).await;
    world.put("cart-1", cart(1).coupon_codes([CODE]).state(SessionState::Closed)).await;

    let refusal = refused(&world, CODE, &["anna"]).await;

    assert_not_reservable(&refusal, "the coupon is used up");
}

async fn more_than_a_thousand_profiles_are_refused(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let refusal = refused(&world, CODE, &["anna"; 1001]).await;

    assert_eq!(refusal.problems()[0].title, "maxItems");
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/integrationIDs"));
}

async fn a_profile_needs_an_id(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let refusal = refused(&world, CODE, &["anna", ""]).await;

    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/integrationIDs/1"));
    assert!(holders(&world, CODE).await.is_empty());
}

async fn an_unknown_coupon_cannot_be_reserved(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let refusal = refused(&world, "NOBODY", &["anna"]).await;

    assert_no_coupon(&refusal);
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_reservation_is_removed(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.reserve(CODE, &["anna"]).await;

    remove(&world, CODE, &["anna"]).await.expect("the coupon is there");

    assert!(holders(&world, CODE).await.is_empty());
    let coupon = world.probe().coupon(CODE).expect("seeded");
    assert_eq!(coupon.reservation_counter, Some(Amount::ZERO));
}

async fn profiles_without_a_reservation_are_ignored(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.reserve(CODE, &["anna"]).await;

    remove(&world, CODE, &["nobody"]).await.expect("the coupon is there");

    assert_eq!(holders(&world, CODE).await, ["anna"]);
    assert_eq!(world.probe().profile("nobody"), None);
}

async fn reservations_of_other_profiles_stay(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.reserve(CODE, &["anna", "bert"]).await;

    remove(&world, CODE, &["anna"]).await.expect("the coupon is there");

    assert_eq!(holders(&world, CODE).await, ["bert"]);
}

async fn a_hard_reservation_ends_with_its_removal(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new(CODE).mandatory_reservation())).await;
    world.reserve(CODE, &["anna"]).await;

    remove(&world, CODE, &["anna"]).await.expect("the coupon is there");
    let reply = world.put("cart-1", cart(100).profile("anna").coupon_codes([CODE])).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponReservationRequired);
}

async fn an_empty_profile_is_refused(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let refusal = refusal(remove(&world, CODE, &[""]).await);

    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/integrationIDs/0"));
}

async fn removing_a_reservation_of_an_unknown_coupon_is_refused(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let refusal = refusal(remove(&world, "NOBODY", &["anna"]).await);

    assert_no_coupon(&refusal);
}

async fn holders_are_listed_with_their_profiles(worlds: Worlds) {
    let seed = seed::summer().profile("anna", Attributes::new().with("City", "Berlin"));
    let world = worlds.with(seed).await;
    world.reserve(CODE, &["bert", "anna"]).await;

    let request = GetReservedCustomers::new(CODE);
    let reply = world.api.get_reserved_customers(request).await.expect("the coupon is there");

    assert_eq!(reply.total_result_size, 2);
    let stored = ["anna", "bert"].map(|id| world.probe().profile(id).expect("created"));
    assert_eq!(reply.data, stored);
}

async fn a_coupon_without_reservations_has_an_empty_list(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let request = GetReservedCustomers::new(CODE);
    let reply = world.api.get_reserved_customers(request).await.expect("the coupon is there");

    assert_eq!(reply, ReservedCustomers::default());
}

async fn a_code_of_1001_characters_is_refused(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let request = GetReservedCustomers::new("A".repeat(1001));
    let refusal = refusal(world.api.get_reserved_customers(request).await);

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.parameter.as_deref(), Some("couponValue"));
}

async fn an_unknown_coupon_has_no_holders(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let request = GetReservedCustomers::new("NOBODY");
    let refusal = refusal(world.api.get_reserved_customers(request).await);

    assert_no_coupon(&refusal);
}
