//! Rules for events of the third version. BEHAVIOUR-today 4.2.

use talon_core::effect::AcceptReferral;
use talon_fake::rules::AttributeTest;

use crate::prelude::*;

cases! {
    "trackEventV3" {
        success points_are_in_the_ledger_immediately,
        surprise campaigns_need_the_feature_for_advanced_events,
        detail conditions_read_type_and_attributes,
        detail a_giveaway_is_awarded_immediately,
        detail every_part_is_returned_on_request,
        surprise a_dry_event_books_nothing,
        surprise there_is_no_discount_without_a_cart,
        success a_referral_code_is_redeemed_by_a_rule,
        surprise a_referral_code_without_a_rule_is_returned_and_stays_unused,
        surprise an_unknown_referral_code_is_not_refused,
        detail a_dry_event_redeems_no_referral,
    }
}

fn delivered(id: &str) -> NewEventV3 {
    NewEventV3::new(id, "delivered", "anna")
}

async fn send(world: &World, event: NewEventV3, dry: bool) -> IntegrationStateV2 {
    world.track_v3(TrackEventV3::new(event).dry(dry)).await
}

async fn track(world: &World, event: NewEventV3) -> IntegrationStateV2 {
    send(world, event, false).await
}

/// A campaign for advanced events with this rule, and the objects that rules refer to.
fn with(rule: Rule) -> Seed {
    let campaign = Campaign::new("Club").id(seed::CAMPAIGN).advanced_events().rule(rule);
    seed::of(campaign).loyalty_program(LoyaltyProgram::new(7)).giveaways(1, "Gifts", &["GIFT-1"])
}

/// Five points for an event with a referral code of `anna`.
fn friends() -> Seed {
    let rule = Rule::new("A friend")
        .when(Condition::referral_valid())
        .then(Reward::add_loyalty_points(7, 5));
    let campaign = Campaign::new("Friends")
        .id(seed::CAMPAIGN)
        .advanced_events()
        .referral(seed::Referral::new("FRIEND-1", "anna"))
        .rule(rule);
    seed::of(campaign).loyalty_program(LoyaltyProgram::new(7))
}

fn of_bert() -> NewEventV3 {
    NewEventV3::new("e-1", "delivered", "bert").referral_code("FRIEND-1")
}

fn uses(world: &World) -> i64 {
    world.probe().referral("FRIEND-1").expect("seeded").usage_counter
}

async fn points_are_in_the_ledger_immediately(worlds: Worlds) {
    let world = worlds.with(with(Rule::new("Always").then(Reward::add_loyalty_points(7, 5)))).await;

    let event = delivered("e-1").response_content([ResponseContent::Loyalty]);
    let reply = track(&world, event).await;

    assert_eq!(reply.types(), ["addLoyaltyPoints"]);
    let loyalty = reply.loyalty.expect("asked for");
    assert_eq!(loyalty.programs["7"].ledger.current_balance, 5.into());
    assert_eq!(world.probe().points("anna", 7), 5.into());
}

async fn campaigns_need_the_feature_for_advanced_events(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::CreateCoupon)).await;

    let reply = track(&world, delivered("e-1")).await;

    assert_eq!(reply.types(), [""; 0]);
}

async fn conditions_read_type_and_attributes(worlds: Worlds) {
    let rule = Rule::new("Two parcels")
        .when(Condition::event("delivered"))
        .when(Condition::EventAttribute(AttributeTest::is("Parcels", 2)))
        .then(Reward::CreateCoupon);
    let world = worlds.with(with(rule)).await;
    let parcels =
        |id, parcels: i64| delivered(id).attributes(Attributes::new().with("Parcels", parcels));

    let one = track(&world, parcels("e-1", 1)).await;
    let two = track(&world, parcels("e-2", 2)).await;

    assert_eq!(two.types(), ["couponCreated"]);
    assert_eq!(one.types(), [""; 0]);
}

async fn a_giveaway_is_awarded_immediately(worlds: Worlds) {
    let world = worlds.with(with(Rule::new("Always").then(Reward::AwardGiveaway(1)))).await;

    let event = delivered("e-1").response_content([ResponseContent::AwardedGiveaways]);
    let first = track(&world, event).await;
    let second = track(&world, delivered("e-2")).await;

    assert_eq!(first.types(), ["awardGiveaway"]);
    assert_eq!(first.awarded_giveaways.expect("asked for")[0].code, "GIFT-1");
    assert_eq!(second.types(), [""; 0]);
}

async fn every_part_is_returned_on_request(worlds: Worlds) {
    let world = worlds.with(with(Rule::new("Always").then(Reward::CreateCoupon))).await;
    let parts = [
        ResponseContent::CustomerProfile,
        ResponseContent::TriggeredCampaigns,
        ResponseContent::Loyalty,
        ResponseContent::AdvancedEvent,
        ResponseContent::AwardedGiveaways,
        ResponseContent::RuleFailureReasons,
    ];

    let reply = track(&world, delivered("e-1").response_content(parts)).await;

    assert_eq!(reply.customer_profile, world.probe().profile("anna"));
    assert_eq!(reply.triggered_campaigns.expect("asked for")[0].id, seed::campaign_id());
    assert_eq!(reply.loyalty, Some(Loyalty::default()));
    assert_eq!(reply.advanced_event.expect("asked for").integration_id, Some("e-1".into()));
    assert_eq!(reply.awarded_giveaways, Some(vec![]));
    assert_eq!(reply.rule_failure_reasons, Some(vec![]));
    assert_eq!((reply.event, reply.referral, reply.achievements), (None, None, None));
}

async fn a_dry_event_books_nothing(worlds: Worlds) {
    let rule =
        Rule::new("Always").then(Reward::add_loyalty_points(7, 5)).then(Reward::AwardGiveaway(1));
    let world = worlds.with(with(rule)).await;
    let before = world.probe().snapshot();

    let dry = send(&world, delivered("e-1"), true).await;

    assert_eq!(dry.types(), ["addLoyaltyPoints", "awardGiveaway"]);
    assert_eq!(before.diff(&world.probe().snapshot()), [""; 0]);
}

async fn there_is_no_discount_without_a_cart(worlds: Worlds) {
    let world = worlds.with(with(seed::ten_percent())).await;

    let reply = track(&world, delivered("e-1")).await;

    assert_eq!(reply.types(), [""; 0]);
}

async fn a_referral_code_is_redeemed_by_a_rule(worlds: Worlds) {
    let world = worlds.with(friends()).await;

    let reply = track(&world, of_bert()).await;

    let referral = world.probe().referral("FRIEND-1").expect("seeded");
    let accepted = AcceptReferral { value: "FRIEND-1".into() };
    assert_eq!(reply.kinds()[0], &EffectKind::from(accepted));
    assert_eq!(reply.types(), ["acceptReferral", "addLoyaltyPoints"]);
    assert_eq!(referral.usage_counter, 1);
    assert_eq!(reply.referral, Some(referral));
    assert_eq!(world.probe().points("bert", 7), 5.into());
}

async fn a_referral_code_without_a_rule_is_returned_and_stays_unused(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;

    let reply = track(&world, of_bert()).await;

    assert_eq!(reply.types(), [""; 0]);
    assert_eq!(reply.referral.expect("it was sent").code, "FRIEND-1");
    assert_eq!(uses(&world), 0);
}

async fn an_unknown_referral_code_is_not_refused(worlds: Worlds) {
    let world = worlds.with(friends()).await;

    let reply = track(&world, delivered("e-1").referral_code("UNKNOWN")).await;

    assert_eq!(reply.types(), ["rejectReferral"]);
    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralNotFound);
    assert_eq!(reply.referral, None);
}

async fn a_dry_event_redeems_no_referral(worlds: Worlds) {
    let world = worlds.with(friends()).await;

    let reply = send(&world, of_bert(), true).await;

    assert_eq!(reply.types(), ["acceptReferral", "addLoyaltyPoints"]);
    assert_eq!(uses(&world), 0);
}
