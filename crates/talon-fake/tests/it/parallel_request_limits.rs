//! Limits of parallel requests for a session or profile.

use std::time::Duration;

use talon_core::prelude::*;
use talon_fake::{Fake, Fault};
use tokio::task::{JoinSet, yield_now};

use crate::shop::{profile, update, world};

/// Starts as many calls, each of which takes a minute, and lets them get under way.
async fn start(talon: &Fake, session: &str, calls: usize) -> JoinSet<talon_core::Result<()>> {
    let minute = Fault::delay(Duration::from_secs(60));
    talon.faults().next::<UpdateCustomerSessionV2>(minute).times(calls.try_into().expect("a few"));
    let mut under_way = JoinSet::new();
    for _ in 0..calls {
        let (talon, request) = (talon.clone(), update(session));
        under_way.spawn(async move { talon.update_customer_session_v2(request).await.map(drop) });
    }
    while talon.calls::<UpdateCustomerSessionV2>().len() < calls {
        yield_now().await;
    }
    under_way
}

#[tokio::test(start_paused = true)]
async fn the_fourth_request_for_a_session_is_a_conflict() {
    let talon = Fake::new(world().parallel_requests(3)).unwrap();
    let under_way = start(&talon, "cart-1", 3).await;

    let error = talon.update_customer_session_v2(update("cart-1")).await.unwrap_err();

    assert!(error.is_conflict());
    assert_eq!(talon.calls::<UpdateCustomerSessionV2>()[3].refusal(), error.api());
    assert!(under_way.join_all().await.iter().all(Result::is_ok));
    talon.update_customer_session_v2(update("cart-1")).await.expect("there is a place again");
}

#[tokio::test(start_paused = true)]
async fn requests_for_the_same_profile_count_too_and_others_do_not() {
    let talon = Fake::new(world().parallel_requests(3)).unwrap();
    let _under_way = start(&talon, "cart-1", 3).await;

    let same = talon.update_customer_profile_v2(profile("anna")).await.unwrap_err();
    let other = talon.update_customer_profile_v2(profile("ben")).await;

    assert!(same.is_conflict());
    assert!(other.is_ok());
}

#[tokio::test(start_paused = true)]
async fn parallel_requests_are_unlimited_by_default() {
    let talon = Fake::new(world()).unwrap();
    let _under_way = start(&talon, "cart-1", 10).await;

    talon.update_customer_session_v2(update("cart-1")).await.expect("no limit");
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_call_releases_its_permit() {
    let talon = Fake::new(world().parallel_requests(1)).unwrap();
    let mut under_way = start(&talon, "cart-1", 1).await;

    under_way.shutdown().await;

    talon.update_customer_session_v2(update("cart-1")).await.expect("there is a place again");
}

#[tokio::test]
async fn a_panic_in_a_rule_releases_the_permit_and_changes_nothing() {
    use talon_fake::Campaign;
    use talon_fake::rules::{Condition, Reward, Rule};
    let rule = Rule::new("breaks")
        .when(Condition::check(|facts| {
            assert!(facts.session.integration_id != "cart-1", "no such cart");
            false
        }))
        .then(Reward::compute(|_| Vec::new()));
    let world = world().parallel_requests(1).campaign(Campaign::new("Broken").rule(rule));
    let talon = Fake::new(world).unwrap();

    let call = tokio::spawn({
        let talon = talon.clone();
        async move { talon.update_customer_session_v2(update("cart-1")).await }
    });

    assert!(call.await.is_err_and(|error| error.is_panic()));
    assert_eq!(talon.session("cart-1"), None);
    talon.update_customer_session_v2(update("cart-2")).await.expect("the place is free again");
}
