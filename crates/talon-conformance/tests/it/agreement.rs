//! Every world refuses in the same words.

use std::collections::BTreeSet;

use talon_conformance::{World, refused_requests};
use talon_core::{Error, OPERATIONS};

use crate::{direct, loopback, over_hyper, over_reqwest};

/// What a caller can tell of an error, whoever raised it.
fn told(error: &Error) -> impl PartialEq + std::fmt::Debug {
    let refusal = error.api().cloned();
    (error.operation(), error.kind(), refusal, error.to_string(), error.may_have_been_applied())
}

async fn worlds() -> [(&'static str, World); 3] {
    let seed = || refused_requests().0;
    [
        ("loopback", loopback::world(seed()).await),
        ("over hyper", over_hyper::world(seed()).await),
        ("over reqwest", over_reqwest::world(seed()).await),
    ]
}

#[tokio::test]
async fn refusals_are_equal_in_every_world() {
    let (seed, requests) = refused_requests();
    let direct = direct::world(seed).await;
    let worlds = worlds().await;

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
