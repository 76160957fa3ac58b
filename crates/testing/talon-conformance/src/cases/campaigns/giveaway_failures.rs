//! Rules whose giveaways are gone. BEHAVIOUR-today 11.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success an_empty_pool_is_a_failure_of_the_rule,
        surprise a_coupon_for_a_giveaway_that_is_gone_is_rejected,
        surprise a_giveaway_that_is_gone_drops_no_other_effect,
        detail a_limit_of_giveaways_is_a_failure_of_the_rule,
        detail an_empty_pool_is_told_by_the_eligibility,
    }
    "trackEventV2" { detail an_event_fails_for_an_empty_pool, }
}

const POOL: i64 = 3;

fn tickets(rule: Rule, codes: &[&str]) -> Seed {
    let campaign = Campaign::new("Tickets").coupon("TICKET").rule(rule);
    seed::of(campaign).giveaways(POOL, "Tickets", codes)
}

fn ticket() -> Rule {
    Rule::new("Ticket").then(Reward::AwardGiveaway(POOL))
}

fn one_off() -> Reward {
    Reward::set_discount("1 off", Discount::amount(1))
}

fn bought() -> NewCustomerSessionV2 {
    cart(100).profile("anna").state(SessionState::Closed)
}

/// Why rules failed: the position of the effect, and the details.
async fn failures(world: &World, session: NewCustomerSessionV2) -> Vec<(Option<i64>, String)> {
    let content = [ResponseContent::RuleFailureReasons];
    let request = UpdateCustomerSessionV2::new("cart-1", session).response_content(content);
    let reply = world.send(request).await;
    let failures = reply.rule_failure_reasons.expect("asked for").into_iter();
    failures.map(|it| (it.effect_index, it.details.unwrap_or_default())).collect()
}

async fn an_empty_pool_is_a_failure_of_the_rule(worlds: Worlds) {
    let world = worlds.with(tickets(ticket().then(Reward::AwardGiveaway(POOL)), &["T-1"])).await;

    let one_left = failures(&world, cart(100).profile("anna")).await;
    world.put("cart-2", bought().profile("bert")).await;
    let none_left = failures(&world, closed()).await;

    let failure = |effect: i64| {
        (Some(effect), format!("no giveaway is left for effect {effect} of the rule"))
    };
    assert_eq!(one_left, [failure(1)]);
    assert_eq!(none_left, [failure(0)]);
}

/// A ticket for the coupon `TICKET`.
fn for_a_coupon() -> Rule {
    ticket().when(Condition::coupon_valid())
}

async fn a_coupon_for_a_giveaway_that_is_gone_is_rejected(worlds: Worlds) {
    let world = worlds.with(tickets(for_a_coupon(), &[])).await;

    let reply = world.put("cart-1", bought().coupon_codes(["TICKET"])).await;

    assert_eq!(reply.types(), ["rejectCoupon"]);
    assert_eq!(reply.coupon_rejection(), CouponRejection::EffectCouldNotBeApplied);
    assert_eq!(world.probe().coupon("TICKET").expect("it exists").usage_counter, 0);
}

async fn a_giveaway_that_is_gone_drops_no_other_effect(worlds: Worlds) {
    let world = worlds.with(tickets(ticket().then(one_off()), &[])).await;

    let reply = world.put("cart-1", bought()).await;

    assert_eq!(reply.discounts(), [("1 off", 1.into())]);
    let of_code = worlds.with(tickets(for_a_coupon().then(one_off()), &[])).await;
    let reply = of_code.put("cart-1", bought().coupon_codes(["TICKET"])).await;
    assert_eq!(reply.types(), ["rejectCoupon"], "a code that is rejected has no effects");
}

async fn a_limit_of_giveaways_is_a_failure_of_the_rule(worlds: Worlds) {
    let limit = seed::limit("awardGiveaway".into(), 1, &[]);
    let campaign = Campaign::new("Tickets").limit(limit).rule(ticket());
    let seed = seed::of(campaign).giveaways(POOL, "Tickets", &["T-1", "T-2"]);
    let world = worlds.with(seed).await;
    world.put("cart-2", bought().profile("bert")).await;

    let failures = failures(&world, bought()).await;

    assert_eq!(failures, [(Some(0), "effect 0 of the rule is beyond a limit".to_owned())]);
}

async fn an_empty_pool_is_told_by_the_eligibility(worlds: Worlds) {
    let world = worlds.with(tickets(ticket(), &[])).await;

    let content = [ResponseContent::CampaignEligibility];
    let request = UpdateCustomerSessionV2::new("cart-1", bought()).response_content(content);
    let reply = world.send(request.dry(true)).await;

    let told = reply.campaign_eligibility.expect("asked for");
    let rule = told[0].rules[0].eligibility[0].details.clone().expect("it is not passed");
    assert_eq!((rule.failure_code, rule.effect_index), (RuleFailureCode::EffectFailed, Some(0)));
}

async fn an_event_fails_for_an_empty_pool(worlds: Worlds) {
    let world = worlds.with(tickets(ticket(), &[])).await;

    let event = NewEventV2::new("shipped", "anna");
    let event = event.response_content([ResponseContent::RuleFailureReasons]);
    let reply = world.api.track_event_v2(TrackEventV2::new(event).silent(false)).await;

    let reply = reply.expect("accepted").expect("not silent");
    assert!(reply.effects.is_empty());
    let failures = reply.rule_failure_reasons.expect("asked for");
    assert_eq!(failures[0].effect_index, Some(0));
}
