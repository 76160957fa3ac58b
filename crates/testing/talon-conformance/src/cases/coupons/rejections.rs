//! All reasons of rejected coupons.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail coupon_not_found,
        detail campaign_disabled,
        detail campaign_archived,
        detail campaign_before_its_start,
        detail campaign_after_its_end,
        detail campaign_not_triggered,
        surprise coupon_valid_condition_missing,
        detail coupon_limit_reached,
        detail coupon_budget_of_the_campaign_reached,
        detail campaign_limit_reached,
        detail profile_limit_reached,
        detail coupon_budget_of_the_profile_reached,
        detail recipient_does_not_match,
        detail recipient_does_not_match_an_anonymous_customer,
        detail reservation_required,
        detail profile_required_for_a_reservation,
        detail coupon_expired,
        surprise a_coupon_is_expired_at_the_instant_of_its_expiry,
        detail coupon_start_date_in_future,
        detail a_coupon_is_valid_at_the_instant_of_its_start,
        detail rejected_by_condition,
        detail effect_could_not_be_applied,
        detail a_rejection_names_the_campaign,
        detail a_rejection_names_the_rule_and_its_condition,
    }
}

const CODE: &str = "SUMMER10";

fn with_code() -> NewCustomerSessionV2 {
    cart(100).coupon_codes([CODE])
}

fn paid(profile: &str) -> NewCustomerSessionV2 {
    with_code().profile(profile).state(SessionState::Closed)
}

/// Evaluates a cart with the coupon in a new world.
async fn reply(worlds: Worlds, seed: Seed) -> IntegrationStateV2 {
    let world = worlds.with(seed).await;
    world.put("cart-1", with_code().profile("anna")).await
}

fn campaign() -> Campaign {
    seed::summer_campaign().coupon(CODE)
}

fn limited(limit: i64, entities: &[LimitEntity]) -> Seed {
    seed::of(campaign().limit(seed::limit(LimitAction::RedeemCoupon, limit, entities)))
}

async fn coupon_not_found(worlds: Worlds) {
    let reply = reply(worlds, Seed::new()).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponNotFound);
}

async fn campaign_disabled(worlds: Worlds) {
    let reply = reply(worlds, seed::of(campaign().state(CampaignState::Disabled))).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponPartOfNotRunningCampaign);
}

async fn campaign_archived(worlds: Worlds) {
    let reply = reply(worlds, seed::of(campaign().state(CampaignState::Archived))).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponPartOfNotRunningCampaign);
}

async fn campaign_before_its_start(worlds: Worlds) {
    let later = Campaign { start_time: Some(at("2027-01-01T00:00:00Z")), ..campaign() };
    let reply = reply(worlds, seed::of(later)).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponPartOfNotRunningCampaign);
}

async fn campaign_after_its_end(worlds: Worlds) {
    let earlier = Campaign { end_time: Some(at("2025-01-01T00:00:00Z")), ..campaign() };
    let reply = reply(worlds, seed::of(earlier)).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponPartOfNotRunningCampaign);
}

async fn campaign_not_triggered(worlds: Worlds) {
    let other = Campaign::new("Other").id(1);
    let world = worlds.with(seed::of(campaign()).campaign(other)).await;

    let restricted = Some(vec![1.into()]);
    let session = NewCustomerSessionV2 { evaluable_campaign_ids: restricted, ..with_code() };
    let reply = world.try_out("cart-1", session).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponPartOfNotTriggeredCampaign);
}

async fn coupon_valid_condition_missing(worlds: Worlds) {
    let campaign = Campaign::new("Free for all").coupon(CODE).rule(seed::ten_percent());
    let reply = reply(worlds, seed::of(campaign)).await;

    // BEHAVIOUR 4.3: today folds its own reason of 2020 into this one, which both generations have.
    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponRejectedByCondition);
    let event = reply.event.as_ref().expect("asked for");
    assert_eq!(event.coupon_reason(), CouponRejection::CouponRejectedByCondition);
    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
}

async fn coupon_limit_reached(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new(CODE).usage_limit(1))).await;
    world.put("cart-1", paid("anna")).await;

    let reply = world.put("cart-2", with_code()).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponLimitReached);
}

async fn coupon_budget_of_the_campaign_reached(worlds: Worlds) {
    let world = worlds.with(limited(1, &[LimitEntity::Coupon])).await;
    world.put("cart-1", paid("anna")).await;

    let reply = world.put("cart-2", with_code().profile("bert")).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponLimitReached);
}

async fn campaign_limit_reached(worlds: Worlds) {
    let world = worlds.with(limited(1, &[])).await;
    world.put("cart-1", paid("anna")).await;

    let reply = world.put("cart-2", with_code().profile("bert")).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CampaignLimitReached);
}

async fn profile_limit_reached(worlds: Worlds) {
    let world = worlds.with(limited(1, &[LimitEntity::Profile])).await;
    world.put("cart-1", paid("anna")).await;

    let again = world.put("cart-2", with_code().profile("anna")).await;
    let other = world.put("cart-3", with_code().profile("bert")).await;

    assert_eq!(again.coupon_rejection(), CouponRejection::ProfileLimitReached);
    assert_eq!(other.accepted(), [CODE]);
}

async fn coupon_budget_of_the_profile_reached(worlds: Worlds) {
    let limit =
        seed::limit(LimitAction::RedeemCoupon, 1, &[LimitEntity::Coupon, LimitEntity::Profile]);
    let world = worlds.with(seed::of(campaign().coupon("ANOTHER1").limit(limit))).await;
    world.put("cart-1", paid("anna")).await;

    let codes = cart(100).profile("anna").coupon_codes([CODE, "ANOTHER1"]);
    let reply = world.put("cart-2", codes).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::ProfileLimitReached);
    assert_eq!(reply.accepted(), ["ANOTHER1"]);
}

async fn recipient_does_not_match(worlds: Worlds) {
    let reply = reply(worlds, seed::coupon(seed::Coupon::new(CODE).recipient("bert"))).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponRecipientDoesNotMatch);
}

async fn recipient_does_not_match_an_anonymous_customer(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new(CODE).recipient("bert"))).await;

    let anonymous = world.put("cart-1", with_code()).await;
    let recipient = world.put("cart-2", with_code().profile("bert")).await;

    assert_eq!(anonymous.coupon_rejection(), CouponRejection::CouponRecipientDoesNotMatch);
    assert_eq!(recipient.accepted(), [CODE]);
}

async fn reservation_required(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new(CODE).mandatory_reservation())).await;
    world.reserve(CODE, &["bert"]).await;

    let other = world.put("cart-1", with_code().profile("anna")).await;
    let holder = world.put("cart-2", with_code().profile("bert")).await;

    assert_eq!(other.coupon_rejection(), CouponRejection::CouponReservationRequired);
    assert_eq!(holder.accepted(), [CODE]);
}

async fn profile_required_for_a_reservation(worlds: Worlds) {
    let world = worlds.with(seed::coupon(seed::Coupon::new(CODE).mandatory_reservation())).await;

    let reply = world.put("cart-1", with_code()).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::ProfileRequired);
}

async fn coupon_expired(worlds: Worlds) {
    let expired = seed::Coupon::new(CODE).expires(at("2025-12-31T23:59:59Z"));
    let reply = reply(worlds, seed::coupon(expired)).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponExpired);
}

async fn a_coupon_is_expired_at_the_instant_of_its_expiry(worlds: Worlds) {
    let expires = seed::Coupon::new(CODE).expires(at("2026-05-01T12:00:00Z"));
    let seed = seed::coupon(expires).now("2026-05-01T12:00:00Z");
    let reply = reply(worlds, seed).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponExpired);
}

async fn coupon_start_date_in_future(worlds: Worlds) {
    let ahead = seed::Coupon::new(CODE).starts(at("2026-01-01T00:00:01Z"));
    let reply = reply(worlds, seed::coupon(ahead)).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponStartDateInFuture);
}

async fn a_coupon_is_valid_at_the_instant_of_its_start(worlds: Worlds) {
    let starts = seed::Coupon::new(CODE).starts(at("2026-05-01T12:00:00Z"));
    let seed = seed::coupon(starts).now("2026-05-01T12:00:00Z");
    let reply = reply(worlds, seed).await;

    assert_eq!(reply.accepted(), [CODE]);
}

async fn rejected_by_condition(worlds: Worlds) {
    let rule = seed::ten_percent()
        .when(Condition::coupon_valid())
        .when(Condition::cart_total(Range::above(100)));
    let campaign = Campaign::new("From 100").coupon(CODE).rule(rule);
    let reply = reply(worlds, seed::of(campaign)).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponRejectedByCondition);
}

async fn effect_could_not_be_applied(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 9, &[]);
    let reply = reply(worlds, seed::of(campaign().limit(limit))).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::EffectCouldNotBeApplied);
    assert_eq!(reply.types(), ["rejectCoupon"]);
}

async fn a_rejection_names_the_rule_and_its_condition(worlds: Worlds) {
    let rule = Rule::new("From 200")
        .when(Condition::coupon_valid())
        .when(Condition::cart_total(Range::at_least(200)));
    let campaign = Campaign::new("Second").coupon(CODE).rule(seed::ten_percent()).rule(rule);
    let reply = reply(worlds, seed::of(campaign)).await;

    let [.., effect] = &reply.effects[..] else { panic!("no effect") };
    let EffectKind::RejectCoupon(rejected) = &effect.kind else { panic!("{effect:?}") };
    assert_eq!((effect.rule_index, effect.rule_name.as_str()), (1, "From 200"));
    assert_eq!((rejected.condition_index, rejected.effect_index), (Some(1), None));
    assert_eq!(rejected.details.as_deref(), Some("condition 1 of the rule does not hold"));
}

async fn a_rejection_names_the_campaign(worlds: Worlds) {
    let reply = reply(worlds, seed::of(campaign().state(CampaignState::Disabled))).await;

    assert_eq!(reply.effects[0].campaign_id, seed::campaign_id());
}
