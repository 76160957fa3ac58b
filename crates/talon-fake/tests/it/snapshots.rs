//! Snapshots.

use std::time::Duration;

use serde_json::Value;
use talon_core::prelude::*;
use talon_fake::rules::{Condition, Points, Reward, Rule, Validity};
use talon_fake::world::{IntegrationKey, ReturnPolicy};
use talon_fake::{Campaign, Fake, LoyaltyProgram, Snapshot, World};

use crate::shop::{pay, profile, redeemed, talon, update};

async fn busy() -> Fake {
    let talon = talon();
    talon.clock().advance(Duration::from_secs(60));
    talon.update_customer_session_v2(pay("cart-1")).await.expect("it is served");
    for id in ["cleo", "ben", "dora"] {
        talon.update_customer_profile_v2(profile(id)).await.expect("it is served");
    }
    talon
}

#[tokio::test]
async fn a_restored_fake_continues_from_the_snapshot() {
    let original = busy().await;

    let json = serde_json::to_string(&original.snapshot()).unwrap();
    let snapshot: Snapshot = serde_json::from_str(&json).unwrap();
    let copy = Fake::from_snapshot(&snapshot).unwrap();

    assert_eq!(copy.snapshot(), original.snapshot());
    assert_eq!(copy.session("cart-1"), original.session("cart-1"));
    for talon in [&copy, &original] {
        talon.update_customer_session_v2(update("cart-2")).await.unwrap();
    }
    assert_eq!(copy.snapshot(), original.snapshot());
}

#[tokio::test]
async fn every_digit_of_an_amount_survives() {
    let price: Amount = "3.3333333333333333333333333333".parse().unwrap();
    let cart = NewCustomerSessionV2::default().cart_items([CartItem::new("MUG", 1).price(price)]);
    let original = talon();
    let request = UpdateCustomerSessionV2::new("cart-1", cart);
    original.update_customer_session_v2(request).await.expect("it is served");

    let json = serde_json::to_string(&original.snapshot()).unwrap();
    let copy = Fake::from_snapshot(&serde_json::from_str(&json).unwrap()).unwrap();

    assert_eq!(copy.session("cart-1").expect("it is there").total, price);
    assert_eq!(copy.snapshot(), original.snapshot());
}

#[tokio::test]
async fn the_same_calls_produce_the_same_snapshot() {
    let texts = [busy().await, busy().await]
        .map(|talon| serde_json::to_string_pretty(&talon.snapshot()).unwrap());

    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn restoring_undoes_later_changes() {
    let talon = talon();
    let before = talon.snapshot();
    talon.update_customer_session_v2(pay("cart-1")).await.unwrap();
    assert_eq!(redeemed(&talon), 1);

    talon.restore(&before).unwrap();

    assert_eq!(talon.snapshot(), before);
    assert!(talon.all_calls().is_empty());
    talon.update_customer_session_v2(pay("cart-1")).await.expect("it was never closed");
}

#[tokio::test]
async fn restored_points_return_to_their_batch() {
    let points = |points: i64| Points {
        validity: Some(Validity::days(9)),
        program_id: 1.into(),
        points: points.into(),
        ..Points::default()
    };
    let campaign = Campaign::new("Points")
        .rule(Rule::new("Spend").then(Reward::DeductLoyaltyPoints(points(60))))
        .rule(Rule::new("Earn").then(Reward::AddLoyaltyPoints(points(100))));
    let program = LoyaltyProgram::new(1).return_policy(ReturnPolicy::WithinBalance);
    let world = World::new().loyalty_program(program).campaign(campaign);
    let talon = Fake::new(world).unwrap();
    let put = |id: &str, state| {
        let session = NewCustomerSessionV2::default().profile("anna").state(state);
        UpdateCustomerSessionV2::new(id, session)
    };
    for id in ["earns", "spends"] {
        talon.update_customer_session_v2(put(id, SessionState::Closed)).await.unwrap();
    }
    let json = serde_json::to_string(&talon.snapshot()).unwrap();
    let talon = Fake::from_snapshot(&serde_json::from_str(&json).unwrap()).unwrap();

    let cancel = put("spends", SessionState::Cancelled);
    let reply = talon.update_customer_session_v2(cancel).await.unwrap();

    let given = reply.effects.iter().find_map(|effect| match &effect.kind {
        EffectKind::RollbackDeductedLoyaltyPoints(given) => Some(given),
        _ => None,
    });
    let given = given.expect("it is told");
    assert_eq!(given.value, 60.into());
    assert_eq!(given.expiry_date, Some("2026-01-10T00:00:00Z".parse().unwrap()));
    assert_eq!(talon.points("anna", 1), 100.into());
    talon.clock().advance(Duration::from_secs(9 * 24 * 60 * 60));
    assert_eq!(talon.points("anna", 1), Amount::ZERO);
}

#[tokio::test]
async fn a_difference_has_the_path() {
    let talon = talon();
    talon.update_customer_session_v2(update("cart-1")).await.unwrap();
    let before = talon.snapshot();
    talon.update_customer_session_v2(pay("cart-1")).await.unwrap();

    let lines = before.diff(&talon.snapshot());

    let state = r#"/tables/sessions/cart-1/session/state: expected "open", found "closed""#;
    assert!(lines.iter().any(|line| line == state), "{lines:#?}");
    assert_eq!(before.diff(&before), [""; 0]);
}

#[tokio::test]
async fn a_snapshot_of_another_fake_replaces_the_world_but_not_the_keys() {
    let mut other = World::new();
    other.application.api_keys = vec!["other-key".into()];
    let other = Fake::new(other).unwrap();

    other.restore(&busy().await.snapshot()).unwrap();

    assert_eq!(other.application().api_keys, [IntegrationKey::new("other-key")]);
    assert_eq!(redeemed(&other), 1);
}

#[tokio::test]
async fn closures_are_kept_in_process_and_have_no_json_form() {
    let rule =
        Rule::new("always").when(Condition::check(|_| true)).then(Reward::compute(|_| vec![]));
    let talon = Fake::new(World::new().campaign(Campaign::new("A").rule(rule))).unwrap();
    let snapshot = talon.snapshot();

    talon.restore(&snapshot).unwrap();

    assert_eq!(talon.snapshot(), snapshot);
    assert!(serde_json::to_string(&snapshot).is_err());
}

#[tokio::test]
async fn counters_saturate() {
    let talon = busy().await;
    talon.update_customer_session_v2(update("cart-2")).await.unwrap();
    let mut json = serde_json::to_value(talon.snapshot()).unwrap();
    let tables = &mut json["state"]["tables"];
    for counter in [
        "/counts/1/couponRedemptions",
        "/counts/1/discountEffects",
        "/coupons/TENOFF/coupon/usageCounter",
        "/profiles/anna/profile/closedSessions",
        "/profiles/anna/redeemed/TENOFF",
        "/sessions/cart-2/session/updateCount",
    ] {
        *tables.pointer_mut(counter).expect(counter) = i64::MAX.into();
    }
    tables["coupons"]["TENOFF"]["coupon"]["usageLimit"] = 0.into();
    json["state"]["ids"]["next"] = i64::MIN.into();

    talon.restore(&serde_json::from_value(json).unwrap()).unwrap();
    let reply = talon.update_customer_session_v2(pay("cart-2")).await.expect("it is served");

    assert!(reply.effects.iter().any(|effect| effect.kind.effect_type() == "setDiscount"));
    assert_eq!(redeemed(&talon), i64::MAX);
}

#[test]
fn an_invalid_snapshot_is_refused() {
    let mut json: Value = serde_json::to_value(talon().snapshot()).unwrap();
    json["state"]["tables"]["sessions"] = Value::from(7);

    assert!(serde_json::from_value::<Snapshot>(json).is_err());
}

#[test]
fn a_snapshot_of_another_format_is_refused() {
    let refused = |json: Value| serde_json::from_value::<Snapshot>(json).unwrap_err().to_string();
    let current = serde_json::to_value(talon().snapshot()).unwrap();

    let mut former = current.clone();
    let object = former.as_object_mut().unwrap();
    object.remove("format");
    object.remove("state");
    object.insert("changed".to_owned(), serde_json::json!({"budgets": {"1/0//": 5}}));
    let error = refused(former);
    assert!(error.contains("format 1, and this version reads format 2"), "{error}");

    let mut later = current.clone();
    later["format"] = 3.into();
    assert!(refused(later).contains("format 3, and this version reads format 2"));

    let mut unnamed = current;
    unnamed.as_object_mut().unwrap().remove("format");
    assert!(refused(unnamed).contains("missing field `format`"));
}

#[tokio::test]
async fn a_row_under_another_key_is_refused() {
    let mut json = serde_json::to_value(busy().await.snapshot()).unwrap();
    let profiles = json.pointer_mut("/state/tables/profiles").unwrap().as_object_mut().unwrap();
    let cleo = profiles["cleo"].clone();
    profiles.insert("ben".to_owned(), cleo);

    let error = Fake::from_snapshot(&serde_json::from_value(json).unwrap()).unwrap_err();

    assert_eq!(error.member(), "state.tables.profiles.ben");
    assert!(error.to_string().contains("it is the row of cleo"), "{error}");
}
