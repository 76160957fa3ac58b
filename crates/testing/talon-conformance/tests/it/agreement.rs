//! All implementations refuse with the same message.

use std::time::Duration;

use talon_conformance::implementations::{direct, loopback, over_hyper, over_reqwest};
use talon_conformance::{Seed, World, refusing_world};
use talon_core::api::Call;
use talon_core::prelude::*;
use talon_core::{ApiError, Problem, for_each_operation, operations};
use talon_fake::Fault;
use talon_samples::Sample;

/// The parts of an error that must be equal in all implementations.
fn properties(error: &Error) -> impl PartialEq + std::fmt::Debug + use<> {
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

async fn assert_refusals_are_equal<O: Sample>() {
    let requests = O::refused();
    assert!(!requests.is_empty(), "{} has no sample of a refusal", O::INFO.id);
    let direct = direct().open(refusing_world()).await;
    let worlds = worlds(refusing_world).await;
    for request in requests {
        let expected = request.clone().call(&*direct.api).await.expect_err("it is refused");
        for (name, world) in &worlds {
            let error = request.clone().call(&*world.api).await.expect_err("it is refused");

            assert_eq!(properties(&error), properties(&expected), "{name}: {request:?}");
        }
    }
}

/// All faults except a delay, which is no error.
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

/// The error of each fault, and the number of attempts.
async fn errors_of_faults<O: Call>(world: &World, request: &O) -> Vec<String> {
    let mut all = Vec::new();
    for fault in faults() {
        world.probe().reset();
        world.faults().next::<O>(fault.clone());
        let error = request.clone().call(&*world.api).await.expect_err("the fault applies");
        world.faults().assert_used();
        all.push(format!("{fault}: {:?}, sent {} times", properties(&error), error.attempts()));
    }
    all
}

async fn assert_faults_are_equal<O: Sample>() {
    let seed = || Seed::demo().profile("SUMMER10", Attributes::new());
    let request = O::sample("SUMMER10");
    let direct = direct().open(seed()).await;
    let expected = errors_of_faults(&direct, &request).await;
    for (name, world) in worlds(seed).await {
        assert_eq!(errors_of_faults(&world, &request).await, expected, "{name}");
    }
}

macro_rules! every_operation {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        mod refusals_are_equal {
            $( #[tokio::test] async fn $method() {
                super::assert_refusals_are_equal::<super::operations::$request>().await;
            } )+
        }

        mod faults_are_equal {
            $( #[tokio::test] async fn $method() {
                super::assert_faults_are_equal::<super::operations::$request>().await;
            } )+
        }
    };
}
for_each_operation!(every_operation);
