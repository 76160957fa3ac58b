//! Effects of events of the second version are booked immediately. BEHAVIOUR-today 4.1.

use serde_json::json;
use talon_core::effect::UpdateAttribute;
use talon_core::model::{LimitAction, LimitEntity};
use talon_fake::rules::AttributeTest;

use super::reviewed;
use crate::prelude::*;

cases! {
    "trackEventV2" {
        success points_are_in_the_ledger_immediately,
        success a_giveaway_is_awarded_immediately,
        detail codes_are_created_immediately,
        detail limits_are_used_immediately,
        detail an_audience_is_joined,
        detail an_attribute_of_the_profile_is_set,
        detail a_dry_event_changes_nothing,
        surprise there_is_no_discount_without_a_cart,
        detail other_rewards_of_a_rule_with_a_discount_stay,
        detail conditions_read_type_and_attributes,
        detail conditions_read_the_profile,
        surprise no_session_is_read_or_created,
        detail points_are_deducted_up_to_the_balance,
        detail campaigns_need_no_feature,
    }
}

async fn send(world: &World, event: NewEventV2, dry: bool) -> IntegrationStateV2 {
    let parts = [
        ResponseContent::CustomerProfile,
        ResponseContent::Loyalty,
        ResponseContent::AwardedGiveaways,
    ];
    world.track_v2(TrackEventV2::new(event.response_content(parts)).dry(dry)).await
}

async fn track(world: &World, event: NewEventV2) -> IntegrationStateV2 {
    send(world, event, false).await
}

/// One rule with these rewards for every event, and the objects that they refer to.
fn giving(rewards: impl IntoIterator<Item = Reward>) -> Seed {
    let rule = rewards.into_iter().fold(Rule::new("Always"), Rule::then);
    let campaign = Campaign::new("Club").id(seed::CAMPAIGN).referrals("FRIEND-####").rule(rule);
    seed::of(campaign)
        .loyalty_program(LoyaltyProgram::new(7))
        .giveaways(1, "Gifts", &["GIFT-1"])
        .audience(5, "Fans")
}

async fn points_are_in_the_ledger_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::add_loyalty_points(7, 5)])).await;

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.types(), ["addLoyaltyPoints"]);
    let ledger = &reply.loyalty.as_ref().expect("asked for").programs["7"].ledger;
    assert_eq!(ledger.current_balance, 5.into());
    assert_eq!(ledger.tentative_current_balance, Some(5.into()));
    assert_eq!(world.probe().points("anna", 7), 5.into());
}

async fn a_giveaway_is_awarded_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::AwardGiveaway(1)])).await;

    let first = track(&world, reviewed()).await;
    let second = track(&world, reviewed()).await;

    assert_eq!(first.types(), ["awardGiveaway"]);
    assert_eq!(first.awarded_giveaways.expect("asked for")[0].code, "GIFT-1");
    assert_eq!(second.types(), [""; 0]);
}

async fn codes_are_created_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::CreateCoupon, Reward::CreateReferral])).await;

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.types(), ["couponCreated", "referralCreated"]);
    let coupon = &reply.created_coupons[0];
    assert_eq!(coupon.recipient_integration_id, Some("anna".into()));
    assert!(world.probe().coupon(coupon.value.clone()).is_some());
    assert!(world.probe().referral(reply.created_referrals[0].code.clone()).is_some());
}

async fn limits_are_used_immediately(worlds: Worlds) {
    let campaign = Campaign::new("Club")
        .limit(seed::limit("createLoyaltyPoints".into(), 60, &[LimitEntity::Profile]))
        .limit(seed::limit(LimitAction::CreateCoupon, 1, &[]))
        .rule(
            Rule::new("Always").then(Reward::CreateCoupon).then(Reward::add_loyalty_points(7, 50)),
        );
    let world = worlds.with(seed::of(campaign).loyalty_program(LoyaltyProgram::new(7))).await;

    let first = track(&world, reviewed()).await;
    let second = track(&world, reviewed()).await;
    let of_bert = track(&world, NewEventV2::new("reviewed", "bert")).await;

    assert_eq!(first.types(), ["couponCreated", "addLoyaltyPoints"]);
    assert_eq!(second.types(), [""; 0]);
    assert_eq!(of_bert.types(), ["addLoyaltyPoints"]);
}

async fn an_audience_is_joined(worlds: Worlds) {
    let world = worlds.with(giving([Reward::AddToAudience(5.into())])).await;

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.types(), ["addToAudience"]);
    let memberships = reply.profile().audience_memberships.clone().expect("one");
    assert_eq!(memberships[0].id, 5.into());
}

async fn an_attribute_of_the_profile_is_set(worlds: Worlds) {
    let update = UpdateAttribute { path: "Profile.Attributes.Reviews".into(), value: json!(1) };
    let world = worlds.with(giving([Reward::UpdateAttribute(update)])).await;

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.profile().attributes, Attributes::new().with("Reviews", 1));
}

async fn a_dry_event_changes_nothing(worlds: Worlds) {
    let rewards = [
        Reward::add_loyalty_points(7, 5),
        Reward::AwardGiveaway(1),
        Reward::AddToAudience(5.into()),
    ];
    let world = worlds.with(giving(rewards)).await;
    let before = world.put_profile("anna", Attributes::new()).await;
    world.clock().advance(std::time::Duration::from_secs(60));

    let dry = send(&world, reviewed(), true).await;
    let after = world.probe().profile("anna");
    let stored = track(&world, reviewed()).await;

    assert_eq!(dry.types(), ["addLoyaltyPoints", "awardGiveaway", "addToAudience"]);
    assert_eq!(after, Some(before));
    assert_eq!(stored.types(), dry.types());
    assert_eq!(world.probe().points("anna", 7), 5.into());
}

async fn there_is_no_discount_without_a_cart(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.types(), [""; 0]);
}

async fn other_rewards_of_a_rule_with_a_discount_stay(worlds: Worlds) {
    let discount = Reward::set_discount("5 off", Discount::amount(5));
    let world = worlds.with(giving([discount, Reward::add_loyalty_points(7, 5)])).await;

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.types(), ["addLoyaltyPoints"]);
}

async fn conditions_read_type_and_attributes(worlds: Worlds) {
    let rule = Rule::new("Five stars")
        .when(Condition::event("reviewed"))
        .when(Condition::EventAttribute(AttributeTest::is("Stars", 5)))
        .then(Reward::CreateCoupon);
    let world = worlds.with(seed::rule(rule)).await;
    let stars = |stars: i64| reviewed().attributes(Attributes::new().with("Stars", stars));

    let four = track(&world, stars(4)).await;
    let five = track(&world, stars(5)).await;
    let other = NewEventV2 { event_type: "sold".into(), ..stars(5) };
    let other = track(&world, other).await;

    assert_eq!(five.types(), ["couponCreated"]);
    assert_eq!((four.types(), other.types()), (vec![], vec![]));
}

async fn conditions_read_the_profile(worlds: Worlds) {
    let in_berlin = Condition::ProfileAttribute(AttributeTest::is("City", "Berlin"));
    let rule = Rule::new("Berlin").when(in_berlin).then(Reward::CreateCoupon);
    let world = worlds.with(seed::rule(rule)).await;
    world.put_profile("anna", Attributes::new().with("City", "Berlin")).await;

    let of_anna = track(&world, reviewed()).await;
    let of_bert = track(&world, NewEventV2::new("reviewed", "bert")).await;

    assert_eq!(of_anna.types(), ["couponCreated"]);
    assert_eq!(of_bert.types(), [""; 0]);
}

async fn no_session_is_read_or_created(worlds: Worlds) {
    let rule = Rule::new("A cart")
        .when(Condition::cart_total(Range::at_least(1)))
        .then(Reward::CreateCoupon);
    let world = worlds.with(seed::rule(rule)).await;
    world.put("cart-1", cart(100).profile("anna")).await;
    let before = world.probe().session("cart-1");

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.types(), [""; 0]);
    assert_eq!(world.probe().session("cart-1"), before);
    assert_eq!(world.probe().session(""), None);
}

async fn points_are_deducted_up_to_the_balance(worlds: Worlds) {
    let earn = Rule::new("Earn").then(Reward::add_loyalty_points(7, 30));
    let spend = Rule::new("Spend").then(Reward::deduct_loyalty_points(7, 20));
    let campaign = Campaign::new("Club").rule(spend).rule(earn);
    let world = worlds.with(seed::of(campaign).loyalty_program(LoyaltyProgram::new(7))).await;

    let first = track(&world, reviewed()).await;
    let second = track(&world, reviewed()).await;

    assert_eq!(first.types(), ["addLoyaltyPoints"]);
    assert_eq!(second.types(), ["deductLoyaltyPoints", "addLoyaltyPoints"]);
    assert_eq!(world.probe().points("anna", 7), 40.into());
}

async fn campaigns_need_no_feature(worlds: Worlds) {
    let plain = Campaign::new("Plain").rule(Rule::new("Always").then(Reward::CreateCoupon));
    let advanced = Campaign::new("Advanced")
        .advanced_events()
        .rule(Rule::new("Always").then(Reward::CreateCoupon));
    let world = worlds.with(seed::of(plain).campaign(advanced)).await;

    let reply = track(&world, reviewed()).await;

    assert_eq!(reply.types(), ["couponCreated", "couponCreated"]);
}
