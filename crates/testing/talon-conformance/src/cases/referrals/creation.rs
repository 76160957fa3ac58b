//! New referral codes.

use super::campaigns;
use crate::prelude::*;

cases! {
    "createReferral" {
        success a_referral_is_created_with_everything,
        detail a_new_referral_can_be_redeemed,
        surprise each_call_creates_another_code,
        surprise an_empty_friend_is_ignored,
        detail an_unknown_advocate_is_created,
        detail a_code_follows_the_pattern_of_its_campaign,
        detail a_referral_may_be_used_once_by_default,
        refused(400) an_unknown_campaign_is_refused,
        refused(400) a_campaign_without_referrals_is_refused,
        refused(400) an_advocate_is_required,
        refused(400) a_usage_limit_is_within_bounds,
        refused(400) a_pattern_without_a_free_code_is_refused,
    }
}

fn order() -> NewReferral {
    NewReferral::new(seed::CAMPAIGN, "anna")
}

async fn create(world: &World, referral: NewReferral) -> Referral {
    let reply = world.api.create_referral(CreateReferral::new(referral)).await;
    reply.expect("the referral is created")
}

async fn refused(world: &World, referral: NewReferral) -> ApiError {
    refusal(world.api.create_referral(CreateReferral::new(referral)).await)
}

async fn a_referral_is_created_with_everything(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let order = NewReferral {
        usage_limit: Some(5),
        attributes: Some(Attributes::new().with("Channel", "mail")),
        ..order()
            .friend("bert")
            .start_date(at("2026-01-01T00:00:00+02:00"))
            .expiry_date(at("2026-02-01T00:00:00Z"))
    };

    let referral = create(&world, order.clone()).await;

    assert_eq!(referral.campaign_id, seed::campaign_id());
    assert_eq!(referral.advocate_profile_integration_id, "anna");
    assert_eq!(referral.friend_profile_integration_id, Some("bert".into()));
    assert_eq!(referral.start_date, Some(at("2025-12-31T22:00:00Z")));
    assert_eq!(referral.expiry_date, order.expiry_date);
    assert_eq!((referral.usage_limit, referral.usage_counter), (5, 0));
    assert_eq!(referral.attributes, order.attributes);
    assert_eq!(referral.created, world.clock().now());
    assert_eq!(world.probe().referral(referral.code.clone()), Some(referral));
}

async fn a_new_referral_can_be_redeemed(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let code = create(&world, order()).await.code;

    let reply = world.put("cart-1", cart(100).profile("bert").referral_code(code)).await;

    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
}

async fn each_call_creates_another_code(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let first = create(&world, order()).await;
    let second = create(&world, order()).await;

    assert_ne!(first.code, second.code);
    assert_ne!(first.id, second.id);
}

async fn an_empty_friend_is_ignored(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let referral = create(&world, order().friend("")).await;

    assert_eq!(referral.friend_profile_integration_id, None);
}

async fn an_unknown_advocate_is_created(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    create(&world, order()).await;

    assert!(world.probe().profile("anna").is_some());
}

async fn a_code_follows_the_pattern_of_its_campaign(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let code = create(&world, order()).await.code;

    let random = code.as_str().strip_prefix("FRIEND-").expect("the pattern begins so");
    assert!(random.len() == 4 && !random.contains('#'), "{code}");
}

async fn a_referral_may_be_used_once_by_default(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    assert_eq!(create(&world, order()).await.usage_limit, 1);
}

async fn an_unknown_campaign_is_refused(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let refusal = refused(&world, NewReferral::new(404, "anna")).await;

    let problem = Problem::at("/campaignId", "Not found", "there is no such campaign");
    assert_eq!(refusal, ApiError::invalid(problem));
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_campaign_without_referrals_is_refused(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let refusal = refused(&world, order()).await;

    let problem = Problem::at("/campaignId", "Invalid", "the campaign has no referrals");
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn an_advocate_is_required(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let refusal = refused(&world, NewReferral::new(seed::CAMPAIGN, "")).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/advocateProfileIntegrationId"));
}

async fn a_usage_limit_is_within_bounds(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let order = NewReferral { usage_limit: Some(1_000_000), ..order() };
    let refusal = refused(&world, order).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/usageLimit"));
}

async fn a_pattern_without_a_free_code_is_refused(worlds: Worlds) {
    let constant = Campaign::new("Constant").id(seed::CAMPAIGN).referrals("CONSTANT");
    let world = worlds.with(seed::of(constant)).await;
    let first = create(&world, order()).await;

    let refusal = refused(&world, order()).await;

    assert_eq!(first.code, "CONSTANT");
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/campaignId"));
}
