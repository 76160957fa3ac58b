//! Wrong keys, which every operation refuses.

use talon_core::{for_each_operation, operations};
use talon_samples::Sample;

use crate::prelude::*;
use crate::{Case, Role};

macro_rules! list {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        pub(crate) static CASES: &[Case] = &[ $(
            Case {
                module: crate::suite::module(module_path!()),
                name: concat!(stringify!($method), "_needs_a_key"),
                operation: operations::$request::INFO.id,
                role: Role::Refused(401),
                body: |worlds| Box::pin(is_refused_without_a_key::<operations::$request>(worlds)),
            },
            Case {
                module: crate::suite::module(module_path!()),
                name: concat!(stringify!($method), "_changes_nothing_without_a_key"),
                operation: operations::$request::INFO.id,
                role: Role::Detail,
                body: |worlds| Box::pin(changes_nothing_without_a_key::<operations::$request>(worlds)),
            },
        )+ ];
    };
}
for_each_operation!(list);

/// Asserts that the call is refused because of its key.
async fn is_refused_without_a_key<O: Sample>(worlds: Worlds) {
    let world = worlds.empty().await;

    let error = O::sample("SUMMER10").call(world.wrong_key()).await.expect_err("the key is wrong");

    assert!(error.is_unauthorized());
    assert_eq!(error.operation(), Some(O::INFO.id));
    assert_eq!(refusal(Err::<(), _>(error)).message(), "Unauthorized - Invalid API key");
}

async fn changes_nothing_without_a_key<O: Sample>(worlds: Worlds) {
    let seed = Seed::demo().profile("SUMMER10", Attributes::new());
    let world = worlds.with(seed).await;
    let before = world.probe().snapshot();

    let refused = O::sample("SUMMER10").call(world.wrong_key()).await;

    assert_eq!(refusal(refused).status(), 401);
    assert_eq!(before.diff(&world.probe().snapshot()), [""; 0]);
}
