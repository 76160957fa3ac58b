//! Evaluation modes: which of the running campaigns apply.

use talon_core::CampaignId;
use talon_core::effect::RejectCoupon;
use talon_fake::world::EvaluationMode;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success all_campaigns_are_evaluated_by_default,
        success the_first_campaign_with_an_effect_wins,
        success the_highest_discount_wins,
        detail the_lowest_discount_wins,
        surprise a_campaign_with_a_higher_discount_has_no_exclusion_reason,
        surprise of_equal_discounts_the_first_wins,
        surprise the_winner_depends_on_the_cart,
        detail a_rejected_code_of_another_campaign_names_the_reason,
        detail a_rejected_referral_of_another_campaign_names_the_reason,
        detail a_campaign_that_a_dry_run_does_not_list_has_another_reason,
        surprise if_no_campaign_applies_each_code_has_its_own_reason,
        detail only_the_chosen_campaign_uses_its_limits,
    }
    "updateCustomerSession" { surprise the_first_version_ignores_evaluation_modes, }
}

/// 5 off, then 10 % off with `SUMMER10`, then 5 off again.
fn three() -> Seed {
    let five = |name: &str| {
        let rule = Rule::new(name).then(Reward::set_discount(name, Discount::amount(5)));
        Campaign::new(name).rule(rule)
    };
    Seed::new()
        .campaign(five("first").id(1))
        .campaign(seed::summer_campaign().coupon("SUMMER10").id(2))
        .campaign(five("third").id(3))
}

fn mode(mode: EvaluationMode) -> Seed {
    three().evaluation_mode(mode)
}

fn with_code(price: i64) -> NewCustomerSessionV2 {
    cart(price).coupon_codes(["SUMMER10"])
}

fn triggered(reply: &IntegrationStateV2) -> Vec<i64> {
    let campaigns = reply.triggered_campaigns.iter().flatten();
    campaigns.map(|campaign| CampaignId::get(campaign.id)).collect()
}

#[track_caller]
fn rejected(reply: &IntegrationStateV2) -> &RejectCoupon {
    let rejected = reply.kinds().into_iter().find_map(|kind| match kind {
        EffectKind::RejectCoupon(rejected) => Some(rejected),
        _ => None,
    });
    rejected.expect("a rejected coupon")
}

async fn all_campaigns_are_evaluated_by_default(worlds: Worlds) {
    let world = worlds.with(three()).await;

    assert_eq!(triggered(&world.put("cart-1", with_code(100)).await), [1, 2, 3]);
}

async fn the_first_campaign_with_an_effect_wins(worlds: Worlds) {
    let seed = seed::of(seed::summer_campaign().coupon("SUMMER10").id(9));
    let seed = three().campaigns.into_iter().fold(seed, Seed::campaign);
    let seed = Seed {
        campaigns: seed.campaigns.into_iter().filter(|c| c.id != Some(2.into())).collect(),
        ..seed
    };
    let world = worlds.with(seed.evaluation_mode(EvaluationMode::ListOrder)).await;

    assert_eq!(triggered(&world.put("cart-1", with_code(100)).await), [9]);
    assert_eq!(triggered(&world.put("cart-2", cart(100)).await), [1]);
}

async fn the_highest_discount_wins(worlds: Worlds) {
    let world = worlds.with(mode(EvaluationMode::HighestDiscount)).await;

    let reply = world.put("cart-1", with_code(100)).await;

    assert_eq!(triggered(&reply), [2]);
    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount"]);
}

async fn the_lowest_discount_wins(worlds: Worlds) {
    let world = worlds.with(mode(EvaluationMode::LowestDiscount)).await;

    assert_eq!(triggered(&world.put("cart-1", with_code(100)).await), [1]);
    assert_eq!(triggered(&world.put("cart-2", with_code(40)).await), [2]);
}

async fn a_campaign_with_a_higher_discount_has_no_exclusion_reason(worlds: Worlds) {
    let world = worlds.with(mode(EvaluationMode::LowestDiscount)).await;

    let reply = world.put("cart-1", with_code(100)).await;

    // BEHAVIOUR 4.3: campaignExclusionReason has three values, and this is none of them.
    let rejected = reply.kinds().into_iter().find_map(|kind| match kind {
        EffectKind::RejectCoupon(rejected) => Some(rejected),
        _ => None,
    });
    let rejected = rejected.expect("the coupon of the campaign that was not chosen");
    assert_eq!(rejected.rejection_reason.as_str(), "CouponPartOfNotTriggeredCampaign");
    assert_eq!(rejected.campaign_exclusion_reason, None);
}

async fn of_equal_discounts_the_first_wins(worlds: Worlds) {
    let world = worlds.with(mode(EvaluationMode::HighestDiscount)).await;

    assert_eq!(triggered(&world.put("cart-1", with_code(50)).await), [1]);
}

async fn the_winner_depends_on_the_cart(worlds: Worlds) {
    let world = worlds.with(mode(EvaluationMode::HighestDiscount)).await;
    let small = world.put("cart-1", with_code(20)).await;

    let large = world.put("cart-1", cart(1000)).await;

    assert_eq!((triggered(&small), triggered(&large)), (vec![1], vec![2]));
}

async fn a_rejected_code_of_another_campaign_names_the_reason(worlds: Worlds) {
    for (mode_of_world, why) in [
        (EvaluationMode::ListOrder, "CampaignIsNotFirst"),
        (EvaluationMode::HighestDiscount, "CampaignGaveLowerDiscount"),
    ] {
        let world = worlds.with(mode(mode_of_world)).await;

        let reply = world.put("cart-1", with_code(20)).await;

        let reason = CouponRejection::CouponPartOfNotTriggeredCampaign;
        assert_eq!(rejected(&reply).rejection_reason, reason);
        assert_eq!(rejected(&reply).campaign_exclusion_reason.as_deref(), Some(why));
        assert_eq!(reply.discounts(), [("first", 5.into())]);
    }
}

async fn a_rejected_referral_of_another_campaign_names_the_reason(worlds: Worlds) {
    let friends = seed::friends_campaign().referral(seed::Referral::new("FRIEND-1", "anna"));
    let world = worlds.with(mode(EvaluationMode::ListOrder).campaign(friends)).await;

    let reply = world.put("cart-1", cart(1).profile("bert").referral_code("FRIEND-1")).await;

    let reason = ReferralRejection::ReferralPartOfNotTriggeredCampaign;
    assert_eq!(reply.referral_rejection(), reason);
}

async fn a_campaign_that_a_dry_run_does_not_list_has_another_reason(worlds: Worlds) {
    let world = worlds.with(three()).await;

    let evaluable_campaign_ids = Some(vec![1.into()]);
    let session = NewCustomerSessionV2 { evaluable_campaign_ids, ..with_code(100) };
    let reply = world.try_out("cart-1", session).await;

    let why = rejected(&reply).campaign_exclusion_reason.as_deref();
    assert_eq!(why, Some("CampaignNotInEvaluationSet"));
}

async fn if_no_campaign_applies_each_code_has_its_own_reason(worlds: Worlds) {
    let expired = seed::Coupon::new("SUMMER10").expires(at("2025-01-01T00:00:00Z"));
    let seed = seed::of(seed::summer_campaign().coupon(expired));
    let world = worlds.with(seed.evaluation_mode(EvaluationMode::HighestDiscount)).await;

    let reply = world.put("cart-1", with_code(100)).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponExpired);
    assert_eq!(rejected(&reply).campaign_exclusion_reason, None);
}

async fn only_the_chosen_campaign_uses_its_limits(worlds: Worlds) {
    let once =
        |campaign: Campaign| campaign.limit(seed::limit(LimitAction::SetDiscountEffect, 1, &[]));
    let seed = mode(EvaluationMode::HighestDiscount);
    let campaigns = seed.campaigns.into_iter().map(once).collect();
    let world = worlds.with(Seed { campaigns, ..mode(EvaluationMode::HighestDiscount) }).await;
    let paid = || with_code(100).state(SessionState::Closed);

    let first = world.put("cart-1", paid()).await;
    let second = world.put("cart-2", paid()).await;
    let third = world.put("cart-3", paid()).await;

    assert_eq!([triggered(&first), triggered(&second), triggered(&third)], [[2], [1], [3]]);
}

async fn the_first_version_ignores_evaluation_modes(worlds: Worlds) {
    let world = worlds.with(mode(EvaluationMode::ListOrder)).await;

    let session = NewCustomerSession::default().coupon("SUMMER10");
    let reply = world.put_v1("cart-1", session).await;

    assert_eq!(reply.event.coupon_reason(), CouponRejection::CouponPartOfNotRunningCampaign);
}
