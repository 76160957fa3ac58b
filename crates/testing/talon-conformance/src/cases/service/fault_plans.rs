//! Fault rules: the calls that they apply to, and their usage.

use talon_fake::{Fault, FaultUsage};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_fault_applies_only_to_the_next_call,
        detail a_fault_applies_to_a_number_of_calls,
        detail a_fault_applies_to_every_nth_call,
        detail a_fault_applies_with_a_reproducible_probability,
        detail a_fault_applies_to_matching_requests,
        detail an_unused_fault_is_reported,
    }
    "updateCustomerProfileV2" {
        detail a_fault_of_one_operation_does_not_apply_to_others,
    }
}

fn touch(session: &str) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(session, cart(100).profile("anna"))
}

/// The numbers of the calls that fail.
async fn failures(world: &World, calls: usize) -> Vec<usize> {
    let mut failed = Vec::new();
    for call in 1..=calls {
        if world.api.update_customer_session_v2(touch("cart-1")).await.is_err() {
            failed.push(call);
        }
    }
    failed
}

async fn a_fault_applies_only_to_the_next_call(worlds: Worlds) {
    let world = worlds.empty().await;
    world.faults().next::<UpdateCustomerSessionV2>(Fault::status(500));

    assert_eq!(failures(&world, 3).await, [1]);
}

async fn a_fault_applies_to_a_number_of_calls(worlds: Worlds) {
    let world = worlds.empty().await;
    world.faults().next::<UpdateCustomerSessionV2>(Fault::drop_connection()).times(2);

    assert_eq!(failures(&world, 4).await, [1, 2]);
}

async fn a_fault_applies_to_every_nth_call(worlds: Worlds) {
    let world = worlds.empty().await;
    world.faults().on_any(Fault::status(500)).every(3);

    assert_eq!(failures(&world, 10).await, [3, 6, 9]);
}

async fn a_fault_applies_with_a_reproducible_probability(worlds: Worlds) {
    let plan = |world: &World| {
        world.faults().on_any(Fault::status(500)).with_probability(0.5, 42);
    };
    let (one, other) = (worlds.empty().await, worlds.empty().await);
    plan(&one);
    plan(&other);

    let failed = failures(&one, 20).await;

    assert!((1..20).contains(&failed.len()), "{failed:?}");
    assert_eq!(failures(&other, 20).await, failed);
    assert_eq!(one.faults().planned()[0].injected, u64::try_from(failed.len()).expect("a few"));
}

async fn a_fault_applies_to_matching_requests(worlds: Worlds) {
    let world = worlds.empty().await;
    let faults = world.faults();
    faults
        .next::<UpdateCustomerSessionV2>(Fault::status(500))
        .when(|request| request.session_id == "cart-2");

    let first = world.api.update_customer_session_v2(touch("cart-1")).await;
    let second = world.api.update_customer_session_v2(touch("cart-2")).await;

    assert!(first.is_ok() && second.is_err());
}

async fn an_unused_fault_is_reported(worlds: Worlds) {
    let world = worlds.empty().await;
    let faults = world.faults();
    faults.next::<UpdateCustomerSessionV2>(Fault::status(500)).times(2);
    faults.next::<TrackEvent>(Fault::lose_reply());
    failures(&world, 1).await;

    let unused: Vec<_> = faults.unused().iter().map(FaultUsage::to_string).collect();

    assert_eq!(
        unused,
        [
            "status 500 on updateCustomerSessionV2: injected 1 of 2, calls seen: 1",
            "lose_reply on trackEvent: injected 0 of 1, calls seen: 0",
        ]
    );
}

async fn a_fault_of_one_operation_does_not_apply_to_others(worlds: Worlds) {
    let world = worlds.empty().await;
    world.faults().next::<UpdateCustomerProfileV2>(Fault::status(500));

    let unaffected = failures(&world, 1).await;
    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let refused = world.api.update_customer_profile_v2(request).await;

    assert!(unaffected.is_empty());
    assert_eq!(refusal(refused).status(), 500);
}
