//! Limits of referrals, and friends that redeem them once.

use crate::prelude::*;
use crate::suite::world::{with_identifiers, with_store};

cases! {
    "updateCustomerSessionV2" {
        success each_referral_has_a_separate_limit,
        detail identifiers_limit_referrals,
        detail stores_limit_referrals,
        surprise each_session_has_a_separate_limit,
        detail a_cancellation_restores_the_limit_of_a_referral,
        surprise a_friend_redeems_one_referral_of_a_campaign,
        detail a_friend_may_redeem_a_referral_of_another_campaign,
        detail a_friend_may_redeem_again_after_a_cancellation,
        detail a_referral_that_exceeds_a_budget_is_rejected,
    }
    "updateCustomerSession" {
        surprise already_referred_has_an_older_name_in_the_first_version,
    }
}

/// Two referrals of `anna`, and a limit of one.
fn referring(entities: &[LimitEntity]) -> Seed {
    let limit = seed::limit(LimitAction::RedeemReferral, 1, entities);
    seed::of(friends().limit(limit))
}

fn friends() -> Campaign {
    let referral = |code: &str| seed::Referral::new(code, "anna");
    seed::friends_campaign().referral(referral("FRIEND-1")).referral(referral("FRIEND-2"))
}

fn referred(profile: &str, code: &str) -> NewCustomerSessionV2 {
    cart(100).profile(profile).referral_code(code).state(SessionState::Closed)
}

async fn each_referral_has_a_separate_limit(worlds: Worlds) {
    let world = worlds.with(referring(&[LimitEntity::Referral])).await;
    world.put("cart-1", referred("bert", "FRIEND-1")).await;

    let same = world.put("cart-2", referred("carl", "FRIEND-1")).await;
    let other = world.put("cart-3", referred("dora", "FRIEND-2")).await;

    assert_eq!(same.referral_rejection(), ReferralRejection::ReferralLimitReached);
    assert_eq!(other.types(), ["acceptReferral", "setDiscount"]);
}

async fn identifiers_limit_referrals(worlds: Worlds) {
    let world = worlds.with(referring(&[LimitEntity::Identifier])).await;
    world.put("cart-1", with_identifiers(referred("bert", "FRIEND-1"), &["device-1"])).await;

    let same =
        world.put("cart-2", with_identifiers(referred("carl", "FRIEND-1"), &["device-1"])).await;
    let other =
        world.put("cart-3", with_identifiers(referred("dora", "FRIEND-1"), &["device-2"])).await;

    assert_eq!(same.types(), ["rejectReferral"]);
    assert_eq!(other.types(), ["acceptReferral", "setDiscount"]);
}

async fn stores_limit_referrals(worlds: Worlds) {
    let world = worlds.with(referring(&[LimitEntity::Store])).await;
    world.put("cart-1", with_store(referred("bert", "FRIEND-1"), "berlin")).await;

    let same = world.put("cart-2", with_store(referred("carl", "FRIEND-1"), "berlin")).await;
    let other = world.put("cart-3", with_store(referred("dora", "FRIEND-1"), "boston")).await;

    assert_eq!(same.types(), ["rejectReferral"]);
    assert_eq!(other.types(), ["acceptReferral", "setDiscount"]);
}

async fn each_session_has_a_separate_limit(worlds: Worlds) {
    let world = worlds.with(referring(&[LimitEntity::Session])).await;
    world.put("cart-1", referred("bert", "FRIEND-1")).await;

    let reply = world.put("cart-2", referred("carl", "FRIEND-1")).await;

    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
}

async fn a_cancellation_restores_the_limit_of_a_referral(worlds: Worlds) {
    let world = worlds.with(referring(&[])).await;
    world.put("cart-1", referred("bert", "FRIEND-1")).await;
    world.put("cart-1", cancelled()).await;

    let reply = world.put("cart-2", referred("carl", "FRIEND-2")).await;

    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
}

async fn a_friend_redeems_one_referral_of_a_campaign(worlds: Worlds) {
    let world = worlds.with(seed::of(friends())).await;
    world.put("cart-1", referred("bert", "FRIEND-1")).await;

    let reply = world.put("cart-2", referred("bert", "FRIEND-2")).await;

    let reason = ReferralRejection::ReferralCustomerAlreadyReferred;
    assert_eq!(reply.referral_rejection(), reason);
}

async fn a_friend_may_redeem_a_referral_of_another_campaign(worlds: Worlds) {
    let other = seed::friends_campaign().id(7).referral(seed::Referral::new("OTHER-1", "anna"));
    let world = worlds.with(seed::of(friends()).campaign(other)).await;
    world.put("cart-1", referred("bert", "FRIEND-1")).await;

    let reply = world.put("cart-2", referred("bert", "OTHER-1")).await;

    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
}

async fn a_friend_may_redeem_again_after_a_cancellation(worlds: Worlds) {
    let world = worlds.with(seed::of(friends())).await;
    world.put("cart-1", referred("bert", "FRIEND-1")).await;
    world.put("cart-1", cancelled()).await;

    let reply = world.put("cart-2", referred("bert", "FRIEND-2")).await;

    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
}

async fn a_referral_that_exceeds_a_budget_is_rejected(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 2, &[]);
    let world = worlds.with(seed::of(friends().limit(limit))).await;

    let reply = world.put("cart-1", referred("bert", "FRIEND-1")).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::EffectCouldNotBeApplied);
    assert_eq!(reply.types(), ["rejectReferral"]);
}

async fn already_referred_has_an_older_name_in_the_first_version(worlds: Worlds) {
    let world = worlds.with(seed::of(friends())).await;
    world.put("cart-1", referred("bert", "FRIEND-1")).await;

    let session = NewCustomerSession::default().profile("bert").referral("FRIEND-2");
    let reply = world.put_v1("cart-2", session).await;

    assert_eq!(reply.event.referral_reason(), ReferralRejection::ProfileLimitReached);
}
