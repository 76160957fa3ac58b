//! Every world refuses in the same words.

use std::collections::BTreeSet;
use std::time::Duration;

use talon_conformance::implementations::{direct, loopback, over_hyper, over_reqwest};
use talon_conformance::{Seed, World, refused_requests};
use talon_core::api::Call;
use talon_core::prelude::*;
use talon_core::{ApiError, OPERATIONS, Problem};
use talon_fake::Fault;

/// What a caller can tell of an error, whoever raised it.
fn told(error: &Error) -> impl PartialEq + std::fmt::Debug + use<> {
    let refusal = error.api().cloned();
    (error.operation(), error.kind(), refusal, error.to_string(), error.may_have_been_applied())
}

async fn worlds(seed: impl Fn() -> Seed) -> [(&'static str, World); 3] {
    [
        ("loopback", loopback().open(seed()).await),
        ("over hyper", over_hyper().open(seed()).await),
        ("over reqwest", over_reqwest().open(seed()).await),
    ]
}

#[tokio::test]
async fn refusals_are_equal_in_every_world() {
    let (seed, requests) = refused_requests();
    let direct = direct().open(seed).await;
    let worlds = worlds(|| refused_requests().0).await;

    for request in requests {
        let expected = request.refusal(direct.api.clone()).await;
        for (name, world) in &worlds {
            let error = request.refusal(world.api.clone()).await;

            assert_eq!(told(&error), told(&expected), "{name}");
        }
    }
}

#[test]
fn every_operation_is_among_them() {
    let refused: BTreeSet<_> =
        refused_requests().1.iter().map(|request| request.operation).collect();

    assert!(refused.into_iter().eq(OPERATIONS.iter().map(|operation| operation.id)));
}

/// Everything but a delay, which breaks nothing.
fn faults() -> Vec<Fault> {
    let refusal = ApiError::invalid(Problem::at("/x", "Unknown", "no such member"));
    let statuses = [400, 401, 403, 404, 409, 429, 500, 501, 502, 503, 504, 599];
    let mut faults: Vec<_> = statuses.into_iter().map(Fault::status).collect();
    faults.extend([
        Fault::api_error(refusal),
        Fault::conflict(),
        Fault::too_many_requests(Duration::from_secs(2)),
        Fault::drop_connection(),
        Fault::lose_reply(),
        Fault::truncated_body(),
        Fault::garbled_body(),
    ]);
    faults
}

/// What a caller is told of each fault, with how often the request was sent.
async fn told_of_faults<O: Call>(world: &World, request: &O) -> Vec<String> {
    let mut all = Vec::new();
    for fault in faults() {
        world.probe().reset();
        world.faults().next::<O>(fault.clone());
        let error = request.clone().call(&*world.api).await.expect_err("it meets the fault");
        world.faults().assert_used();
        all.push(format!("{fault}: {:?}, sent {} times", told(&error), error.attempts()));
    }
    all
}

async fn assert_faults_are_equal<O: Call>(request: O) {
    let seed = || Seed::demo().profile("anna", Attributes::new());
    let direct = direct().open(seed()).await;
    let expected = told_of_faults(&direct, &request).await;
    for (name, world) in worlds(seed).await {
        assert_eq!(told_of_faults(&world, &request).await, expected, "{name}");
    }
}

#[tokio::test]
async fn faults_of_sessions_are_equal_in_every_world() {
    let paid = NewCustomerSessionV2::default().profile("anna").state(SessionState::Closed);
    let request = UpdateCustomerSessionV2::new("cart-1", IntegrationRequest::new(paid));
    assert_faults_are_equal(request).await;
    let session = NewCustomerSession::default();
    assert_faults_are_equal(UpdateCustomerSession::new("cart-1", session)).await;
    assert_faults_are_equal(TrackEvent::new(NewEvent::new("shared_link", "cart-1"))).await;
}

#[tokio::test]
async fn faults_of_profiles_are_equal_in_every_world() {
    let profile = NewCustomerProfile::default();
    assert_faults_are_equal(UpdateCustomerProfile::new("anna", profile.clone())).await;
    assert_faults_are_equal(UpdateCustomerProfileV2::new("anna", profile)).await;
    assert_faults_are_equal(GetCustomerInventory::new("anna")).await;
    assert_faults_are_equal(DeleteCustomerData::new("anna")).await;
}

#[tokio::test]
async fn faults_of_codes_are_equal_in_every_world() {
    let anna = CouponReservations::new(["anna"]);
    assert_faults_are_equal(CreateReferral::new(NewReferral::new(1, "anna"))).await;
    assert_faults_are_equal(CreateCouponReservation::new("SUMMER10", anna.clone())).await;
    assert_faults_are_equal(DeleteCouponReservation::new("SUMMER10", anna)).await;
    assert_faults_are_equal(GetReservedCustomers::new("SUMMER10")).await;
}
