//! Referral codes in sessions, and all reasons of rejected ones.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success the_referral_of_a_friend_is_accepted,
        detail closing_redeems_the_referral,
        detail a_cancellation_restores_the_referral,
        detail a_referral_is_returned_on_request,
        detail redeem_referral_names_the_code,
        detail referral_not_found,
        surprise advocates_cannot_redeem_their_own_referral,
        detail campaign_not_running,
        detail campaign_not_triggered,
        detail referral_valid_condition_missing,
        detail referral_limit_reached,
        detail campaign_limit_reached,
        detail profile_limit_reached,
        detail recipient_does_not_match,
        detail advocate_not_found,
        detail referral_expired,
        detail referral_start_date_in_future,
        detail rejected_by_condition,
    }
}

const CODE: &str = "FRIEND-1";

fn of_bert() -> NewCustomerSessionV2 {
    cart(100).profile("bert").referral_code(CODE)
}

fn referral() -> seed::Referral {
    seed::Referral::new(CODE, "anna")
}

fn limited(entities: &[LimitEntity]) -> Seed {
    let limit = seed::limit(LimitAction::RedeemReferral, 1, entities);
    seed::of(seed::friends_campaign().referral(referral()).limit(limit))
}

async fn reply(worlds: Worlds, seed: Seed) -> IntegrationStateV2 {
    worlds.with(seed).await.put("cart-1", of_bert()).await
}

fn uses(world: &World) -> i64 {
    world.probe().referral(CODE).expect("seeded").usage_counter
}

async fn the_referral_of_a_friend_is_accepted(worlds: Worlds) {
    let reply = reply(worlds, seed::friends()).await;

    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
    let EffectKind::AcceptReferral(accepted) = &reply.effects[0].kind else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!(accepted.value, CODE);
    assert_eq!(reply.effects[0].campaign_id, seed::campaign_id());
}

async fn closing_redeems_the_referral(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;
    world.put("cart-1", of_bert()).await;
    let before = uses(&world);

    world.put("cart-1", closed()).await;

    assert_eq!((before, uses(&world)), (0, 1));
}

async fn a_cancellation_restores_the_referral(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;
    world.put("cart-1", of_bert().state(SessionState::Closed)).await;

    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let reply = world.put("cart-1", cancelled).await;

    assert_eq!(reply.types(), ["rollbackReferral", "rollbackDiscount"]);
    assert_eq!(uses(&world), 0);
}

async fn a_referral_is_returned_on_request(worlds: Worlds) {
    let reply = reply(worlds, seed::friends()).await;

    let referral = reply.referral.expect("asked for");
    assert_eq!(referral.code, CODE);
    assert_eq!(referral.advocate_profile_integration_id, "anna");
}

async fn redeem_referral_names_the_code(worlds: Worlds) {
    let rule = Rule::new("Redeem").when(Condition::referral_valid()).then(Reward::RedeemReferral);
    let campaign = Campaign::new("Redeem").referral(referral()).rule(rule);
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", of_bert()).await;

    let EffectKind::RedeemReferral(redeemed) = &reply.effects[1].kind else {
        panic!("{:?}", reply.effects);
    };
    let stored = world.probe().referral(CODE).expect("seeded");
    assert_eq!((redeemed.id, &redeemed.value), (stored.id, &stored.code));
}

async fn referral_not_found(worlds: Worlds) {
    let reply = reply(worlds, Seed::new()).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralNotFound);
    assert_eq!(reply.effects[0].campaign_id, talon_core::CampaignId::NONE);
}

async fn advocates_cannot_redeem_their_own_referral(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;

    let reply = world.put("cart-1", cart(100).profile("anna").referral_code(CODE)).await;

    let reason = ReferralRejection::ReferralRecipientIdSameAsAdvocate;
    assert_eq!(reply.referral_rejection(), reason);
}

async fn campaign_not_running(worlds: Worlds) {
    let disabled = seed::friends_campaign().referral(referral()).state(CampaignState::Disabled);
    let reply = reply(worlds, seed::of(disabled)).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralPartOfNotRunningCampaign);
}

async fn campaign_not_triggered(worlds: Worlds) {
    let world = worlds.with(seed::friends().campaign(Campaign::new("Other").id(1))).await;

    let restricted = Some(vec![1.into()]);
    let session = NewCustomerSessionV2 { evaluable_campaign_ids: restricted, ..of_bert() };
    let reply = world.try_out("cart-1", session).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralPartOfNotTriggeredCampaign);
}

async fn referral_valid_condition_missing(worlds: Worlds) {
    let campaign = Campaign::new("No condition").referral(referral()).rule(seed::ten_percent());
    let reply = reply(worlds, seed::of(campaign)).await;

    // BEHAVIOUR 5.3: the reason that both generations have.
    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralRejectedByCondition);
    let event = reply.event.as_ref().expect("asked for");
    assert_eq!(event.referral_reason(), ReferralRejection::ReferralRejectedByCondition);
}

async fn referral_limit_reached(worlds: Worlds) {
    let world = worlds.with(seed::referral(referral().usage_limit(1))).await;
    world.put("cart-1", of_bert().state(SessionState::Closed)).await;

    let reply = world.put("cart-2", cart(100).profile("carl").referral_code(CODE)).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralLimitReached);
}

async fn campaign_limit_reached(worlds: Worlds) {
    let world = worlds.with(limited(&[])).await;
    world.put("cart-1", of_bert().state(SessionState::Closed)).await;

    let reply = world.put("cart-2", cart(100).profile("carl").referral_code(CODE)).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::CampaignLimitReached);
}

async fn profile_limit_reached(worlds: Worlds) {
    let world = worlds.with(limited(&[LimitEntity::Profile])).await;
    world.put("cart-1", of_bert().state(SessionState::Closed)).await;

    let reply = world.put("cart-2", of_bert()).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ProfileLimitReached);
}

async fn recipient_does_not_match(worlds: Worlds) {
    let reply = reply(worlds, seed::referral(referral().friend("carl"))).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralRecipientDoesNotMatch);
}

async fn advocate_not_found(worlds: Worlds) {
    let world = worlds.with(seed::referral(referral().advocate_is_deleted())).await;

    let gone = world.put("cart-1", of_bert()).await;
    world.put_profile("anna", Attributes::new()).await;
    let back = world.put("cart-1", of_bert()).await;

    assert_eq!(gone.referral_rejection(), ReferralRejection::AdvocateNotFound);
    assert_eq!(back.types(), ["acceptReferral", "setDiscount"]);
}

async fn referral_expired(worlds: Worlds) {
    let expired = referral().expires(at("2025-12-31T00:00:00Z"));
    let reply = reply(worlds, seed::referral(expired)).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralExpired);
}

async fn referral_start_date_in_future(worlds: Worlds) {
    let ahead = referral().starts(at("2026-12-31T00:00:00Z"));
    let reply = reply(worlds, seed::referral(ahead)).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralStartDateInFuture);
}

async fn rejected_by_condition(worlds: Worlds) {
    let rule = seed::ten_percent()
        .when(Condition::referral_valid())
        .when(Condition::cart_total(Range::above(100)));
    let campaign = Campaign::new("From 100").referral(referral()).rule(rule);
    let reply = reply(worlds, seed::of(campaign)).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralRejectedByCondition);
}
