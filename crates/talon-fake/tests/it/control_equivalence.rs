//! Each route of the control API has the same effect as a method of the Rust API.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_fake::world::LedgerEntry;
use talon_fake::{
    AnyCallRecord, ControlAccess, Fake, FakeService, Fault, LoyaltyProgram, Snapshot, World,
};

use crate::http::{ask, request, send};
use crate::shop::{pay, profile, world};

mod rows;

/// A request to the control API, the words of the Rust API, and what both leave behind.
struct Pair {
    method: &'static str,
    path: &'static str,
    body: String,
    rust: &'static str,
    does: fn(&Fake) -> Value,
}

/// A body, written or as JSON.
struct Body(String);

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<Value> for Body {
    fn from(json: Value) -> Self {
        Self(json.to_string())
    }
}

fn pair(
    method: &'static str,
    path: &'static str,
    body: impl Into<Body>,
    rust: &'static str,
    does: fn(&Fake) -> Value,
) -> Pair {
    Pair { method, path, body: body.into().0, rust, does }
}

/// Every route that changes something, in the order of the README's table.
fn pairs() -> Vec<Pair> {
    world_pairs().into_iter().chain(rows::row_pairs()).collect()
}

/// Method, path and body of each of them.
pub(crate) fn requests() -> Vec<(&'static str, &'static str, String)> {
    pairs().into_iter().map(|Pair { method, path, body, .. }| (method, path, body)).collect()
}

fn world_pairs() -> Vec<Pair> {
    let advance = json!({"advance": {"days": 30}});
    let once = json!({"next": {"updateCustomerSessionV2": "loseReply"}});
    let often = json!({"onAny": {"status": 503}, "every": 3, "times": 2});
    let chance = json!({"onAny": "conflict", "withProbability": [0.5, 42]});
    vec![
        pair(
            "GET",
            "/_fake/health",
            "",
            "Worlds::all().len()",
            |_| json!({"status": "ok", "worlds": 1}),
        ),
        pair("POST", "/_fake/reset", "", "reset()", |fake| {
            fake.reset();
            Value::Null
        }),
        pair("POST", "/_fake/seed", r#"{"now": "2030-01-01T00:00:00Z"}"#, "seed(world)", |fake| {
            let application = fake.application();
            let world = World { application, ..World::new().now("2030-01-01T00:00:00Z") };
            fake.seed(world).expect("it fits");
            Value::Null
        }),
        pair("POST", "/_fake/reset", r#"{"to": "demo"}"#, "seed(World::demo())", |fake| {
            let application = fake.application();
            fake.seed(World { application, ..World::demo() }).expect("it fits");
            Value::Null
        }),
        pair(
            "GET",
            "/_fake/settings",
            "",
            "is_strict()",
            |fake| json!({"strict": fake.is_strict()}),
        ),
        pair("PUT", "/_fake/settings", r#"{"strict": true}"#, "set_strict(true)", |fake| {
            fake.set_strict(true);
            json!({"strict": fake.is_strict()})
        }),
        pair("GET", "/_fake/clock", "", "clock().now()", clock),
        pair(
            "POST",
            "/_fake/clock",
            json!({"set": "2030-01-01T00:00:00Z"}),
            "clock().set(now)",
            |fake| {
                fake.clock().set("2030-01-01T00:00:00Z");
                clock(fake)
            },
        ),
        pair("POST", "/_fake/clock", advance, "clock().advance(by)", |fake| {
            fake.clock().advance(Duration::from_secs(30 * 24 * 60 * 60));
            clock(fake)
        }),
        pair("GET", "/_fake/faults", "", "faults().planned(), unused()", faults),
        pair("POST", "/_fake/faults", once, "faults().next::<O>(fault)", |fake| {
            fake.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
            faults(fake)
        }),
        pair("POST", "/_fake/faults", often, "faults().on_any(fault).every(n).times(n)", |fake| {
            fake.faults().on_any(Fault::status(503)).every(3).times(2);
            faults(fake)
        }),
        pair("POST", "/_fake/faults", chance, "with_probability(p, seed)", |fake| {
            fake.faults().on_any(Fault::conflict()).with_probability(0.5, 42);
            faults(fake)
        }),
        pair("DELETE", "/_fake/faults", "", "faults().clear()", |fake| {
            fake.faults().clear();
            Value::Null
        }),
        pair("GET", "/_fake/calls", "", "all_calls()", |fake| calls(fake, &fake.all_calls())),
        pair("GET", "/_fake/calls?operation=updateCustomerProfileV2", "", "calls::<O>()", |fake| {
            let mut calls = fake.all_calls();
            calls.retain(|call| call.operation == Some("updateCustomerProfileV2"));
            assert_eq!(calls.len(), fake.calls::<UpdateCustomerProfileV2>().len());
            self::calls(fake, &calls)
        }),
        pair("DELETE", "/_fake/calls", "", "clear_calls()", |fake| {
            fake.clear_calls();
            Value::Null
        }),
        pair("GET", "/_fake/snapshot", "", "snapshot()", |fake| json!(fake.snapshot())),
        pair(
            "PUT",
            "/_fake/snapshot",
            json!(Snapshot::of_new_world()),
            "restore(&snapshot)",
            |fake| {
                fake.restore(&Snapshot::of_new_world()).expect("it fits");
                Value::Null
            },
        ),
    ]
}

trait OfNewWorld {
    fn of_new_world() -> Self;
}

impl OfNewWorld for Snapshot {
    fn of_new_world() -> Self {
        Fake::new(World::new()).expect("it fits").snapshot()
    }
}

fn calls(fake: &Fake, calls: &[AnyCallRecord]) -> Value {
    json!({"calls": calls, "forgotten": fake.forgotten_calls()})
}

fn clock(fake: &Fake) -> Value {
    json!({"now": fake.clock().now(), "followsSystem": fake.clock().follows_system()})
}

fn faults(fake: &Fake) -> Value {
    json!({"planned": fake.faults().planned(), "unused": fake.faults().unused()})
}

/// A fake with a past, and a fault that was met.
pub(crate) async fn used() -> Fake {
    let world = world()
        .loyalty_program(LoyaltyProgram::new(7))
        .audience(1, "Newsletter")
        .ledger_entry(LedgerEntry::new(7, "anna", 50));
    let talon = Fake::new(world).expect("it fits");
    talon.update_customer_session_v2(pay("cart-1")).await.expect("a new session");
    talon.faults().on_any(Fault::status(500));
    talon.update_customer_profile_v2(profile("anna")).await.expect_err("it meets the fault");
    talon
}

fn open(talon: &Fake) -> FakeService {
    talon.service().control(ControlAccess::open())
}

#[tokio::test]
async fn every_route_does_what_its_rust_method_does() {
    for Pair { method, path, body, rust, does } in pairs() {
        let (controlled, told) = (used().await, used().await);

        let (status, reply) = ask(&open(&controlled), method, path, &body).await;
        let expected = does(&told);

        assert!(status.is_success(), "{method} {path}: {reply}");
        assert_eq!(reply, expected, "{method} {path} and {rust}");
        assert_eq!(controlled.snapshot(), told.snapshot(), "{method} {path} and {rust}");
        assert_eq!(controlled.all_calls(), told.all_calls(), "{method} {path} and {rust}");
        assert_eq!(faults(&controlled), faults(&told), "{method} {path} and {rust}");
        assert_eq!(clock(&controlled), clock(&told), "{method} {path} and {rust}");
        assert_eq!(controlled.is_strict(), told.is_strict(), "{method} {path} and {rust}");
    }
}

#[tokio::test]
async fn the_clock_follows_the_system_by_route_and_method() {
    let (controlled, told) = (used().await, used().await);

    ask(&open(&controlled), "POST", "/_fake/clock", r#""followSystem""#).await;
    told.clock().follow_system();

    assert!(controlled.clock().follows_system() && told.clock().follows_system());
}

/// Every method and path that the control API says it has.
pub(crate) async fn routes() -> BTreeSet<(String, String)> {
    let service = open(&used().await);
    let (_, unknown) = ask(&service, "GET", "/_fake/nothing", "").await;
    let message = unknown["message"].as_str().expect("a message");
    let paths = message.split_once("has ").expect("a list").1.split(", ");
    let mut routes = BTreeSet::new();
    for path in paths {
        let refused = send(&service, request("PATCH", path, &[], "")).await;
        let allowed = refused.headers()["allow"].to_str().expect("names of methods");
        routes.extend(allowed.split(", ").map(|method| (method.to_owned(), path.to_owned())));
    }
    routes
}

#[tokio::test]
async fn every_route_has_a_rust_method_and_a_row_in_the_readme() {
    let readme = include_str!("../../README.md");
    let without_query = |path: &str| path.split('?').next().unwrap_or(path).to_owned();
    let routes = routes().await;
    let template = |path: &str| {
        let path = without_query(path);
        let fits = |template: &str| {
            let fits = |(known, given): (&str, &str)| known == given || known.starts_with('{');
            template.split('/').count() == path.split('/').count()
                && template.split('/').zip(path.split('/')).all(fits)
        };
        let known = routes.iter().find(|(_, template)| *template == path || fits(template));
        known.map_or(path.clone(), |(_, template)| template.clone())
    };

    let paired: BTreeSet<_> =
        pairs().iter().map(|pair| (pair.method.to_owned(), template(pair.path))).collect();

    assert_eq!(paired.difference(&routes).next(), None);
    // Lists and rows only show what methods of `Fake` and replies show.
    let others: Vec<_> = routes.difference(&paired).collect();
    assert!(others.iter().all(|(method, _)| method == "GET"), "{others:?}");
    for (method, path) in &routes {
        let row = format!("| `{method} {path}` |");
        assert!(readme.lines().any(|line| line.starts_with(&row)), "{row}");
    }
    for Pair { method, path, rust, .. } in pairs() {
        let row = format!("| `{method} {}` |", template(path));
        let rows: Vec<_> = readme.lines().filter(|line| line.starts_with(&row)).collect();
        assert!(rows.iter().any(|line| line.contains(rust)), "{row} {rust}: {rows:?}");
    }
}
