//! One row at a time.

use http::StatusCode;
use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_fake::world::{Audience, LedgerEntry};
use talon_fake::{Fake, LoyaltyProgram, Snapshot, World};

use super::open;
use crate::http::{ask, call, send};
use crate::shop::{pay, update, world};

fn shop() -> Fake {
    Fake::new(world().loyalty_program(LoyaltyProgram::new(7))).expect("a world")
}

async fn change(talon: &Fake, method: &str, path: &str, body: Value) -> StatusCode {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (status, reply) = ask(&open(talon), method, path, &body).await;
    assert!(status.is_success() || status == StatusCode::NOT_FOUND, "{method} {path}: {reply}");
    status
}

async fn put(talon: &Fake, path: &str, body: Value) {
    assert_eq!(change(talon, "PUT", path, body).await, StatusCode::NO_CONTENT);
}

/// Removes a row, which is not there then.
async fn delete(talon: &Fake, path: &str) {
    assert_eq!(change(talon, "DELETE", path, Value::Null).await, StatusCode::NO_CONTENT);
    assert_eq!(change(talon, "DELETE", path, Value::Null).await, StatusCode::NOT_FOUND);
    assert_eq!(ask(&open(talon), "GET", path, "").await.0, StatusCode::NOT_FOUND);
}

async fn get(talon: &Fake, path: &str) -> Value {
    ask(&open(talon), "GET", path, "").await.1
}

#[tokio::test]
async fn a_campaign_is_added_changed_and_removed_while_the_rest_stays() {
    let talon = shop();
    send(&open(&talon), call(&pay("cart-1"), &[])).await;
    let rule = |amount: i64| {
        json!({"name": "Off", "when": "couponValid",
               "then": [{"setDiscount": {"name": "Off", "amount": amount}}]})
    };
    let campaign = |amount| json!({"name": "Autumn", "rules": [rule(amount)]});
    let mut first = campaign(5);
    first["coupons"] = json!([{"value": "AUTUMN"}]);
    put(&talon, "/_fake/campaigns/9", first).await;

    let discount = async |session: &str| {
        let mut request = update(session);
        request.request.customer_session.coupon_codes = Some(vec!["AUTUMN".into()]);
        let reply = talon.update_customer_session_v2(request).await.expect("a reply");
        serde_json::to_value(reply.effects).expect("JSON")[1]["props"]["value"].clone()
    };
    assert_eq!(discount("cart-2").await, 5);
    put(&talon, "/_fake/campaigns/9", campaign(8)).await;
    assert_eq!(discount("cart-2").await, 8, "its coupon stays");

    assert_eq!(talon.session("cart-1").expect("it stays").state, SessionState::Closed);
    assert_eq!(talon.coupon("TENOFF").expect("it stays").usage_counter, 1);
    assert_eq!(talon.all_calls().len(), 3, "calls stay");
    let snapshot = serde_json::to_string(&talon.snapshot()).expect("JSON");
    delete(&talon, "/_fake/campaigns/9").await;
    assert!(talon.coupon("AUTUMN").is_none());

    talon.restore(&serde_json::from_str::<Snapshot>(&snapshot).expect("it fits")).expect("it fits");
    assert_eq!(discount("cart-3").await, 8, "a snapshot has the definitions");
    talon.reset();
    assert!(talon.coupon("AUTUMN").is_none(), "a reset goes back to the seed");
    assert_eq!(talon.coupon("TENOFF").expect("of the seed").usage_counter, 0);
}

#[tokio::test]
async fn a_coupon_is_added_replaced_and_removed() {
    let talon = shop();
    put(&talon, "/_fake/coupons/GIFT-1", json!({"usageLimit": 2})).await;
    assert_eq!(talon.coupon("GIFT-1").expect("a coupon").usage_limit, 2);
    send(&open(&talon), call(&pay("cart-1"), &[])).await;

    put(&talon, "/_fake/coupons/TENOFF", json!({"value": "TENOFF", "usageLimit": 5})).await;
    let row = get(&talon, "/_fake/coupons/TENOFF").await;
    assert_eq!(
        (&row["coupon"]["usageCounter"], &row["coupon"]["usageLimit"]),
        (&json!(0), &json!(5))
    );
    delete(&talon, "/_fake/coupons/TENOFF").await;
    assert!(talon.coupon("GIFT-1").is_some());
}

#[tokio::test]
async fn a_profile_is_added_replaced_and_removed_with_all_of_it() {
    let talon = shop();
    put(&talon, "/_fake/profiles/anna", json!({"attributes": {"Tier": "gold"}})).await;
    send(&open(&talon), call(&pay("cart-1"), &[])).await;
    put(&talon, "/_fake/audiences/3", json!({"name": "VIP", "members": ["anna"]})).await;
    talon.add_ledger_entry(&LedgerEntry::new(7, "anna", 10)).expect("it fits");
    put(&talon, "/_fake/profiles/anna", json!({"attributes": {"Name": "Anna"}})).await;

    let row = get(&talon, "/_fake/profiles/anna").await;
    assert_eq!(row["profile"]["attributes"], json!({"Name": "Anna"}));
    assert_eq!(row["profile"]["closedSessions"], 1);
    assert_eq!(row["profile"]["audienceMemberships"][0]["name"], "VIP");

    delete(&talon, "/_fake/profiles/anna").await;
    let counts = &get(&talon, "/_fake/state").await["counts"];
    for kind in ["profiles", "sessions", "ledgers", "ledgerEntries"] {
        assert_eq!(counts[kind], 0, "{kind}: {counts}");
    }
    assert_eq!(get(&talon, "/_fake/audiences/3").await["memberCount"], 0);
    assert_eq!(talon.coupon("TENOFF").expect("it stays").usage_counter, 1);
}

#[tokio::test]
async fn an_audience_is_added_replaced_and_removed() {
    let talon = shop();
    put(&talon, "/_fake/audiences/3", json!({"name": "VIP", "members": ["anna", "ben"]})).await;
    put(&talon, "/_fake/audiences/3", json!({"name": "Gold", "members": ["ben", "cleo"]})).await;

    assert_eq!(talon.members_of(3), ["ben", "cleo"]);
    assert_eq!(talon.audience(3).expect("an audience").name, "Gold");
    let anna = talon.profile("anna").expect("she was created");
    assert!(anna.audience_memberships.is_none_or(|all| all.is_empty()));
    // A rule may name it now, and then it cannot be removed.
    let rule = json!({"name": "Join", "then": [{"addToAudience": 3}]});
    put(&talon, "/_fake/campaigns/9", json!({"name": "Join", "rules": [rule]})).await;
    let (status, reply) = ask(&open(&talon), "DELETE", "/_fake/audiences/3", "").await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{reply}");
    delete(&talon, "/_fake/campaigns/9").await;
    delete(&talon, "/_fake/audiences/3").await;
    assert!(talon.members_of(3).is_empty());
}

#[tokio::test]
async fn points_are_added_replaced_and_removed() {
    let talon = shop();
    let entry = |amount: i64| json!({"programId": 7, "profileId": "anna", "amount": amount});
    let add = async |amount| {
        let (status, reply) =
            ask(&open(&talon), "POST", "/_fake/ledgerEntries", &entry(amount).to_string()).await;
        assert_eq!(status, StatusCode::CREATED, "{reply}");
        format!("/_fake/ledgerEntries/{}", reply["transactionUUID"].as_str().expect("a UUID"))
    };
    let (first, second) = (add(10).await, add(5).await);
    assert_eq!(talon.points("anna", 7), 15.into());

    put(&talon, &first, entry(100)).await;
    assert_eq!(talon.points("anna", 7), 105.into());
    assert_eq!(get(&talon, &first).await["transaction"]["amount"], 100);
    delete(&talon, &first).await;
    assert_eq!(talon.points("anna", 7), 5.into());
    put(&talon, &second, json!({"programId": 7, "profileId": "ben", "amount": 3})).await;
    assert_eq!((talon.points("anna", 7), talon.points("ben", 7)), (0.into(), 3.into()));
    assert_eq!(get(&talon, "/_fake/ledgerEntries").await["total"], 1);
}

#[tokio::test]
async fn rows_that_do_not_fit_are_refused_with_a_pointer() {
    let talon = shop();
    let before = talon.snapshot();
    for (method, path, body, pointer) in [
        ("PUT", "/_fake/coupons/ABC", "{}", "/value"),
        ("PUT", "/_fake/coupons/GIFT-1", r#"{"usageLimit": -1}"#, "/usageLimit"),
        ("PUT", "/_fake/coupons/GIFT-1", r#"{"usageLimits": 1}"#, "/usageLimits"),
        ("PUT", "/_fake/coupons/GIFT-1", r#"{"value": "OTHER"}"#, "/value"),
        ("PUT", "/_fake/coupons/GIFT-1", "[]", ""),
        ("PUT", "/_fake/campaigns/9", "{}", "/name"),
        (
            "PUT",
            "/_fake/campaigns/9",
            r#"{"name": "A", "coupons": [{"value": "TENOFF"}]}"#,
            "/coupons/0/value",
        ),
        (
            "PUT",
            "/_fake/campaigns/9",
            r#"{"name": "A", "rules": [{"name": "R", "then": [{"addToAudience": 4}]}]}"#,
            "/rules/0/then/0",
        ),
        ("PUT", "/_fake/audiences/3", r#"{"name": ""}"#, "/name"),
        (
            "POST",
            "/_fake/ledgerEntries",
            r#"{"programId": 8, "profileId": "a", "amount": 1}"#,
            "/programId",
        ),
    ] {
        let (status, reply) = ask(&open(&talon), method, path, body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path} {body}: {reply}");
        let found = reply["errors"][0]["source"]["pointer"].as_str().unwrap_or_default();
        assert!(found.starts_with(pointer), "{path} {body}: {reply}");
    }
    for path in
        ["/_fake/campaigns/x", "/_fake/audiences/VIP", "/_fake/coupons/GIFT-1?campaignId=77"]
    {
        let (status, _) = ask(&open(&talon), "PUT", path, r#"{"name": "A"}"#).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
    }
    assert_eq!(talon.snapshot(), before);
}

#[tokio::test]
async fn a_request_that_runs_while_definitions_change_is_run_again() {
    let talon = Fake::new(World::demo()).expect("a world");
    let writer = talon.clone();
    let changes = std::thread::spawn(move || {
        for number in 0..20 {
            writer.put_coupon(1, format!("CODE-{number}").as_str()).expect("it fits");
            writer.put_audience(&Audience::new(50 + number, "A")).expect("it fits");
            let campaign = talon_fake::Campaign::new("More").id(100 + number);
            writer.put_campaign(campaign).expect("it fits");
        }
    });
    for number in 0..100 {
        talon.update_customer_session_v2(pay(&format!("cart-{number}"))).await.expect("a reply");
    }
    changes.join().expect("no panic");

    let counts = &get(&talon, "/_fake/state").await["counts"];
    assert_eq!((&counts["sessions"], &counts["campaigns"]), (&json!(100), &json!(21)));
}
