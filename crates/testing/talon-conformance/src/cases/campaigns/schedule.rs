//! Which campaigns run, and their order.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success campaigns_run_in_the_order_of_the_world,
        detail rules_run_in_their_order,
        detail rewards_are_given_in_their_order,
        surprise a_rule_runs_regardless_of_the_rule_before,
        detail a_disabled_campaign_does_not_run,
        detail an_archived_campaign_does_not_run,
        surprise the_start_of_a_campaign_is_inclusive_and_its_end_exclusive,
        detail triggered_campaigns_are_named_once_in_order,
        surprise created_codes_are_listed_in_the_order_of_the_rules,
        surprise rejections_are_in_the_order_of_campaigns,
        detail a_dry_run_may_list_a_disabled_campaign,
        detail a_referral_of_a_campaign_before_its_start_is_rejected,
        detail a_referral_of_an_expired_campaign_is_rejected,
        detail a_referral_of_an_archived_campaign_is_rejected,
    }
}

fn off(name: &str) -> Rule {
    Rule::new(name).then(Reward::set_discount(name, Discount::amount(1)))
}

fn campaign(name: &str, id: i64) -> Campaign {
    Campaign::new(name).id(id).rule(off(name))
}

/// Labels of the discounts, in order.
fn names(reply: &IntegrationStateV2) -> Vec<&str> {
    reply.discounts().into_iter().map(|(name, _)| name).collect()
}

/// Whether the campaign runs.
async fn runs(worlds: Worlds, campaign: Campaign) -> bool {
    worlds.with(seed::of(campaign)).await.fires("cart-1", cart(100)).await
}

async fn referred(worlds: Worlds, campaign: Campaign) -> ReferralRejection {
    let campaign = campaign.referral(seed::Referral::new("FRIEND-1", "anna"));
    let world = worlds.with(seed::of(campaign)).await;
    let referred = cart(100).profile("bert").referral_code("FRIEND-1");
    world.put("cart-1", referred).await.referral_rejection()
}

async fn campaigns_run_in_the_order_of_the_world(worlds: Worlds) {
    let seed = seed::of(campaign("A", 9)).campaign(campaign("B", 1)).campaign(campaign("C", 5));
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(names(&reply), ["A", "B", "C"]);
}

async fn rules_run_in_their_order(worlds: Worlds) {
    let campaign = campaign("A", 1).rule(off("C")).rule(off("B"));
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(names(&reply), ["A", "C", "B"]);
    assert!(reply.effects.iter().map(|effect| effect.rule_index).eq([0, 1, 2]));
}

async fn rewards_are_given_in_their_order(worlds: Worlds) {
    let rule = off("A").then(Reward::add_free_item("GIFT", "A gift"));
    let rule = rule.then(Reward::set_discount("B", Discount::amount(1)));
    let world = worlds.with(seed::rule(rule)).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.types(), ["setDiscount", "addFreeItem", "setDiscount"]);
}

async fn a_rule_runs_regardless_of_the_rule_before(worlds: Worlds) {
    let never = off("never").when(!Condition::Always);
    let campaign = Campaign::new("Rules").rule(never).rule(off("always"));
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(names(&reply), ["always"]);
    assert_eq!(reply.effects[0].rule_index, 1);
}

async fn a_disabled_campaign_does_not_run(worlds: Worlds) {
    assert!(!runs(worlds, campaign("A", 1).state(CampaignState::Disabled)).await);
    assert!(runs(worlds, campaign("A", 1).state(CampaignState::Enabled)).await);
}

async fn an_archived_campaign_does_not_run(worlds: Worlds) {
    assert!(!runs(worlds, campaign("A", 1).state(CampaignState::Archived)).await);
}

async fn the_start_of_a_campaign_is_inclusive_and_its_end_exclusive(worlds: Worlds) {
    let now = Some(at("2026-01-01T00:00:00Z"));
    let later = Some(at("2026-01-01T00:00:01Z"));

    assert!(runs(worlds, Campaign { start_time: now, ..campaign("A", 1) }).await);
    assert!(!runs(worlds, Campaign { start_time: later, ..campaign("A", 1) }).await);
    assert!(!runs(worlds, Campaign { end_time: now, ..campaign("A", 1) }).await);
    assert!(runs(worlds, Campaign { end_time: later, ..campaign("A", 1) }).await);
}

async fn triggered_campaigns_are_named_once_in_order(worlds: Worlds) {
    let never = Campaign::new("Never").id(2).rule(off("never").when(Condition::Any(vec![])));
    let seed = seed::of(campaign("A", 9).rule(off("again"))).campaign(never);
    let world = worlds.with(seed.campaign(campaign("B", 1))).await;

    let reply = world.put("cart-1", cart(100)).await;

    let triggered = reply.triggered_campaigns.expect("asked for");
    assert!(triggered.iter().map(|campaign| campaign.id.get()).eq([9, 1]));
}

async fn created_codes_are_listed_in_the_order_of_the_rules(worlds: Worlds) {
    let rule = Rule::new("Both").then(Reward::CreateCoupon);
    let world = worlds.with(seed::of(Campaign::new("Both").rule(rule).rule(off("A")))).await;

    let reply = world.put("cart-1", cart(100).state(SessionState::Closed)).await;

    assert_eq!(reply.types(), ["couponCreated", "setDiscount"]);
}

async fn rejections_are_in_the_order_of_campaigns(worlds: Worlds) {
    let expired = |code: &str| seed::Coupon::new(code).expires(at("2025-01-01T00:00:00Z"));
    let wanting = |id: i64, code: &str| {
        let rule = seed::ten_percent().when(Condition::coupon_valid());
        Campaign::new("Coupons").id(id).coupon(expired(code)).rule(rule)
    };
    let world = worlds.with(seed::of(wanting(9, "FIRST")).campaign(wanting(1, "SECOND"))).await;

    let codes = cart(100).coupon_codes(["NOBODY", "SECOND", "FIRST"]);
    let reply = world.put("cart-1", codes).await;

    let values = reply.kinds().into_iter().map(|kind| match kind {
        EffectKind::RejectCoupon(rejected) => rejected.value.as_str(),
        other => panic!("{other:?}"),
    });
    assert!(values.eq(["FIRST", "SECOND", "NOBODY"]));
}

async fn a_dry_run_may_list_a_disabled_campaign(worlds: Worlds) {
    let disabled = campaign("B", 2).state(CampaignState::Disabled);
    let world = worlds.with(seed::of(campaign("A", 1)).campaign(disabled)).await;

    let only = Some(vec![2.into()]);
    let session = NewCustomerSessionV2 { evaluable_campaign_ids: only, ..cart(100) };
    let reply = world.try_out("cart-1", session).await;

    assert_eq!(names(&reply), ["B"]);
}

async fn a_referral_of_a_campaign_before_its_start_is_rejected(worlds: Worlds) {
    let start_time = Some(at("2027-01-01T00:00:00Z"));
    let later = Campaign { start_time, ..seed::friends_campaign() };

    let reason = ReferralRejection::ReferralPartOfNotRunningCampaign;
    assert_eq!(referred(worlds, later).await, reason);
}

async fn a_referral_of_an_expired_campaign_is_rejected(worlds: Worlds) {
    let end_time = Some(at("2025-01-01T00:00:00Z"));
    let over = Campaign { end_time, ..seed::friends_campaign() };

    let reason = ReferralRejection::ReferralPartOfNotRunningCampaign;
    assert_eq!(referred(worlds, over).await, reason);
}

async fn a_referral_of_an_archived_campaign_is_rejected(worlds: Worlds) {
    let archived = seed::friends_campaign().state(CampaignState::Archived);

    let reason = ReferralRejection::ReferralPartOfNotRunningCampaign;
    assert_eq!(referred(worlds, archived).await, reason);
}
