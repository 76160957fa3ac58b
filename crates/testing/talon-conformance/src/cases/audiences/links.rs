//! Campaigns that are limited to audiences and to stores. BEHAVIOUR-today 9, 11.

use talon_core::model::CampaignFailureCode;

use super::{VIP, change};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise a_campaign_of_an_audience_is_for_its_members,
        detail one_of_several_audiences_is_enough,
        success a_campaign_of_another_audience_is_reported,
        detail a_coupon_of_a_campaign_for_others_is_rejected,
        surprise a_campaign_of_a_store_is_for_its_sessions,
        detail a_campaign_of_another_store_is_skipped,
    }
}

/// 10 % off for members of `VIP` and of audience 6.
fn members_only() -> Seed {
    let campaign = seed::summer_campaign().audiences([VIP, 6]).rule(seed::ten_percent());
    seed::of(campaign.coupon("SUMMER10")).audience(VIP, "VIP").audience(6, "Early birds")
}

/// 10 % off in the store of Kiel.
fn kiel_only() -> Seed {
    let campaign = seed::summer_campaign().stores([23]).rule(seed::ten_percent());
    seed::of(campaign).store(23, "kiel", "Kiel").store(24, "jena", "Jena")
}

fn in_store(store: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2 { store_integration_id: Some(store.into()), ..cart(100) }
}

/// Why the campaign is not passed.
async fn failure(world: &World, session: NewCustomerSessionV2) -> Option<CampaignFailureCode> {
    let content = [ResponseContent::CampaignEligibility];
    let reply = world
        .send(UpdateCustomerSessionV2::new("cart-1", session).response_content(content).dry(true))
        .await;
    let told = reply.campaign_eligibility.expect("asked for");
    told[0].eligibility[0].details.as_ref().map(|details| details.failure_code.clone())
}

async fn a_campaign_of_an_audience_is_for_its_members(worlds: Worlds) {
    let world = worlds.with(members_only()).await;
    assert!(!world.fires("cart-1", cart(100).profile("anna")).await);
    assert!(!world.fires("cart-2", cart(100)).await, "an anonymous customer is in no audience");

    change(&world, [AudienceChange::add(VIP, "anna")]).await;

    assert!(world.fires("cart-1", cart(100).profile("anna")).await);
}

async fn one_of_several_audiences_is_enough(worlds: Worlds) {
    let world = worlds.with(members_only()).await;
    change(&world, [AudienceChange::add(6, "anna")]).await;

    assert!(world.fires("cart-1", cart(100).profile("anna")).await);
}

async fn a_campaign_of_another_audience_is_reported(worlds: Worlds) {
    let world = worlds.with(members_only()).await;
    let session = || cart(100).profile("anna");

    let before = failure(&world, session()).await;
    change(&world, [AudienceChange::add(VIP, "anna")]).await;
    let after = failure(&world, session()).await;

    assert_eq!(before, Some(CampaignFailureCode::AudienceNotMatched));
    assert_eq!(after, None);
}

async fn a_coupon_of_a_campaign_for_others_is_rejected(worlds: Worlds) {
    let world = worlds.with(members_only()).await;

    let reply = world.put("cart-1", cart(100).profile("anna").coupon_codes(["SUMMER10"])).await;

    let reason = CouponRejection::CouponPartOfNotTriggeredCampaign;
    assert_eq!(reply.coupon_rejection(), reason);
}

async fn a_campaign_of_a_store_is_for_its_sessions(worlds: Worlds) {
    let world = worlds.with(kiel_only()).await;

    assert!(world.fires("cart-1", in_store("kiel")).await);
    assert!(!world.fires("cart-2", in_store("jena")).await);
    assert!(!world.fires("cart-3", cart(100)).await, "a session without a store");
}

async fn a_campaign_of_another_store_is_skipped(worlds: Worlds) {
    let world = worlds.with(kiel_only()).await;

    assert_eq!(failure(&world, in_store("jena")).await, Some(CampaignFailureCode::Skipped));
    assert_eq!(failure(&world, in_store("kiel")).await, None);
}
