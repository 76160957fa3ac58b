//! What is in a world now.

use http::StatusCode;
use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::world::LedgerEntry;
use talon_fake::{Campaign, Fake, LoyaltyProgram, World};

use super::open;
use crate::http::{ask, call, send};
use crate::shop::{pay, profile, update};

/// The demo, a campaign that gives points, points to begin with, and a session that was paid.
async fn shop() -> Fake {
    let world = World::demo()
        .loyalty_program(LoyaltyProgram::new(7))
        .ledger_entry(LedgerEntry::new(7, "anna", 50))
        .campaign(
            Campaign::new("Points").coupon("TENOFF").rule(
                Rule::new("From 1000")
                    .when(Condition::cart_total(Range::at_least(1000)))
                    .then(Reward::add_loyalty_points(7, 5)),
            ),
        );
    let talon = Fake::new(world).expect("a world");
    talon.update_customer_session_v2(pay("cart-1")).await.expect("a reply");
    talon
}

async fn get(talon: &Fake, path: &str) -> Value {
    let (status, reply) = ask(&open(talon), "GET", path, "").await;
    assert_eq!(status, StatusCode::OK, "{path}: {reply}");
    reply
}

#[tokio::test]
async fn the_state_counts_rows_and_says_when_it_changes() {
    let talon = shop().await;
    let before = get(&talon, "/_fake/state").await;

    assert_eq!(before["now"], "2026-03-01T09:00:00Z");
    assert_eq!((&before["lastCall"], &before["plannedFaults"]), (&json!(1), &json!(0)));
    let counts = &before["counts"];
    for (kind, count) in [
        ("campaigns", 2),
        ("coupons", 6),
        ("profiles", 1),
        ("sessions", 1),
        ("audiences", 1),
        ("achievements", 1),
        ("catalogs", 1),
        ("catalogItems", 2),
        ("loyaltyCards", 1),
        ("ledgers", 2),
        ("ledgerEntries", 2),
        ("referrals", 0),
    ] {
        assert_eq!(counts[kind], count, "{kind}: {counts}");
    }

    assert_eq!(get(&talon, "/_fake/state").await, before);
    talon.update_customer_session_v2(update("cart-2")).await.expect("a reply");
    assert_ne!(get(&talon, "/_fake/state").await["changes"], before["changes"]);
}

#[tokio::test]
async fn a_session_has_its_effects_and_why_rules_failed() {
    let talon = shop().await;

    let row = get(&talon, "/_fake/sessions/cart-1").await;

    assert_eq!(row["session"]["state"], "closed");
    assert_eq!(row["session"]["cartItems"][0]["sku"], "MUG");
    let effects = row["effects"].as_array().expect("a list");
    assert!(effects.iter().any(|it| it["effectType"] == "addLoyaltyPoints"), "{effects:?}");
    let failures = row["failures"].as_array().expect("a list");
    let failure = failures.iter().find(|it| it["ruleName"] == "From 1000").expect("it failed");
    assert_eq!(
        (&failure["conditionIndex"], &failure["campaignName"]),
        (&json!(0), &json!("Points"))
    );
    assert_eq!(row["failuresOfCall"], 1);

    talon.clear_calls();
    let row = get(&talon, "/_fake/sessions/cart-1").await;
    assert_eq!((&row["failures"], row.get("failuresOfCall")), (&json!([]), None));
}

#[tokio::test]
async fn a_dry_run_and_a_refusal_leave_the_failures_of_the_session() {
    let talon = shop().await;
    talon.update_customer_session_v2(update("cart-1").dry(true)).await.expect("a dry run");
    talon.update_customer_session_v2(update("cart-1")).await.expect_err("it is closed");

    assert_eq!(get(&talon, "/_fake/sessions/cart-1").await["failuresOfCall"], 1);
}

#[tokio::test]
async fn sessions_are_listed_with_the_last_updated_first() {
    let talon = shop().await;
    talon.clock().advance(std::time::Duration::from_secs(60));
    for id in ["b", "a"] {
        let mut request = update(id);
        request.request.customer_session.profile_id = Some("ben".into());
        talon.update_customer_session_v2(request).await.expect("a reply");
    }

    let ids = |page: &Value| -> Vec<String> {
        let rows = page["data"].as_array().expect("rows").iter();
        rows.map(|row| row["session"]["integrationId"].as_str().unwrap().to_owned()).collect()
    };
    let all = get(&talon, "/_fake/sessions").await;
    assert_eq!(ids(&all), ["a", "b", "cart-1"]);
    assert_eq!((&all["total"], &all["hasMore"]), (&json!(3), &json!(false)));
    let page = get(&talon, "/_fake/sessions?pageSize=1&skip=1").await;
    assert_eq!((ids(&page), &page["hasMore"]), (vec!["b".to_owned()], &json!(true)));
    assert_eq!(ids(&get(&talon, "/_fake/sessions?profileId=anna").await), ["cart-1"]);
}

#[tokio::test]
async fn every_list_shows_its_rows() {
    let talon = shop().await;
    for (path, pointer, expected) in [
        ("/_fake/campaigns", "/data/1/campaign/name", json!("Points")),
        ("/_fake/campaigns/1", "/campaign/frontendState", json!("running")),
        ("/_fake/campaigns/2", "/definition/rules/0/name", json!("From 1000")),
        ("/_fake/coupons?campaignId=2", "/data/0/coupon/value", json!("TENOFF")),
        ("/_fake/coupons/SUMMER25%25OFF", "/coupon/usageCounter", json!(0)),
        ("/_fake/profiles", "/data/0/profile/integrationId", json!("anna")),
        ("/_fake/profiles/anna", "/latestSession", json!("cart-1")),
        ("/_fake/audiences", "/data/0/audience/name", json!("Newsletter")),
        ("/_fake/audiences/1", "/memberCount", json!(0)),
        ("/_fake/achievements", "/data/0/definition/name", json!("FivePurchases")),
        ("/_fake/achievements/1", "/availability", json!("active")),
        ("/_fake/catalogs", "/data/0/itemCount", json!(2)),
        ("/_fake/catalogs/1", "/catalog/name", json!("Shop")),
        ("/_fake/catalogItems?catalogId=1", "/data/0/sku", json!("MUG")),
        ("/_fake/loyaltyCards", "/data/0/identifier", json!("FAMILY-CARD")),
        ("/_fake/ledgers?profileId=anna&programId=7", "/data/0/ledgers/0/active", json!(50)),
        ("/_fake/ledgerEntries?programId=7", "/data/0/transaction/amount", json!(50)),
        ("/_fake/ledgerEntries?profileId=anna&programId=7", "/data/0/profileId", json!("anna")),
        ("/_fake/referrals", "/total", json!(0)),
    ] {
        let reply = get(&talon, path).await;
        assert_eq!(reply.pointer(pointer), Some(&expected), "{path}: {reply}");
    }
}

#[tokio::test]
async fn a_transaction_of_points_is_found_by_its_uuid() {
    let talon = shop().await;
    let all = get(&talon, "/_fake/ledgerEntries").await;
    let uuid = all["data"][0]["transaction"]["transactionUUID"].as_str().expect("a UUID");

    assert_eq!(get(&talon, &format!("/_fake/ledgerEntries/{uuid}")).await, all["data"][0]);
}

#[tokio::test]
async fn a_row_that_is_not_there_is_not_found() {
    let talon = shop().await;
    for path in [
        "/_fake/sessions/none",
        "/_fake/coupons/NONE",
        "/_fake/profiles/none",
        "/_fake/campaigns/9",
        "/_fake/campaigns/Summer",
        "/_fake/ledgerEntries/none",
        "/_fake/calls/9",
    ] {
        let (status, _) = ask(&open(&talon), "GET", path, "").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn parameters_that_do_not_fit_are_refused() {
    let talon = shop().await;
    for (path, parameter, part) in [
        ("/_fake/coupons?pageSize=0", "pageSize", "1 to 1000"),
        ("/_fake/coupons?pageSize=ten", "pageSize", "a whole number"),
        ("/_fake/coupons?campaign=1", "campaign", "did you mean `campaignId`?"),
        ("/_fake/coupons/TENOFF?skip=1", "skip", "no such parameter"),
        ("/_fake/calls?status=2x", "status", "4xx"),
        ("/_fake/calls?since=-1", "since", "0 or more"),
        ("/_fake/calls?operation=trackEvents", "operation", "did you mean `trackEvent`?"),
    ] {
        let (status, reply) = ask(&open(&talon), "GET", path, "").await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}: {reply}");
        assert_eq!(reply["errors"][0]["source"]["parameter"], parameter, "{path}");
        assert!(reply["errors"][0]["details"].as_str().unwrap().contains(part), "{reply}");
    }
}

#[tokio::test]
async fn a_profile_that_only_an_audience_knows_is_left_out() {
    let talon = shop().await;
    send(&open(&talon), call(&profile("ben"), &[])).await;

    assert_eq!(get(&talon, "/_fake/profiles").await["total"], 2);
}
