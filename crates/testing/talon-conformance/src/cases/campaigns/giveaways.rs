//! Giveaways: announced while the session is open, awarded when it closes.

use talon_core::effect::WillAwardGiveaway;
use talon_core::model::Giveaway;

use talon_core::KnownOrRaw;
use talon_fake::world::{GiveawayCode, GiveawayPool};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success an_open_session_announces_a_giveaway,
        success a_giveaway_is_awarded_when_the_session_closes,
        surprise an_announced_giveaway_takes_no_code,
        detail each_code_is_awarded_once,
        surprise an_empty_pool_gives_no_effect,
        surprise a_close_after_reopening_needs_no_other_giveaway,
        surprise an_announced_giveaway_may_be_gone_at_the_close,
        detail no_more_giveaways_are_announced_than_are_left,
        detail announced_giveaways_are_within_the_limit,
        surprise a_cancellation_returns_no_code,
        detail an_anonymous_customer_is_awarded_nothing,
        detail a_limit_of_giveaways_is_enforced,
        detail a_code_is_awarded_within_its_dates,
        surprise equal_codes_are_different_giveaways,
    }
    "getCustomerInventory" {
        detail a_giveaway_is_in_the_inventory,
        detail a_giveaway_has_the_dates_and_attributes_of_its_code,
    }
}

const POOL: i64 = 3;

fn campaign() -> Campaign {
    Campaign::new("Tickets").rule(Rule::new("Ticket").then(Reward::AwardGiveaway(POOL)))
}

fn tickets(codes: &[&str]) -> Seed {
    seed::of(campaign()).giveaways(POOL, "Tickets", codes)
}

fn bought() -> NewCustomerSessionV2 {
    cart(100).profile("anna").state(SessionState::Closed)
}

async fn inventory(world: &World) -> Vec<Giveaway> {
    let request = GetCustomerInventory::new("anna").giveaways(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("known");
    inventory.giveaways.expect("asked for")
}

async fn an_open_session_announces_a_giveaway(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;

    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    let promised = WillAwardGiveaway {
        pool_id: POOL,
        pool_name: "Tickets".into(),
        recipient_integration_id: "anna".into(),
    };
    assert_eq!(reply.kinds(), [&EffectKind::from(promised)]);
}

async fn a_giveaway_is_awarded_when_the_session_closes(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;

    let content = [ResponseContent::AwardedGiveaways];
    let reply = world
        .send(UpdateCustomerSessionV2::new("cart-1", bought()).response_content(content))
        .await;

    let [EffectKind::AwardGiveaway(awarded)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let giveaways = reply.awarded_giveaways.as_ref().expect("asked for");
    assert_eq!((awarded.pool_id, awarded.pool_name.as_str()), (POOL, "Tickets"));
    assert_eq!(awarded.recipient_integration_id, "anna");
    assert_eq!(awarded.code, "T-1");
    assert_eq!((giveaways[0].id, giveaways[0].code.as_str()), (awarded.giveaway_id, "T-1"));
}

async fn an_announced_giveaway_takes_no_code(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let reply = world.put("cart-2", bought().profile("bert")).await;

    assert_eq!(reply.awarded(), ["T-1"]);
}

async fn each_code_is_awarded_once(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1", "T-2"])).await;

    let first = world.put("cart-1", bought()).await;
    let second = world.put("cart-2", bought()).await;

    assert_eq!((first.awarded(), second.awarded()), (vec!["T-1"], vec!["T-2"]));
}

async fn an_empty_pool_gives_no_effect(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;
    world.put("cart-1", bought()).await;

    let open = world.put("cart-2", cart(100).profile("anna")).await;
    let paid = world.put("cart-2", closed()).await;

    assert!(open.effects.is_empty() && paid.effects.is_empty());
    assert_eq!(inventory(&world).await.len(), 1);
}

async fn a_close_after_reopening_needs_no_other_giveaway(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;
    world.put("cart-1", bought()).await;
    world.reopen("cart-1").await;

    let open = world.put("cart-1", NewCustomerSessionV2::default()).await;
    let again = world.put("cart-1", closed()).await;

    assert_eq!(open.types(), ["willAwardGiveaway"]);
    assert_eq!(again.awarded(), ["T-1"]);
    assert_eq!(inventory(&world).await.len(), 1);
}

async fn an_announced_giveaway_may_be_gone_at_the_close(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;
    let open = world.put("cart-1", cart(100).profile("anna")).await;
    world.put("cart-2", bought().profile("bert")).await;

    let paid = world.put("cart-1", closed()).await;

    assert_eq!(open.types(), ["willAwardGiveaway"]);
    assert!(paid.effects.is_empty());
}

/// Two tickets for every cart.
fn two_each(codes: &[&str]) -> Seed {
    let rule = Rule::new("Two").then(Reward::AwardGiveaway(POOL)).then(Reward::AwardGiveaway(POOL));
    seed::of(Campaign::new("Tickets").rule(rule)).giveaways(POOL, "Tickets", codes)
}

async fn no_more_giveaways_are_announced_than_are_left(worlds: Worlds) {
    let one = worlds.with(two_each(&["T-1"])).await;
    let two = worlds.with(two_each(&["T-1", "T-2"])).await;

    let one = one.put("cart-1", cart(100).profile("anna")).await;
    let two = two.put("cart-1", cart(100).profile("anna")).await;

    assert_eq!((one.effects.len(), two.effects.len()), (1, 2));
}

async fn announced_giveaways_are_within_the_limit(worlds: Worlds) {
    let limit = seed::limit("awardGiveaway".into(), 1, &[LimitEntity::Profile]);
    let seed = seed::of(campaign().limit(limit)).giveaways(POOL, "Tickets", &["T-1", "T-2"]);
    let world = worlds.with(seed).await;
    world.put("cart-1", bought()).await;

    assert!(!world.fires("cart-2", cart(100).profile("anna")).await);
    assert!(world.fires("cart-3", cart(100).profile("bert")).await);
}

async fn a_cancellation_returns_no_code(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;
    world.put("cart-1", bought()).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(inventory(&world).await[0].code, "T-1");
    assert!(!world.fires("cart-2", bought()).await);
}

async fn an_anonymous_customer_is_awarded_nothing(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;

    assert!(!world.fires("cart-1", cart(100)).await);
    assert!(!world.fires("cart-1", closed()).await);
}

async fn a_limit_of_giveaways_is_enforced(worlds: Worlds) {
    let limit = seed::limit("awardGiveaway".into(), 1, &[LimitEntity::Profile]);
    let seed = seed::of(campaign().limit(limit)).giveaways(POOL, "Tickets", &["T-1", "T-2"]);
    let world = worlds.with(seed).await;
    world.put("cart-1", bought()).await;

    let again = world.put("cart-2", bought()).await;
    let other = world.put("cart-3", bought().profile("bert")).await;

    assert!(again.effects.is_empty());
    assert_eq!(other.awarded(), ["T-2"]);
}

async fn a_giveaway_is_in_the_inventory(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1"])).await;
    world.put("cart-1", bought()).await;

    let giveaways = inventory(&world).await;

    assert_eq!(giveaways.len(), 1);
    assert_eq!((giveaways[0].code.as_str(), giveaways[0].pool_id), ("T-1", POOL));
    assert_eq!(giveaways[0].profile_integration_id, Some("anna".into()));
    assert_eq!(giveaways[0].created, world.clock().now());
}

/// BEHAVIOUR-today 11: a code outside of its dates is not awarded.
async fn a_code_is_awarded_within_its_dates(worlds: Worlds) {
    let pool = GiveawayPool::new(POOL, "Tickets")
        .code(GiveawayCode::new("LATER").starts(at("2026-06-01T00:00:00Z")))
        .code(GiveawayCode::new("ENDED").ends(at("2026-01-01T00:00:00Z")))
        .code(GiveawayCode::new("NOW").ends(at("2026-06-01T00:00:00Z")));
    let world = worlds.with(seed::of(campaign()).giveaway_pool(pool)).await;

    let first = world.put("cart-1", bought()).await;
    let is_empty = !world.fires("cart-2", cart(100).profile("anna")).await;
    world.clock().set(at("2026-06-01T00:00:00Z"));
    let third = world.put("cart-3", bought()).await;

    assert_eq!((first.awarded(), third.awarded()), (vec!["NOW"], vec!["LATER"]));
    assert!(is_empty && !world.fires("cart-4", bought()).await);
}

async fn equal_codes_are_different_giveaways(worlds: Worlds) {
    let world = worlds.with(tickets(&["T-1", "T-1"])).await;

    let first = world.put("cart-1", bought()).await;
    let second = world.put("cart-2", bought()).await;

    assert_eq!((first.awarded(), second.awarded()), (vec!["T-1"], vec!["T-1"]));
    let giveaways = inventory(&world).await;
    assert_ne!(giveaways[0].id, giveaways[1].id);
}

async fn a_giveaway_has_the_dates_and_attributes_of_its_code(worlds: Worlds) {
    let (start, end) = (at("2025-06-01T00:00:00Z"), at("2026-06-01T00:00:00Z"));
    let attributes = Attributes::new().with("Row", 7);
    let code = GiveawayCode::new("T-1").starts(start).ends(end).attributes(attributes.clone());
    let pool = GiveawayPool::new(POOL, "Tickets").code(code);
    let world = worlds.with(seed::of(campaign()).giveaway_pool(pool)).await;

    world.put("cart-1", bought()).await;

    let giveaway = &inventory(&world).await[0];
    assert_eq!(giveaway.start_date, Some(KnownOrRaw::Known(start)));
    assert_eq!(giveaway.end_date, Some(KnownOrRaw::Known(end)));
    assert_eq!(giveaway.attributes, Some(attributes));
}
