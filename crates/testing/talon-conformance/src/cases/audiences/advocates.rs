//! Audiences of the advocate of a referral. BEHAVIOUR-today 5.7.

use super::{VIP, change};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_rule_asks_for_the_audience_of_the_advocate,
        surprise the_audience_of_the_friend_does_not_matter,
        detail a_referral_of_an_advocate_outside_is_rejected,
        surprise without_a_referral_there_is_no_advocate,
        surprise a_rule_without_the_referral_knows_no_advocate,
    }
    "deleteAudienceV2" { refused(400) an_audience_of_advocates_is_not_deleted, }
}

/// 3 off for friends of members. The advocate of the code `FRIEND-1` is `anna`.
fn for_friends_of_members() -> Seed {
    let rule = Rule::new("A member sent you")
        .when(Condition::referral_valid())
        .when(Condition::AdvocateInAudience(VIP.into()))
        .then(Reward::set_discount("3 off", Discount::amount(3)));
    let referral = seed::Referral::new("FRIEND-1", "anna");
    seed::of(Campaign::new("Friends").referral(referral).rule(rule)).audience(VIP, "VIP")
}

fn of_bert() -> NewCustomerSessionV2 {
    cart(100).profile("bert").referral_code("FRIEND-1")
}

async fn a_rule_asks_for_the_audience_of_the_advocate(worlds: Worlds) {
    let world = worlds.with(for_friends_of_members()).await;
    change(&world, [AudienceChange::add(VIP, "anna")]).await;

    let member = world.put("cart-1", of_bert()).await;
    change(&world, [AudienceChange::delete(VIP, "anna")]).await;
    let no_member = world.put("cart-1", of_bert()).await;

    assert_eq!(member.types(), ["acceptReferral", "setDiscount"]);
    assert_eq!(no_member.types(), ["rejectReferral"]);
}

async fn the_audience_of_the_friend_does_not_matter(worlds: Worlds) {
    let world = worlds.with(for_friends_of_members()).await;
    change(&world, [AudienceChange::add(VIP, "bert")]).await;

    assert_eq!(world.put("cart-1", of_bert()).await.types(), ["rejectReferral"]);
}

async fn a_referral_of_an_advocate_outside_is_rejected(worlds: Worlds) {
    let world = worlds.with(for_friends_of_members()).await;

    let reply = world.put("cart-1", of_bert()).await;

    assert_eq!(reply.referral_rejection(), ReferralRejection::ReferralRejectedByCondition);
}

async fn without_a_referral_there_is_no_advocate(worlds: Worlds) {
    let world = worlds.with(for_friends_of_members()).await;
    change(&world, [AudienceChange::add(VIP, "anna")]).await;

    assert!(!world.fires("cart-1", cart(100).profile("bert")).await);
    assert!(!world.fires("cart-2", cart(100).profile("anna")).await);
}

async fn a_rule_without_the_referral_knows_no_advocate(worlds: Worlds) {
    let alone = seed::ten_percent().when(Condition::AdvocateInAudience(VIP.into()));
    let campaign = seed::friends_campaign().referral(seed::Referral::new("FRIEND-1", "anna"));
    let world = worlds.with(seed::of(campaign.rule(alone)).audience(VIP, "VIP")).await;
    change(&world, [AudienceChange::add(VIP, "anna")]).await;

    let reply = world.put("cart-1", of_bert()).await;

    assert_eq!(reply.discounts(), [("3 off", 3.into())]);
}

async fn an_audience_of_advocates_is_not_deleted(worlds: Worlds) {
    let world = worlds.with(for_friends_of_members()).await;

    let refusal = refusal(world.api.delete_audience_v2(DeleteAudienceV2::new(VIP)).await);

    assert_eq!(refusal.status(), 400);
}
