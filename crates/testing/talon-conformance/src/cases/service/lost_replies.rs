//! Lost replies: the change is stored.

use std::fmt::Debug;

use talon_fake::Fault;

use crate::prelude::*;

cases! {
    "updateCustomerProfile" { surprise an_update_of_a_profile_with_a_lost_reply_is_stored, }
    "updateCustomerSession" { surprise an_update_of_a_session_with_a_lost_reply_is_stored, }
    "trackEvent" { surprise an_event_with_a_lost_reply_is_stored, }
    "createReferral" { surprise a_referral_with_a_lost_reply_is_created, }
    "createCouponReservation" { surprise a_reservation_with_a_lost_reply_is_created, }
    "deleteCouponReservation" { surprise a_deletion_of_a_reservation_with_a_lost_reply_is_done, }
    "deleteCustomerData" { surprise an_erasure_with_a_lost_reply_is_done, }
    "returnCartItems" { surprise a_repeated_return_with_a_lost_reply_returns_a_second_unit, }
    "reopenCustomerSession" { surprise a_session_with_a_lost_reply_is_reopened, }
    "updateCustomerProfilesV2" { detail a_batch_of_profiles_with_a_lost_reply_is_stored, }
    "trackEventV2" { surprise a_repeated_event_of_v2_is_stored_twice, }
    "trackEventV3" { surprise a_repeated_event_of_v3_is_stored_once, }
    "createReferralsForMultipleAdvocates" {
        surprise referrals_with_a_lost_reply_are_created,
    }
    "getCustomerInventory" { detail a_read_of_an_inventory_with_a_lost_reply_changes_nothing, }
    "getReservedCustomers" { detail a_read_of_a_list_with_a_lost_reply_changes_nothing, }
}

/// A world with referrals that loses the reply to the next call of `O`.
async fn losing<O: Operation>(worlds: Worlds) -> World {
    let world = worlds.with(seed::friends().campaign(Campaign::new("C").coupon("SUMMER10"))).await;
    world.faults().next::<O>(Fault::lose_reply());
    world
}

/// Asserts that the reply of a change was lost.
#[track_caller]
fn assert_lost<R: Debug>(result: Result<R, Error>) {
    let error = result.expect_err("the reply is lost");
    assert_eq!((error.kind(), error.may_have_been_applied()), (ErrorKind::Interrupted, true));
}

/// The number of reservations of the coupon.
async fn holders(world: &World) -> usize {
    let request = GetReservedCustomers::new("SUMMER10");
    world.api.get_reserved_customers(request).await.expect("known").data.len()
}

async fn an_update_of_a_profile_with_a_lost_reply_is_stored(worlds: Worlds) {
    let world = losing::<UpdateCustomerProfile>(worlds).await;

    let request = UpdateCustomerProfile::new("bert", NewCustomerProfile::default());
    assert_lost(world.api.update_customer_profile(request).await);

    assert!(world.probe().profile("bert").is_some());
}

async fn an_update_of_a_session_with_a_lost_reply_is_stored(worlds: Worlds) {
    let world = losing::<UpdateCustomerSession>(worlds).await;

    let request = UpdateCustomerSession::new("cart-1", NewCustomerSession::default());
    assert_lost(world.api.update_customer_session(request).await);

    assert!(world.probe().session("cart-1").is_some());
}

async fn an_event_with_a_lost_reply_is_stored(worlds: Worlds) {
    let world = losing::<TrackEvent>(worlds).await;

    let event = NewEvent::new("shared", "cart-1").profile("bert");
    assert_lost(world.api.track_event(TrackEvent::new(event)).await);

    assert!(world.probe().session("cart-1").is_some() && world.probe().profile("bert").is_some());
}

async fn a_referral_with_a_lost_reply_is_created(worlds: Worlds) {
    let world = losing::<CreateReferral>(worlds).await;

    let order = NewReferral::new(seed::CAMPAIGN, "dora");
    assert_lost(world.api.create_referral(CreateReferral::new(order)).await);

    let inventory = GetCustomerInventory::new("dora").referrals(true);
    let inventory = world.api.get_customer_inventory(inventory).await.expect("created with it");
    assert_eq!(inventory.referrals.map(|referrals| referrals.len()), Some(1));
}

async fn a_reservation_with_a_lost_reply_is_created(worlds: Worlds) {
    let world = losing::<CreateCouponReservation>(worlds).await;

    let request = CreateCouponReservation::new("SUMMER10", ["bert"]);
    assert_lost(world.api.create_coupon_reservation(request).await);

    assert_eq!(holders(&world).await, 1);
}

async fn a_deletion_of_a_reservation_with_a_lost_reply_is_done(worlds: Worlds) {
    let world = losing::<DeleteCouponReservation>(worlds).await;
    world.reserve("SUMMER10", &["bert"]).await;

    let request = DeleteCouponReservation::new("SUMMER10", ["bert"]);
    assert_lost(world.api.delete_coupon_reservation(request).await);

    assert_eq!(holders(&world).await, 0);
}

async fn an_erasure_with_a_lost_reply_is_done(worlds: Worlds) {
    let world = losing::<DeleteCustomerData>(worlds).await;
    world.put_profile("anna", Attributes::new().with("City", "Berlin")).await;

    assert_lost(world.api.delete_customer_data(DeleteCustomerData::new("anna")).await);

    assert!(world.probe().profile("anna").expect("it stays").attributes.is_empty());
}

/// Closes a session with two units.
async fn bought(world: &World) {
    world.put("cart-1", closed().cart_items([CartItem::new("SHIRT", 2).price(20)])).await;
}

/// Only the client that retries it sends the same `Idempotency-Key` again.
async fn a_repeated_return_with_a_lost_reply_returns_a_second_unit(worlds: Worlds) {
    let world = losing::<ReturnCartItems>(worlds).await;
    bought(&world).await;
    let one = || returning("cart-1", [ReturnedCartItem::at(0).quantity(1)]);

    assert_lost(world.api.return_cart_items(one()).await);
    let repeated = world.api.return_cart_items(one()).await.expect("a unit is left");

    assert_eq!(repeated.previous_returns.as_ref().map(Vec::len), Some(1));
    assert_eq!(repeated.session().cart_items[0].remaining_quantity, Some(0));
}

async fn a_session_with_a_lost_reply_is_reopened(worlds: Worlds) {
    let world = losing::<ReopenCustomerSession>(worlds).await;
    bought(&world).await;
    let reopen = || ReopenCustomerSession::new("cart-1");

    assert_lost(world.api.reopen_customer_session(reopen()).await);
    let repeated = world.api.reopen_customer_session(reopen()).await;

    assert_eq!(world.probe().session("cart-1").expect("stored").state, SessionState::Open);
    assert_eq!(refusal(repeated).status(), 400);
}

async fn a_batch_of_profiles_with_a_lost_reply_is_stored(worlds: Worlds) {
    let world = losing::<UpdateCustomerProfilesV2>(worlds).await;

    let batch = CustomerProfileBatch::new([CustomerProfileBatchItem::new("bert")]);
    let lost = world.api.update_customer_profiles_v2(UpdateCustomerProfilesV2::new(batch)).await;

    assert_lost(lost);
    assert!(world.probe().profile("bert").is_some());
}

/// Points for each event, whose reply is lost.
async fn points_for_events<O: Operation>(worlds: Worlds) -> World {
    let points =
        Rule::new("Points").when(Condition::event("shared")).then(Reward::add_loyalty_points(1, 5));
    let campaign = Campaign::new("Points").advanced_events().rule(points);
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(1)).campaign(campaign);
    let world = worlds.with(seed).await;
    world.faults().next::<O>(Fault::lose_reply());
    world
}

async fn a_repeated_event_of_v2_is_stored_twice(worlds: Worlds) {
    let world = points_for_events::<TrackEventV2>(worlds).await;
    let request = || TrackEventV2::new(NewEventV2::new("shared", "bert"));

    assert_lost(world.api.track_event_v2(request()).await);
    world.api.track_event_v2(request()).await.expect("it is another event");

    assert_eq!(world.probe().points("bert", 1), 10.into());
}

/// BEHAVIOUR-today 4.2: its id makes it safe to repeat.
async fn a_repeated_event_of_v3_is_stored_once(worlds: Worlds) {
    let world = points_for_events::<TrackEventV3>(worlds).await;
    let request = || TrackEventV3::new(NewEventV3::new("e-1", "shared", "bert"));

    assert_lost(world.api.track_event_v3(request()).await);
    let repeated = world.api.track_event_v3(request()).await;

    assert_eq!(refusal(repeated).status(), 409);
    assert_eq!(world.probe().points("bert", 1), 5.into());
}

async fn referrals_with_a_lost_reply_are_created(worlds: Worlds) {
    let world = losing::<CreateReferralsForMultipleAdvocates>(worlds).await;

    let batch = NewReferralBatch::new(seed::CAMPAIGN, ["dora", "emil"]);
    let request = CreateReferralsForMultipleAdvocates::new(batch);
    assert_lost(world.api.create_referrals_for_multiple_advocates(request).await);

    for advocate in ["dora", "emil"] {
        let inventory = GetCustomerInventory::new(advocate).referrals(true);
        let inventory = world.api.get_customer_inventory(inventory).await.expect("created");
        assert_eq!(inventory.referrals.map(|referrals| referrals.len()), Some(1));
    }
}

async fn a_read_of_an_inventory_with_a_lost_reply_changes_nothing(worlds: Worlds) {
    let world = losing::<GetCustomerInventory>(worlds).await;

    let error = world.api.get_customer_inventory(GetCustomerInventory::new("anna")).await;

    assert!(!error.expect_err("the reply is lost").may_have_been_applied());
}

async fn a_read_of_a_list_with_a_lost_reply_changes_nothing(worlds: Worlds) {
    let world = losing::<GetReservedCustomers>(worlds).await;

    let error = world.api.get_reserved_customers(GetReservedCustomers::new("SUMMER10")).await;

    assert!(!error.expect_err("the reply is lost").may_have_been_applied());
}
