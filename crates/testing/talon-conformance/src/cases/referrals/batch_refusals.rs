//! Refused requests for the codes of many advocates. BEHAVIOUR-today 5.1.

use super::{batch, campaigns, create_batch};
use crate::prelude::*;

cases! {
    "createReferralsForMultipleAdvocates" {
        refused(400) a_thousand_and_one_advocates_are_refused,
        refused(400) an_empty_list_of_advocates_is_refused,
        refused(400) an_advocate_without_an_id_is_refused,
        refused(400) a_pattern_without_a_random_character_is_refused,
        refused(400) a_pattern_with_too_few_codes_is_refused,
        refused(400) a_pattern_whose_codes_are_taken_is_refused,
        refused(400) a_pattern_of_two_characters_is_refused,
        refused(400) a_pattern_of_101_characters_is_refused,
        refused(400) a_negative_usage_limit_is_refused,
        refused(400) a_usage_limit_of_a_million_is_refused,
        refused(400) an_unknown_campaign_is_refused,
        refused(400) a_campaign_without_referrals_is_refused,
        surprise a_refused_batch_creates_nothing,
    }
}

async fn refused(world: &World, batch: NewReferralBatch) -> ApiError {
    let request = CreateReferralsForMultipleAdvocates::new(batch);
    let refusal = refusal(world.api.create_referrals_for_multiple_advocates(request).await);
    assert_eq!(refusal.status(), 400);
    refusal
}

/// The pointer of the problem of a refused batch.
async fn refused_at(worlds: Worlds, batch: NewReferralBatch) -> String {
    let world = worlds.with(campaigns()).await;
    let refusal = refused(&world, batch).await;
    refusal.problems()[0].source.pointer.clone().expect("a place in the body")
}

async fn a_thousand_and_one_advocates_are_refused(worlds: Worlds) {
    let advocates = (0..1001).map(|index| format!("profile-{index}"));
    let batch = NewReferralBatch::new(seed::CAMPAIGN, advocates);

    assert_eq!(refused_at(worlds, batch).await, "/advocateProfileIntegrationIds");
}

async fn an_empty_list_of_advocates_is_refused(worlds: Worlds) {
    assert_eq!(refused_at(worlds, batch(&[])).await, "/advocateProfileIntegrationIds");
}

async fn an_advocate_without_an_id_is_refused(worlds: Worlds) {
    let place = refused_at(worlds, batch(&["anna", ""])).await;

    assert_eq!(place, "/advocateProfileIntegrationIds/1");
}

async fn a_pattern_without_a_random_character_is_refused(worlds: Worlds) {
    let place = refused_at(worlds, batch(&["anna"]).pattern("CONSTANT")).await;

    assert_eq!(place, "/referralPattern");
}

async fn a_pattern_with_too_few_codes_is_refused(worlds: Worlds) {
    let valid_characters = Some(vec!["7".into(), "8".into()]);
    let batch = batch(&["anna", "bert", "zoe"]).pattern("VIP-#");

    let place = refused_at(worlds, NewReferralBatch { valid_characters, ..batch }).await;

    assert_eq!(place, "/referralPattern");
}

async fn a_pattern_whose_codes_are_taken_is_refused(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let valid_characters = Some(vec!["7".into(), "8".into()]);
    let vip = NewReferralBatch { valid_characters, ..batch(&["anna", "bert"]).pattern("VIP-#") };
    create_batch(&world, vip.clone()).await;

    refused(&world, vip).await;
}

async fn a_pattern_of_two_characters_is_refused(worlds: Worlds) {
    assert_eq!(refused_at(worlds, batch(&["anna"]).pattern("##")).await, "/referralPattern");
}

async fn a_pattern_of_101_characters_is_refused(worlds: Worlds) {
    let pattern = "#".repeat(101);

    assert_eq!(refused_at(worlds, batch(&["anna"]).pattern(pattern)).await, "/referralPattern");
}

async fn a_negative_usage_limit_is_refused(worlds: Worlds) {
    assert_eq!(refused_at(worlds, batch(&["anna"]).usage_limit(-1)).await, "/usageLimit");
}

async fn a_usage_limit_of_a_million_is_refused(worlds: Worlds) {
    assert_eq!(refused_at(worlds, batch(&["anna"]).usage_limit(1_000_000)).await, "/usageLimit");
}

async fn an_unknown_campaign_is_refused(worlds: Worlds) {
    assert_eq!(refused_at(worlds, NewReferralBatch::new(404, ["anna"])).await, "/campaignId");
}

async fn a_campaign_without_referrals_is_refused(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let refusal = refused(&world, batch(&["anna"])).await;

    let problem = Problem::at("/campaignId", "Invalid", "the campaign has no referrals");
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
}

async fn a_refused_batch_creates_nothing(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let before = world.probe().snapshot();

    refused(&world, batch(&["anna", "bert", ""])).await;

    assert_eq!(before.diff(&world.probe().snapshot()), [""; 0]);
}
