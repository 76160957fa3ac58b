//! Ids and codes with characters that have a meaning in URLs, in every operation.

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

/// Ids that change the URL if they are not encoded correctly; with the minimum
/// length of a code.
pub(super) const SPECIAL_IDS: [&str; 20] = [
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

/// Ids that a URL cannot contain: they change the path.
const IMPOSSIBLE: [&str; 3] = ["", ".", ".."];

/// The demo world with a profile and a coupon for each of these ids.
fn with_special_ids() -> Seed {
    let campaign =
        SPECIAL_IDS.iter().fold(Campaign::new("Awkward"), |campaign, id| campaign.coupon(*id));
    let seed = Seed::demo().campaign(campaign);
    SPECIAL_IDS.iter().fold(seed, |seed, id| seed.profile(*id, Attributes::new()))
}

async fn accepts_any_id<O: Sample>(worlds: Worlds) {
    let world = worlds.with(with_special_ids()).await;

    for id in SPECIAL_IDS {
        // Some operations have a number in their path, and succeed once.
        world.probe().reset();
        O::prepare(&*world.api, id).await.expect("what the sample needs");

        let reply = O::sample(id).call(&*world.api).await;

        assert!(reply.is_ok(), "{id}: {reply:?}");
        let arrived = world.probe().calls::<O>().pop().expect("it was recorded");
        assert_eq!(arrived.request, O::sample(id));
    }
}

/// Whether the path of a sample contains the id.
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
