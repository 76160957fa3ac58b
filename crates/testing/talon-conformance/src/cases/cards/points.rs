//! Points that sessions and events add to a card and deduct from it. BEHAVIOUR-today 7.9.

use talon_core::effect::{AddLoyaltyPoints, DeductLoyaltyPoints};
use talon_fake::rules::{LedgerBalance, Pending, Points};
use talon_fake::world::LedgerEntry;

use super::{PROGRAM, bought, card, shopping, with_card};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success points_are_added_to_the_card_of_the_session,
        surprise an_anonymous_session_adds_points_to_its_card,
        surprise points_need_an_active_card,
        surprise a_card_may_be_used_without_a_link,
        detail points_are_deducted_from_the_card_of_the_session,
        surprise profiles_that_share_a_card_share_its_points,
        surprise points_that_the_card_does_not_have_are_not_deducted,
        detail a_condition_reads_the_balance_of_the_card,
        detail an_open_session_has_tentative_balances_of_its_card,
        surprise two_sessions_may_use_two_cards_of_one_profile,
        surprise a_card_has_no_tiers,
        detail cards_of_a_reply_have_the_balances_of_the_balance_endpoint,
    }
    "trackEventV2" {
        surprise an_event_adds_points_to_its_card_at_once,
    }
    "unlinkLoyaltyCardFromProfile" {
        surprise points_stay_on_the_card,
    }
}

/// Adds 100 points with `EARN`, and deducts 60 with `SPEND`.
pub(super) fn club(card: seed::LoyaltyCard) -> Seed {
    with_card(card).campaign(
        Campaign::new("Club")
            .rule(seed::rule_for_item("EARN", Reward::add_loyalty_points(PROGRAM, 100)))
            .rule(seed::rule_for_item("SPEND", Reward::deduct_loyalty_points(PROGRAM, 60))),
    )
}

pub(super) async fn active(world: &World, card: &str) -> Amount {
    let balances = world.card_balances(card).await;
    balances.balance.expect("of the main ledger").active_points.expect("always sent")
}

async fn points_are_added_to_the_card_of_the_session(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;

    let reply = world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;

    let [EffectKind::AddLoyaltyPoints(added)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let expected = AddLoyaltyPoints {
        program_id: PROGRAM.into(),
        value: 100.into(),
        recipient_integration_id: "anna".into(),
        card_identifier: Some("family-1".into()),
        expiry_condition: added.expiry_condition.clone(),
        transaction_uuid: added.transaction_uuid.clone(),
        ..AddLoyaltyPoints::default()
    };
    assert_eq!(added, &expected);
    assert!(added.transaction_uuid.is_some());
    assert_eq!(active(&world, "family-1").await, 100.into());
    // The profile has not joined the program, and has no points of its own.
    assert!(reply.loyalty.expect("asked for").programs.is_empty());
}

async fn an_anonymous_session_adds_points_to_its_card(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &[]))).await;

    let reply = world.put("cart-1", bought("EARN", "family-1")).await;

    let [EffectKind::AddLoyaltyPoints(added)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!(added.recipient_integration_id, "");
    assert_eq!(active(&world, "family-1").await, 100.into());
}

async fn points_need_an_active_card(worlds: Worlds) {
    let old = card("family-3", &[]).transferred_to("family-1");
    let entry = LedgerEntry::of_card(PROGRAM, "family-2", 100);
    let seed = club(card("family-1", &["anna"]))
        .loyalty_card(card("family-2", &["anna"]).inactive())
        .loyalty_card(old)
        .ledger_entry(entry);
    let world = worlds.with(seed).await;

    for named in ["family-2", "family-3", "family-4"] {
        for sku in ["EARN", "SPEND"] {
            let session = bought(sku, named).profile("anna");
            assert!(!world.fires(&format!("{sku}-{named}"), session).await, "{sku} {named}");
        }
    }
    let without_a_card = NewCustomerSessionV2 { loyalty_cards: None, ..bought("EARN", "") };
    assert!(!world.fires("cart-1", without_a_card.profile("anna")).await);
    assert_eq!(active(&world, "family-2").await, 100.into());
}

async fn a_card_may_be_used_without_a_link(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;

    world.put("cart-1", bought("EARN", "family-1").profile("carl")).await;

    assert_eq!(active(&world, "family-1").await, 100.into());
    assert!(world.cards_of("carl").await.is_empty());
}

async fn points_are_deducted_from_the_card_of_the_session(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;
    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;

    let reply = world.put("cart-2", bought("SPEND", "family-1").profile("anna")).await;

    let [EffectKind::DeductLoyaltyPoints(deducted)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let expected = DeductLoyaltyPoints {
        rule_title: "SPEND".into(),
        program_id: PROGRAM.into(),
        value: 60.into(),
        card_identifier: Some("family-1".into()),
        name: deducted.name.clone(),
        transaction_uuid: deducted.transaction_uuid.clone(),
        ..DeductLoyaltyPoints::default()
    };
    assert_eq!(deducted, &expected);
    assert_eq!(active(&world, "family-1").await, 40.into());
}

async fn profiles_that_share_a_card_share_its_points(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna", "ben"]))).await;
    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;

    let fires = world.fires("cart-2", bought("SPEND", "family-1").profile("ben")).await;

    assert!(fires);
    assert_eq!(active(&world, "family-1").await, 40.into());
}

async fn points_that_the_card_does_not_have_are_not_deducted(worlds: Worlds) {
    let seed = club(card("family-1", &["anna"])).loyalty_card(card("family-2", &["anna"]));
    let world = worlds.with(seed.ledger_entry(LedgerEntry::of_card(PROGRAM, "family-2", 59))).await;
    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;

    let fires = world.fires("cart-2", bought("SPEND", "family-2").profile("anna")).await;

    assert!(!fires);
    assert_eq!(active(&world, "family-2").await, 59.into());
}

async fn a_condition_reads_the_balance_of_the_card(worlds: Worlds) {
    let enough = Condition::LoyaltyBalance(LedgerBalance::current(PROGRAM, Range::at_least(100)));
    let rule = seed::ten_percent().when(enough);
    let seed = club(card("family-1", &["anna"])).campaign(Campaign::new("Rich").rule(rule));
    let world = worlds.with(seed).await;

    let before = world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;
    let after = world.put("cart-2", shopping("MUG", "family-1").profile("anna")).await;
    let without = world.put("cart-3", cart(1).profile("anna")).await;

    assert_eq!(before.types(), ["addLoyaltyPoints"]);
    assert_eq!(after.types(), ["setDiscount"]);
    assert_eq!(without.types(), [""; 0]);
}

async fn an_open_session_has_tentative_balances_of_its_card(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;
    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;
    let balances = |reply: IntegrationStateV2| {
        let card = reply.loyalty.expect("asked for").cards.expect("one is named").remove(0);
        let ledger = card.ledger.expect("always sent");
        (ledger.current_balance, ledger.tentative_current_balance)
    };

    let earning = balances(world.put("cart-2", shopping("EARN", "family-1").profile("ben")).await);
    let spending = balances(world.put("cart-3", shopping("SPEND", "family-1")).await);
    let spent = balances(world.put("cart-3", closed()).await);

    assert_eq!(earning, (100.into(), Some(200.into())));
    assert_eq!(spending, (100.into(), Some(40.into())));
    assert_eq!(spent, (40.into(), Some(40.into())));
}

async fn two_sessions_may_use_two_cards_of_one_profile(worlds: Worlds) {
    let seed = club(card("family-1", &["anna"])).loyalty_card(card("family-2", &["anna"]));
    let world = worlds.with(seed).await;

    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;
    world.put("cart-2", bought("EARN", "family-2").profile("anna")).await;
    world.put("cart-3", bought("SPEND", "family-2").profile("anna")).await;

    let balances = [active(&world, "family-1").await, active(&world, "family-2").await];
    assert_eq!(balances, [100, 40].map(Amount::from));
}

async fn a_card_has_no_tiers(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;

    let reply = world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;

    let card = reply.loyalty.expect("asked for").cards.expect("one is named").remove(0);
    let ledger = card.ledger.expect("always sent");
    assert_eq!((ledger.current_tier, ledger.next_tier_name), (None, None));
}

async fn cards_of_a_reply_have_the_balances_of_the_balance_endpoint(worlds: Worlds) {
    let stars = Points {
        sub_ledger_id: "stars".into(),
        pending: Some(Pending::days(3)),
        ..seed::points(PROGRAM, 7)
    };
    let campaign =
        Campaign::new("Stars").rule(seed::rule_for_item("EARN", Reward::AddLoyaltyPoints(stars)));
    let world = worlds.with(club(card("family-1", &["anna"])).campaign(campaign)).await;
    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;

    let reply = world.put("cart-2", bought("SPEND", "family-1").profile("anna")).await;

    let card = reply.loyalty.expect("asked for").cards.expect("one is named").remove(0);
    let balances = world.card_balances("family-1").await;
    let main = balances.balance.expect("of the main ledger");
    let ledger = card.ledger.as_ref().expect("always sent");
    assert_eq!(main.active_points, Some(ledger.current_balance));
    assert_eq!(
        (main.pending_points, main.negative_points),
        (ledger.pending_balance, ledger.negative_balance)
    );
    let stars = &balances.subledger_balances.expect("always sent")["stars"];
    let shown = &card.subledgers.as_ref().expect("always sent")["stars"];
    assert_eq!(
        (stars.active_points, stars.pending_points),
        (Some(shown.current_balance), Some(7.into()))
    );
    assert_eq!(shown.pending_balance, Some(7.into()));
    assert_eq!(balances.profiles, card.profiles);
    assert_eq!(world.cards_of("anna").await, [card]);
}

async fn an_event_adds_points_to_its_card_at_once(worlds: Worlds) {
    let rule = Rule::new("Event").then(Reward::add_loyalty_points(PROGRAM, 3));
    let seed = with_card(card("family-1", &["anna"])).campaign(Campaign::new("Events").rule(rule));
    let world = worlds.with(seed).await;
    let event = NewEventV2 {
        loyalty_cards: Some(vec!["family-1".into()]),
        ..NewEventV2::new("danced", "anna")
    };

    let reply = world.track_v2(TrackEventV2::new(event)).await;

    let [EffectKind::AddLoyaltyPoints(added)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!(added.card_identifier.as_deref(), Some("family-1"));
    assert_eq!(active(&world, "family-1").await, 3.into());
}

async fn points_stay_on_the_card(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;
    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;

    let card = world.unlink("family-1", "anna").await.expect("she is linked");

    assert_eq!(card.ledger.expect("always sent").current_balance, 100.into());
    assert!(world.fires("cart-2", bought("SPEND", "family-1")).await);
}
