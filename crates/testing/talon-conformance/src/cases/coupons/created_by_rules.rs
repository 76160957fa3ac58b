//! Codes that rules create.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_created_coupon_belongs_to_its_customer,
        detail a_created_coupon_follows_the_pattern_of_its_campaign,
        surprise a_coupon_created_for_an_anonymous_customer_has_no_recipient,
        detail a_created_coupon_may_be_redeemed_once,
        surprise a_cancellation_does_not_restore_the_limit_of_created_coupons,
        surprise a_limit_of_created_referrals_applies_only_to_rules,
        surprise an_exhausted_pattern_creates_no_code,
        surprise a_cancellation_keeps_a_created_referral,
        detail an_anonymous_customer_gets_no_referral,
        surprise a_campaign_without_referrals_creates_none,
        surprise a_created_code_has_no_rollback,
    }
}

fn creating(reward: Reward) -> Campaign {
    Campaign::new("Create").id(seed::CAMPAIGN).rule(Rule::new("Create").then(reward))
}

fn bought(profile: &str) -> NewCustomerSessionV2 {
    cart(100).profile(profile).state(SessionState::Closed)
}

fn pattern(pattern: &str) -> CodeGeneratorSettings {
    let valid_characters = vec!["X".to_owned()];
    CodeGeneratorSettings { valid_characters, coupon_pattern: pattern.into() }
}

async fn a_created_coupon_belongs_to_its_customer(worlds: Worlds) {
    let world = worlds.with(seed::of(creating(Reward::CreateCoupon))).await;

    let reply = world.put("cart-1", bought("anna")).await;

    let coupon = &reply.created_coupons[0];
    assert_eq!(world.probe().coupon(coupon.value.clone()).as_ref(), Some(coupon));
    assert_eq!(coupon.campaign_id, seed::campaign_id());
    assert_eq!(coupon.recipient_integration_id, Some("anna".into()));
    assert_eq!((coupon.usage_limit, coupon.usage_counter), (1, 0));
    assert_eq!(coupon.value.as_str().len(), 8);
    assert_eq!(reply.effects[0].rule_name, "Create");
}

async fn a_created_coupon_follows_the_pattern_of_its_campaign(worlds: Worlds) {
    let settings = Some(pattern("THANKS-##"));
    let campaign = Campaign { coupon_settings: settings, ..creating(Reward::CreateCoupon) };
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", bought("anna")).await;

    assert_eq!(reply.created_coupons[0].value, "THANKS-XX");
}

async fn a_coupon_created_for_an_anonymous_customer_has_no_recipient(worlds: Worlds) {
    let world = worlds.with(seed::of(creating(Reward::CreateCoupon))).await;

    let reply = world.put("cart-1", bought("")).await;

    assert_eq!(reply.created_coupons[0].recipient_integration_id, None);
}

async fn a_created_coupon_may_be_redeemed_once(worlds: Worlds) {
    let redeem = seed::ten_percent().when(Condition::coupon_valid());
    let world = worlds.with(seed::of(creating(Reward::CreateCoupon).rule(redeem))).await;
    let reply = world.put("cart-1", bought("anna")).await;
    let code = reply.created_coupons[0].value.clone();

    let wrong_key = world.put("cart-2", bought("bert").coupon_codes([code.clone()])).await;
    let once = world.put("cart-3", bought("anna").coupon_codes([code.clone()])).await;
    let twice = world.put("cart-4", cart(100).profile("anna").coupon_codes([code])).await;

    let mismatch = CouponRejection::CouponRecipientDoesNotMatch;
    assert_eq!(wrong_key.coupon_rejection(), mismatch);
    assert_eq!(once.discounts(), [("10 % off", 10.into())]);
    assert_eq!(twice.coupon_rejection(), CouponRejection::CouponLimitReached);
}

async fn a_cancellation_does_not_restore_the_limit_of_created_coupons(worlds: Worlds) {
    let limit = seed::limit(LimitAction::CreateCoupon, 1, &[]);
    let world = worlds.with(seed::of(creating(Reward::CreateCoupon).limit(limit))).await;
    let first = world.put("cart-1", bought("anna")).await;
    world.put("cart-1", cancelled()).await;

    let second = world.put("cart-2", bought("anna")).await;

    assert_eq!(first.types(), ["couponCreated"]);
    assert!(second.effects.is_empty() && second.created_coupons.is_empty());
}

async fn a_limit_of_created_referrals_applies_only_to_rules(worlds: Worlds) {
    let limit = seed::limit("createReferral".into(), 1, &[]);
    let campaign = creating(Reward::CreateReferral).referrals("REF-####").limit(limit);
    let world = worlds.with(seed::of(campaign)).await;
    let first = world.put("cart-1", bought("anna")).await;

    let second = world.put("cart-2", bought("anna")).await;
    let order = NewReferral::new(seed::campaign_id(), "anna");
    let by_request = world.api.create_referral(CreateReferral::new(order)).await;

    assert_eq!(first.types(), ["referralCreated"]);
    assert!(second.effects.is_empty() && second.created_referrals.is_empty());
    assert!(by_request.is_ok());
}

async fn an_exhausted_pattern_creates_no_code(worlds: Worlds) {
    let settings = Some(pattern("CONSTANT"));
    let campaign = Campaign { coupon_settings: settings, ..creating(Reward::CreateCoupon) };
    let world = worlds.with(seed::of(campaign)).await;

    let first = world.put("cart-1", bought("anna")).await;
    let second = world.put("cart-2", bought("anna")).await;

    assert_eq!(first.created_coupons[0].value, "CONSTANT");
    assert!(second.effects.is_empty());
}

async fn a_cancellation_keeps_a_created_referral(worlds: Worlds) {
    let campaign = creating(Reward::CreateReferral).referrals("REF-####");
    let world = worlds.with(seed::of(campaign)).await;
    let open = world.put("cart-1", cart(100).profile("anna")).await;
    let paid = world.put("cart-1", closed()).await;

    world.put("cart-1", cancelled()).await;

    assert!(open.effects.is_empty());
    assert!(world.probe().referral(paid.created_referrals[0].code.clone()).is_some());
}

async fn an_anonymous_customer_gets_no_referral(worlds: Worlds) {
    let campaign = creating(Reward::CreateReferral).referrals("REF-####");
    let world = worlds.with(seed::of(campaign)).await;

    assert!(!world.fires("cart-1", bought("")).await);
}

async fn a_campaign_without_referrals_creates_none(worlds: Worlds) {
    let world = worlds.with(seed::of(creating(Reward::CreateReferral))).await;

    let reply = world.put("cart-1", bought("anna")).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.session().state, SessionState::Closed);
}

async fn a_created_code_has_no_rollback(worlds: Worlds) {
    let world = worlds.with(seed::of(creating(Reward::CreateCoupon))).await;
    world.put("cart-1", bought("anna")).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
}
