//! Differences of replies of the first version and the second. BEHAVIOUR 3.4, 6.5, 6.6, 7.

use serde_json::json;

use crate::prelude::*;

cases! {
    "updateCustomerSession" {
        success a_free_item_names_the_profile_the_sku_and_the_label,
        surprise a_rejected_code_has_its_reason_only_in_the_meta,
        surprise the_meta_has_reasons_of_2020,
        surprise new_items_keep_the_total_of_the_first_version,
        detail the_second_version_replaces_the_total_of_the_first,
        detail the_meta_names_the_campaigns_that_were_evaluated,
        detail the_meta_has_codes_as_they_are_stored,
        surprise closing_an_anonymous_session_counts_one,
        refused(400) an_item_needs_a_name_that_is_not_empty,
        refused(400) a_point_payment_is_at_least_one_point,
        refused(400) a_remaining_price_is_not_negative,
        surprise units_of_an_item_add_up_in_the_discounts,
    }
}

fn v1() -> NewCustomerSession {
    NewCustomerSession::default().profile("anna")
}

fn shoe(price: i64) -> CartItem {
    CartItem::new("SKU-1", 1).name("Shoe").price(price)
}

/// The effects as JSON.
fn nested(state: &IntegrationState) -> serde_json::Value {
    serde_json::to_value(&state.event.effects).expect("effects have a JSON form")
}

async fn a_free_item_names_the_profile_the_sku_and_the_label(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::add_free_item("GIFT", "A gift"))).await;

    let reply = world.put_v1("cart-1", v1()).await;

    let expected =
        json!([[seed::CAMPAIGN, seed::CAMPAIGN, 0, ["addFreeItem", "anna", "GIFT", "A gift"]]]);
    assert_eq!(nested(&reply), expected);
}

async fn a_rejected_code_has_its_reason_only_in_the_meta(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let reply = world.put_v1("cart-1", v1().coupon("WINTER").referral("NOBODY")).await;

    let effects = nested(&reply);
    assert_eq!(effects[0][3], json!(["rejectCoupon", "WINTER"]));
    assert_eq!(effects[1][3], json!(["rejectReferral", "NOBODY"]));
    assert_eq!(reply.event.coupon_reason().as_str(), "CouponNotFound");
    assert_eq!(reply.event.referral_reason().as_str(), "ReferralNotFound");
}

async fn the_meta_has_reasons_of_2020(worlds: Worlds) {
    let without_codes = |id: i64| Campaign::new("No codes").id(id).rule(seed::ten_percent());
    let referral = seed::Referral::new("FRIEND-1", "bert");
    let seed = Seed::new()
        .campaign(without_codes(1).coupon("SUMMER10"))
        .campaign(without_codes(2).referral(referral));
    let world = worlds.with(seed).await;

    let reply = world.put_v1("cart-1", v1().coupon("SUMMER10").referral("FRIEND-1")).await;

    assert_eq!(reply.event.coupon_reason().as_str(), "CouponValidConditionMissing");
    assert_eq!(reply.event.referral_reason().as_str(), "ReferralValidConditionMissing");
}

async fn new_items_keep_the_total_of_the_first_version(worlds: Worlds) {
    let world = worlds.with(Seed::new()).await;
    world.put_v1("cart-1", v1().cart_items([shoe(10)]).total(7)).await;

    let kept = world.put_v1("cart-1", v1().cart_items([shoe(30)])).await;
    let changed = world.put_v1("cart-1", v1().total(8)).await;

    assert_eq!(kept.session.total, 7.into());
    assert_eq!(changed.session.total, 8.into());
}

async fn the_second_version_replaces_the_total_of_the_first(worlds: Worlds) {
    let world = worlds.with(Seed::new()).await;
    world.put_v1("cart-1", v1().cart_items([shoe(10)]).total(7)).await;

    world.put("cart-1", cart(30)).await;

    assert_eq!(world.put_v1("cart-1", v1()).await.session.total, 30.into());
}

async fn the_meta_names_the_campaigns_that_were_evaluated(worlds: Worlds) {
    let segment = |name: &str| Attributes::new().with("Segment", name);
    let first = Campaign::new("First").id(1).attributes(segment("vip")).rule(seed::ten_percent());
    let second = Campaign::new("Second").id(2).attributes(segment("all")).rule(seed::ten_percent());
    let seed = Seed::new().campaign(first).campaign(second);
    let mode = talon_fake::world::EvaluationMode::ListOrder;
    let world = worlds.with(seed.evaluation_mode(mode)).await;

    let reply = world.put_v1("cart-1", v1().cart_items([shoe(10)])).await;

    let campaigns = reply.event.meta.expect("of an evaluation").campaigns.expect("always told");
    assert_eq!(campaigns.into_iter().collect::<Vec<_>>(), [("1".to_owned(), segment("vip"))]);
}

async fn the_meta_has_codes_as_they_are_stored(worlds: Worlds) {
    let case = talon_fake::world::CaseSensitivity::InsensitiveUppercase;
    let world = worlds.with(seed::summer().case_sensitivity(case)).await;

    let reply = world.put_v1("cart-1", v1().coupon("summer10")).await;

    let coupons = reply.event.meta.expect("of an evaluation").coupons.expect("always told");
    assert_eq!(coupons.keys().collect::<Vec<_>>(), ["SUMMER10"]);
}

async fn closing_an_anonymous_session_counts_one(worlds: Worlds) {
    let world = worlds.with(Seed::new()).await;
    let session = NewCustomerSession::default().cart_items([shoe(10)]);

    let open = world.put_v1("cart-1", session.clone()).await;
    let closed = world.put_v1("cart-2", session.state(SessionState::Closed)).await;

    assert_eq!((open.profile.closed_sessions, closed.profile.closed_sessions), (0, 1));
    assert_eq!(closed.profile.total_sales, 10.into());
    assert!(closed.session.first_session);
}

async fn an_item_needs_a_name_that_is_not_empty(worlds: Worlds) {
    let world = worlds.with(Seed::new()).await;

    let refusal = world.put_v1_refused("cart-1", v1().cart_items([shoe(1).name("")])).await;

    assert_eq!(refusal.status(), 400);
    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/cartItems/0/name"));
}

async fn a_point_payment_is_at_least_one_point(worlds: Worlds) {
    let world = worlds.with(Seed::new()).await;
    let adjustment = talon_core::model::CartItemAdjustment {
        pay_from_loyalty_program: 1.into(),
        point_payment: 0,
        ..Default::default()
    };
    let item = CartItem { adjustment: Some(adjustment), ..shoe(1) };

    let refusal = world.put_v1_refused("cart-1", v1().cart_items([item])).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/cartItems/0/adjustment/pointPayment"));
}

async fn a_remaining_price_is_not_negative(worlds: Worlds) {
    let world = worlds.with(Seed::new()).await;
    let adjustment = talon_core::model::CartItemAdjustment {
        pay_from_loyalty_program: 1.into(),
        point_payment: 1,
        remaining_price: Some(amount("-0.01")),
    };
    let item = CartItem { adjustment: Some(adjustment), ..shoe(1) };

    let refusal = world.put_v1_refused("cart-1", v1().cart_items([item])).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/cartItems/0/adjustment/remainingPrice"));
}

async fn units_of_an_item_add_up_in_the_discounts(worlds: Worlds) {
    let reward =
        Reward::set_discount_per_item("Half", Discount::percent(50), ItemFilter::default());
    let world = worlds.with(seed::always(reward)).await;
    let items = [shoe(10), CartItem::new("SKU-2", 2).name("Sock").price(20)];

    let reply = world.put_v1("cart-1", v1().cart_items(items)).await;

    let discounts: Vec<_> = reply.session.discounts.into_iter().collect();
    let expected = [("Half#0".to_owned(), 5.into()), ("Half#1".to_owned(), 20.into())];
    assert_eq!(discounts, expected);
}
