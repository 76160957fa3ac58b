//! Limits of redemptions by campaign, coupon, customer, identifier, store and session.

use crate::prelude::*;
use crate::suite::world::{with_identifiers, with_store};

cases! {
    "updateCustomerSessionV2" {
        success an_open_session_uses_no_limit,
        success a_cancellation_restores_the_redemption,
        detail each_coupon_has_a_separate_limit,
        detail each_identifier_has_a_separate_limit,
        surprise a_full_limit_of_one_identifier_rejects,
        detail an_identifier_sent_twice_counts_once,
        surprise a_limit_of_identifiers_needs_an_identifier,
        detail each_store_has_a_separate_limit,
        detail each_session_has_a_separate_limit,
        surprise two_coupons_of_one_cart_share_the_limit,
        surprise a_coupon_that_several_rules_accept_counts_once,
        detail the_smallest_limit_applies,
        surprise a_limit_of_identifiers_stores_or_sessions_is_reported_for_the_campaign,
        surprise a_limit_of_zero_allows_nothing,
        surprise a_rule_without_a_code_is_dropped_silently,
        surprise a_limit_of_profiles_needs_a_profile,
        surprise a_budget_of_profiles_needs_a_profile,
        surprise the_limit_of_the_coupon_is_reported_first,
    }
    "updateCustomerSession" {
        detail the_first_version_reports_a_missing_profile_as_in_2020,
    }
}

const CODES: [&str; 2] = ["FIRST", "SECOND"];

fn redeeming(limit: i64, entities: &[LimitEntity]) -> Seed {
    let limit = seed::limit(LimitAction::RedeemCoupon, limit, entities);
    seed::of(seed::summer_campaign().coupon(CODES[0]).coupon(CODES[1]).limit(limit))
}

fn with(codes: &[&str]) -> NewCustomerSessionV2 {
    cart(100).coupon_codes(codes.iter().copied())
}

fn paid(code: &str) -> NewCustomerSessionV2 {
    with(&[code]).state(SessionState::Closed)
}

async fn an_open_session_uses_no_limit(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[])).await;
    world.put("cart-1", with(&["FIRST"])).await;

    let reply = world.put("cart-2", with(&["FIRST"])).await;

    assert_eq!(reply.accepted(), ["FIRST"]);
}

async fn a_cancellation_restores_the_redemption(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[])).await;
    world.put("cart-1", paid("FIRST")).await;
    let full = world.put("cart-2", with(&["FIRST"])).await;
    world.put("cart-1", cancelled()).await;

    let reply = world.put("cart-2", with(&["FIRST"])).await;

    assert_eq!(full.coupon_rejection(), CouponRejection::CampaignLimitReached);
    assert_eq!(reply.accepted(), ["FIRST"]);
}

async fn each_coupon_has_a_separate_limit(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[LimitEntity::Coupon])).await;
    world.put("cart-1", paid("FIRST")).await;

    let reply = world.put("cart-2", with(&CODES)).await;

    assert_eq!(reply.accepted(), ["SECOND"]);
    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponLimitReached);
}

async fn each_identifier_has_a_separate_limit(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[LimitEntity::Identifier])).await;
    world.put("cart-1", with_identifiers(paid("FIRST"), &["device-1"])).await;

    let same = world.put("cart-2", with_identifiers(with(&["FIRST"]), &["device-1"])).await;
    let other = world.put("cart-3", with_identifiers(with(&["FIRST"]), &["device-2"])).await;

    assert_eq!(same.accepted(), [""; 0]);
    assert_eq!(other.accepted(), ["FIRST"]);
}

async fn a_full_limit_of_one_identifier_rejects(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[LimitEntity::Identifier])).await;
    world.put("cart-1", with_identifiers(paid("FIRST"), &["device-1"])).await;

    let both = with_identifiers(with(&["FIRST"]), &["device-2", "device-1"]);
    let reply = world.put("cart-2", both).await;

    assert_eq!(reply.accepted(), [""; 0]);
}

async fn an_identifier_sent_twice_counts_once(worlds: Worlds) {
    let world = worlds.with(redeeming(2, &[LimitEntity::Identifier])).await;
    world.put("cart-1", with_identifiers(paid("FIRST"), &["device-1", "device-1"])).await;

    let reply = world.put("cart-2", with_identifiers(with(&["FIRST"]), &["device-1"])).await;

    assert_eq!(reply.accepted(), ["FIRST"]);
}

async fn a_limit_of_identifiers_stores_or_sessions_is_reported_for_the_campaign(worlds: Worlds) {
    for entity in [LimitEntity::Identifier, LimitEntity::Store, LimitEntity::Session] {
        let world = worlds.with(redeeming(0, &[entity])).await;

        let session = with_store(with_identifiers(with(&["FIRST"]), &["device-1"]), "berlin");
        let reply = world.put("cart-1", session).await;

        assert_eq!(reply.coupon_rejection(), CouponRejection::CampaignLimitReached);
    }
}

async fn a_limit_of_identifiers_needs_an_identifier(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[LimitEntity::Identifier])).await;
    world.put("cart-1", paid("FIRST")).await;

    let reply = world.put("cart-2", with(&["FIRST"])).await;

    assert_eq!(reply.accepted(), ["FIRST"]);
}

async fn each_store_has_a_separate_limit(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[LimitEntity::Store])).await;
    world.put("cart-1", with_store(paid("FIRST"), "berlin")).await;

    let same = world.put("cart-2", with_store(with(&["FIRST"]), "berlin")).await;
    let other = world.put("cart-3", with_store(with(&["FIRST"]), "boston")).await;
    let nowhere = world.put("cart-4", with(&["FIRST"])).await;

    assert_eq!(same.accepted(), [""; 0]);
    assert_eq!(other.accepted(), ["FIRST"]);
    assert_eq!(nowhere.accepted(), ["FIRST"]);
}

async fn each_session_has_a_separate_limit(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[LimitEntity::Session])).await;
    world.put("cart-1", paid("FIRST")).await;

    let reply = world.put("cart-2", with(&CODES)).await;

    assert_eq!(reply.accepted(), ["FIRST"]);
    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount", "rejectCoupon"]);
}

async fn two_coupons_of_one_cart_share_the_limit(worlds: Worlds) {
    let world = worlds.with(redeeming(1, &[])).await;

    let reply = world.put("cart-1", with(&["SECOND", "FIRST"])).await;

    assert_eq!(reply.accepted(), ["SECOND"]);
    assert_eq!(reply.coupon_rejection(), CouponRejection::CampaignLimitReached);
    assert_eq!(reply.discounts().len(), 1);
}

async fn a_coupon_that_several_rules_accept_counts_once(worlds: Worlds) {
    let limit = seed::limit(LimitAction::RedeemCoupon, 1, &[]);
    let again = Rule::new("Again")
        .when(Condition::coupon_valid())
        .then(Reward::set_discount("again", Discount::amount(1)));
    let campaign = seed::summer_campaign().coupon("FIRST").rule(again).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", with(&["FIRST"])).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount", "setDiscount"]);
}

async fn the_smallest_limit_applies(worlds: Worlds) {
    let limit = |limit: i64, entities| seed::limit(LimitAction::RedeemCoupon, limit, entities);
    let campaign = seed::summer_campaign()
        .coupon("FIRST")
        .limit(limit(5, &[LimitEntity::Profile]))
        .limit(limit(1, &[]));
    let world = worlds.with(seed::of(campaign)).await;
    world.put("cart-1", paid("FIRST").profile("anna")).await;

    let reply = world.put("cart-2", with(&["FIRST"]).profile("anna")).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CampaignLimitReached);
}

async fn a_limit_of_zero_allows_nothing(worlds: Worlds) {
    let world = worlds.with(redeeming(0, &[])).await;

    let reply = world.put("cart-1", with(&["FIRST"])).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CampaignLimitReached);
}

async fn a_rule_without_a_code_is_dropped_silently(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 9, &[]);
    let campaign = Campaign::new("Budget").rule(seed::ten_percent()).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.triggered_campaigns, Some(vec![]));
}

/// BEHAVIOUR 3.5, 4.3, 4.4: a limit that counts by profile cannot be checked without one.
async fn a_limit_of_profiles_needs_a_profile(worlds: Worlds) {
    let world = worlds.with(redeeming(5, &[LimitEntity::Profile])).await;

    let anonymous = world.put("cart-1", with(&["FIRST"])).await;
    let known = world.put("cart-2", with(&["FIRST"]).profile("anna")).await;

    assert_eq!(anonymous.coupon_rejection(), CouponRejection::ProfileRequired);
    assert_eq!(known.accepted(), ["FIRST"]);
}

async fn a_budget_of_profiles_needs_a_profile(worlds: Worlds) {
    for action in ["setDiscount", "createCoupon", "customEffect"] {
        let limit = seed::limit(action.into(), 100, &[LimitEntity::Profile]);
        let campaign = seed::summer_campaign().coupon("FIRST").limit(limit);
        let world = worlds.with(seed::of(campaign)).await;

        let reply = world.put("cart-1", with(&["FIRST"])).await;

        assert_eq!(reply.coupon_rejection(), CouponRejection::ProfileRequired, "{action}");
    }
}

/// BEHAVIOUR 4.4: the limit of the coupon, then of the campaign, then of the profile, for any order in
/// which the campaign lists them.
async fn the_limit_of_the_coupon_is_reported_first(worlds: Worlds) {
    let limit = |entities: &[LimitEntity]| seed::limit(LimitAction::RedeemCoupon, 1, entities);
    let [profile, coupon] = [LimitEntity::Profile, LimitEntity::Coupon].map(|entity| [entity]);
    let campaign = || seed::summer_campaign().coupon("FIRST");
    let of_all = campaign().limit(limit(&profile)).limit(limit(&[])).limit(limit(&coupon));
    let of_two = campaign().limit(limit(&profile)).limit(limit(&[]));
    for (campaign, reason) in [
        (of_all, CouponRejection::CouponLimitReached),
        (of_two, CouponRejection::CampaignLimitReached),
        (campaign().limit(limit(&profile)), CouponRejection::ProfileLimitReached),
    ] {
        let world = worlds.with(seed::of(campaign)).await;
        world.put("cart-1", paid("FIRST").profile("anna")).await;

        let reply = world.put("cart-2", with(&["FIRST"]).profile("anna")).await;

        assert_eq!(reply.coupon_rejection(), reason);
    }
}

async fn the_first_version_reports_a_missing_profile_as_in_2020(worlds: Worlds) {
    let world = worlds.with(redeeming(5, &[LimitEntity::Profile])).await;

    let reply = world.put_v1("cart-1", NewCustomerSession::default().coupon("FIRST")).await;

    assert_eq!(reply.event.coupon_reason(), CouponRejection::CouponRecipientDoesNotMatch);
}
