//! Rule failure reasons.

use talon_core::model::RuleFailureReason;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_failure_names_the_rule_and_its_condition,
        detail a_failure_names_the_coupon_of_the_evaluation,
        detail a_failure_names_the_effect_that_exceeds_a_limit,
        surprise a_rule_for_coupons_fails_without_one,
        detail rules_that_apply_are_not_listed_as_failures,
        detail campaigns_that_do_not_run_are_not_listed_as_failures,
        detail a_cancellation_has_no_failures,
    }
}

/// The rule failure reasons of this session.
async fn failures(world: &World, session: NewCustomerSessionV2) -> Vec<RuleFailureReason> {
    let content = [ResponseContent::RuleFailureReasons];
    let reply =
        world.send(UpdateCustomerSessionV2::new("cart-1", session).response_content(content)).await;
    reply.rule_failure_reasons.expect("asked for")
}

/// Positions of the condition and the effect that failed.
fn places(failures: &[RuleFailureReason]) -> Vec<(Option<i64>, Option<i64>)> {
    failures.iter().map(|failure| (failure.condition_index, failure.effect_index)).collect()
}

fn from_100() -> Rule {
    seed::ten_percent()
        .when(Condition::FirstSession(true))
        .when(Condition::cart_total(Range::at_least(100)))
}

async fn a_failure_names_the_rule_and_its_condition(worlds: Worlds) {
    let world = worlds.with(seed::rule(from_100())).await;

    let failures = failures(&world, cart(99)).await;

    let expected = RuleFailureReason {
        campaign_id: seed::campaign_id(),
        campaign_name: "Rule".into(),
        ruleset_id: seed::CAMPAIGN.into(),
        rule_index: 0,
        rule_name: "Ten off".into(),
        condition_index: Some(1),
        details: Some("condition 1 of the rule does not hold".into()),
        ..RuleFailureReason::default()
    };
    assert_eq!(failures, [expected]);
}

async fn a_failure_names_the_coupon_of_the_evaluation(worlds: Worlds) {
    let rule =
        seed::ten_percent().when(Condition::coupon_valid()).when(Condition::FirstSession(false));
    let campaign = Campaign::new("Later").coupon("FIRST").coupon("SECOND").rule(rule);
    let world = worlds.with(seed::of(campaign)).await;

    let failures = failures(&world, cart(1).coupon_codes(["FIRST", "SECOND"])).await;

    let codes = failures.iter().filter_map(|failure| failure.coupon_value.as_ref());
    assert!(codes.eq(["FIRST", "SECOND"]));
    assert_eq!(failures[1].coupon_id, world.probe().coupon("SECOND").map(|coupon| coupon.id));
    assert_eq!(places(&failures), [(Some(1), None); 2]);
}

async fn a_failure_names_the_effect_that_exceeds_a_limit(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 9, &[]);
    let rule = Rule::new("Gift").then(Reward::add_free_item("GIFT", "A gift"));
    let rule = seed::ten_percent().then.into_iter().fold(rule, Rule::then);
    let world = worlds.with(seed::of(Campaign::new("Gift").rule(rule).limit(limit))).await;

    let failures = failures(&world, cart(100)).await;

    assert_eq!(places(&failures), [(None, Some(1))]);
    assert_eq!(failures[0].details.as_deref(), Some("effect 1 of the rule is beyond a limit"));
}

async fn a_rule_for_coupons_fails_without_one(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let failures = failures(&world, cart(100)).await;

    assert_eq!(places(&failures), [(Some(0), None)]);
    assert_eq!(failures[0].coupon_value, None);
}

async fn rules_that_apply_are_not_listed_as_failures(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    assert_eq!(failures(&world, cart(100).coupon_codes(["SUMMER10"])).await, []);
}

async fn campaigns_that_do_not_run_are_not_listed_as_failures(worlds: Worlds) {
    let disabled = Campaign::new("Off").rule(from_100()).state(CampaignState::Disabled);
    let world = worlds.with(seed::of(disabled)).await;

    assert_eq!(failures(&world, cart(1)).await, []);
}

async fn a_cancellation_has_no_failures(worlds: Worlds) {
    let world = worlds.with(seed::rule(from_100())).await;
    world.put("cart-1", cart(1).state(SessionState::Closed)).await;

    assert_eq!(failures(&world, cancelled()).await, []);
}
