//! Ids and codes that mean something else in a URL, in every operation.

use talon_core::{for_each_operation, operations};
use talon_samples::Sample;

use crate::prelude::*;
use crate::{Case, Role};

macro_rules! list {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        pub(crate) static CASES: &[Case] = &[ $(
            Case {
                module: crate::suite::module(module_path!()),
                name: concat!(stringify!($method), "_takes_any_id"),
                operation: operations::$request::INFO.id,
                role: Role::Detail,
                body: |worlds| Box::pin(accepts_any_id::<operations::$request>(worlds)),
            },
            Case {
                module: crate::suite::module(module_path!()),
                name: concat!(stringify!($method), "_never_sends_another_path"),
                operation: operations::$request::INFO.id,
                role: Role::Detail,
                body: |worlds| Box::pin(never_sends_another_path::<operations::$request>(worlds)),
            },
        )+ ];
    };
}
for_each_operation!(list);

/// Ids that mean something else when they are not encoded, or encoded wrongly; as long as a code has
/// to be.
pub(super) const AWKWARD: [&str; 20] = [
    "with blanks",
    "a/b/c",
    "/lead",
    "trail/",
    "100%",
    "%2F%2F",
    "%20%20",
    "a?b=c",
    "a#b#c",
    "a+b+c",
    "a;b;c",
    "a:b:c",
    "a&b=c",
    "a\\b\\c",
    "....",
    "~user@host",
    "Zürich",
    "東京都庁",
    "🎉 party",
    "\"quoted\"",
];

/// Ids that URLs cannot carry: they would be another path.
const IMPOSSIBLE: [&str; 3] = ["", ".", ".."];

/// The demo world, in which each awkward id is a profile and a coupon as well.
fn with_awkward_ids() -> Seed {
    let campaign =
        AWKWARD.iter().fold(Campaign::new("Awkward"), |campaign, id| campaign.coupon(*id));
    let seed = Seed::demo().campaign(campaign);
    AWKWARD.iter().fold(seed, |seed, id| seed.profile(*id, Attributes::new()))
}

async fn accepts_any_id<O: Sample>(worlds: Worlds) {
    let world = worlds.with(with_awkward_ids()).await;

    for id in AWKWARD {
        O::prepare(&*world.api, id).await.expect("what the sample needs");

        let reply = O::sample(id).call(&*world.api).await;

        assert!(reply.is_ok(), "{id}: {reply:?}");
    }
    let arrived = world.probe().calls::<O>().into_iter().map(|call| call.request);
    assert!(arrived.eq(AWKWARD.map(O::sample)));
}

/// Whether the id that a sample is made with is a part of the path.
fn has_id_in_path<O: Sample>() -> bool {
    let target = |id| O::sample(id).target().expect("a valid id");
    target("a") != target("b")
}

async fn never_sends_another_path<O: Sample>(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in IMPOSSIBLE {
        let result = O::sample(id).call(&*world.api).await;

        if has_id_in_path::<O>() {
            let error = result.expect_err("no URL carries this id");
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Encode, Some(O::INFO.id)));
            assert!(error.attempts() == 0 && !error.may_have_been_applied(), "{id:?}: {error:?}");
        } else if let Err(error) = result {
            assert_eq!(error.kind(), ErrorKind::Api, "{id:?}: {error:?}");
        }
    }
}
