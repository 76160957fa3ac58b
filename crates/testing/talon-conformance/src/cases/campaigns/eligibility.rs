//! The eligibility of campaigns, in replies of dry runs.

use talon_core::model::{CampaignEligibility, CampaignEligibilityDetails, CampaignFailureCode};
use talon_core::model::{RuleEligibility, RuleFailureCode};
use talon_fake::world::EvaluationMode;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success each_running_campaign_is_listed_with_its_rules,
        detail a_campaign_passes_if_one_of_its_rules_passes,
        detail a_rule_names_the_condition_that_failed,
        detail a_rule_names_the_effect_that_exceeds_a_limit,
        detail each_coupon_has_a_separate_outcome,
        detail a_campaign_that_was_not_chosen_is_skipped,
        surprise a_campaign_that_a_dry_run_does_not_list_is_skipped,
        surprise a_disabled_campaign_that_is_listed_counts_as_enabled,
    }
    "updateCustomerProfileV2" {
        detail a_dry_update_of_a_profile_returns_its_campaigns,
        detail a_dry_update_of_a_profile_may_list_disabled_campaigns,
    }
}

const ASKED: [ResponseContent; 1] = [ResponseContent::CampaignEligibility];

/// The eligibility in the reply to a dry run of this session.
async fn told(world: &World, session: NewCustomerSessionV2) -> Vec<CampaignEligibility> {
    let request = UpdateCustomerSessionV2::new("cart-1", session).response_content(ASKED).dry(true);
    world.send(request).await.campaign_eligibility.expect("asked for")
}

fn passed() -> CampaignEligibilityDetails {
    CampaignEligibilityDetails { passed: true, ..CampaignEligibilityDetails::default() }
}

/// Why a campaign does not pass: the first of its outcomes.
fn failure(told: &CampaignEligibility) -> Option<CampaignFailureCode> {
    Some(told.eligibility[0].details.as_ref()?.failure_code.clone())
}

fn rule_passed() -> RuleEligibility {
    RuleEligibility { passed: true, ..RuleEligibility::default() }
}

fn from_100() -> Rule {
    Rule::new("From 100")
        .when(Condition::FirstSession(true))
        .when(Condition::cart_total(Range::at_least(100)))
        .then(Reward::set_discount("5 off", Discount::amount(5)))
}

fn disabled() -> Campaign {
    seed::summer_campaign().state(CampaignState::Disabled)
}

async fn each_running_campaign_is_listed_with_its_rules(worlds: Worlds) {
    let campaign = Campaign::new("Two").id(7).rule(seed::ten_percent()).rule(from_100());
    let world = worlds.with(seed::of(campaign).campaign(disabled())).await;

    let told = told(&world, cart(100)).await;

    assert_eq!(told.len(), 1);
    assert_eq!((told[0].id, told[0].name.as_str()), (7.into(), "Two"));
    assert_eq!(told[0].application_id, world.probe().application().id);
    assert_eq!(told[0].state, CampaignState::Enabled);
    assert_eq!(told[0].eligibility, [passed()]);
    assert!(told[0].rules.iter().map(|rule| rule.title.as_str()).eq(["Ten off", "From 100"]));
    assert!(told[0].rules.iter().all(|rule| rule.eligibility == [rule_passed()]));
}

async fn a_campaign_passes_if_one_of_its_rules_passes(worlds: Worlds) {
    let one = Campaign::new("One of two").id(1).rule(from_100()).rule(seed::ten_percent());
    let none = Campaign::new("None of one").id(2).rule(from_100());
    let world = worlds.with(seed::of(one).campaign(none)).await;

    let told = told(&world, cart(99)).await;

    assert_eq!(told[0].eligibility, [passed()]);
    assert_eq!(failure(&told[1]), Some(CampaignFailureCode::AllRulesFailed));
}

async fn a_rule_names_the_condition_that_failed(worlds: Worlds) {
    let world = worlds.with(seed::rule(from_100())).await;

    let told = told(&world, cart(99)).await;

    let outcome = &told[0].rules[0].eligibility[0];
    let details = outcome.details.as_ref().expect("it failed");
    assert!(!outcome.passed);
    assert_eq!(details.failure_code, RuleFailureCode::ConditionNotMet);
    assert_eq!((details.condition_index, details.effect_index), (Some(1), None));
    assert_eq!(details.details, "condition 1 of the rule does not hold");
}

async fn a_rule_names_the_effect_that_exceeds_a_limit(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 9, &[]);
    let campaign = Campaign::new("Nine").rule(seed::ten_percent()).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;

    let told = told(&world, cart(100)).await;

    let details = told[0].rules[0].eligibility[0].details.as_ref().expect("it failed");
    assert_eq!(details.failure_code, RuleFailureCode::EffectFailed);
    assert_eq!((details.condition_index, details.effect_index), (None, Some(0)));
}

async fn each_coupon_has_a_separate_outcome(worlds: Worlds) {
    let limit = seed::limit(LimitAction::RedeemCoupon, 1, &[]);
    let campaign = seed::summer_campaign().coupon("FIRST").coupon("SECOND").limit(limit);
    let world = worlds.with(seed::of(campaign)).await;

    let told = told(&world, cart(100).coupon_codes(["FIRST", "SECOND"])).await;

    let outcomes = told[0].eligibility.iter().map(|one| (one.coupon_code.as_ref(), one.passed));
    let expected = ["FIRST".into(), "SECOND".into()];
    assert!(outcomes.eq([(Some(&expected[0]), true), (Some(&expected[1]), false)]));
    let of_rule = &told[0].rules[0].eligibility;
    assert_eq!(of_rule[0].coupon_code.as_ref(), Some(&expected[0]));
    assert!(of_rule[0].passed && !of_rule[1].passed);
    let details = of_rule[1].details.as_ref().expect("it failed");
    assert_eq!(details.coupon_value.as_ref(), Some(&expected[1]));
    assert_eq!(details.coupon_id, world.probe().coupon("SECOND").map(|coupon| coupon.id));
}

async fn a_campaign_that_was_not_chosen_is_skipped(worlds: Worlds) {
    let of = |id: i64| Campaign::new(format!("{id}")).id(id).rule(seed::ten_percent());
    let seed = seed::of(of(1)).campaign(of(2)).evaluation_mode(EvaluationMode::ListOrder);
    let world = worlds.with(seed).await;

    let told = told(&world, cart(100)).await;

    assert_eq!(told[0].eligibility, [passed()]);
    assert_eq!(failure(&told[1]), Some(CampaignFailureCode::Skipped));
    assert!(told[1].rules.is_empty());
}

async fn a_campaign_that_a_dry_run_does_not_list_is_skipped(worlds: Worlds) {
    let of = |id: i64| Campaign::new(format!("{id}")).id(id).rule(seed::ten_percent());
    let world = worlds.with(seed::of(of(1)).campaign(of(2)).campaign(disabled())).await;

    let evaluable_campaign_ids = Some(vec![2.into()]);
    let told = told(&world, NewCustomerSessionV2 { evaluable_campaign_ids, ..cart(100) }).await;

    assert!(told.iter().map(|campaign| campaign.id).eq([1.into(), 2.into()]));
    assert_eq!(failure(&told[0]), Some(CampaignFailureCode::Skipped));
    assert_eq!(told[1].eligibility, [passed()]);
}

async fn a_disabled_campaign_that_is_listed_counts_as_enabled(worlds: Worlds) {
    let world = worlds.with(seed::of(disabled().rule(from_100()))).await;

    let evaluable_campaign_ids = Some(vec![seed::campaign_id()]);
    let told = told(&world, NewCustomerSessionV2 { evaluable_campaign_ids, ..cart(100) }).await;

    assert_eq!(told[0].state, CampaignState::Enabled);
    assert_eq!(told[0].eligibility, [passed()]);
}

async fn a_dry_update_of_a_profile_returns_its_campaigns(worlds: Worlds) {
    let world = worlds.with(seed::rule(from_100())).await;

    let profile = NewCustomerProfile::default().response_content(ASKED);
    let request = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(true);
    let real = refusal(world.api.update_customer_profile_v2(request.clone()).await);
    let dry = world.api.update_customer_profile_v2(request.dry(true)).await.expect("accepted");

    let details = "campaignEligibility can be asked for with dry=true alone";
    assert_eq!(real.problems(), [Problem::at("/responseContent/0", "Invalid", details)]);
    let told = dry.campaign_eligibility.expect("asked for");
    assert_eq!(failure(&told[0]), Some(CampaignFailureCode::AllRulesFailed));
}

async fn a_dry_update_of_a_profile_may_list_disabled_campaigns(worlds: Worlds) {
    let draft = Campaign::new("Draft").id(1).rule(seed::ten_percent());
    let running = Campaign::new("Running").rule(from_100());
    let draft = draft.state(CampaignState::Disabled);
    let world = worlds.with(seed::of(draft).campaign(running)).await;

    let evaluable_campaign_ids = Some(vec![1.into()]);
    let profile = NewCustomerProfile { evaluable_campaign_ids, ..NewCustomerProfile::default() };
    let profile = profile.response_content([ResponseContent::TriggeredCampaigns]);
    let request = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(true);
    let real = world.api.update_customer_profile_v2(request.clone()).await.expect("accepted");
    let dry = world.api.update_customer_profile_v2(request.dry(true)).await.expect("accepted");

    assert_eq!(real.triggered_campaigns, Some(Vec::new()));
    let triggered = dry.triggered_campaigns.expect("asked for");
    assert!(triggered.iter().map(|campaign| campaign.id).eq([1.into()]));
}
