//! Points that are taken back from a card, and given back to it. BEHAVIOUR-today 7.6, 7.9.

use talon_core::effect::{RollbackAddedLoyaltyPoints, RollbackDeductedLoyaltyPoints};
use talon_fake::world::ReturnPolicy;

use super::points::{active, club};
use super::{PROGRAM, bought, card, with_card};
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_cancellation_takes_points_off_the_card,
        detail a_cancellation_gives_deducted_points_back_to_the_card,
    }
    "returnCartItems" {
        detail a_return_takes_the_points_of_a_unit_off_the_card,
    }
}

/// The club with a program that takes back points that were spent.
fn unlimited() -> Seed {
    let mut seed = club(card("family-1", &["anna"]));
    seed.loyalty_programs[0].return_policy = ReturnPolicy::Unlimited;
    seed
}

async fn a_cancellation_takes_points_off_the_card(worlds: Worlds) {
    let world = worlds.with(unlimited()).await;
    let earned = world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;
    world.put("cart-2", bought("SPEND", "family-1").profile("ben")).await;

    let reply = world.put("cart-1", cancelled()).await;

    let (EffectKind::AddLoyaltyPoints(added), [EffectKind::RollbackAddedLoyaltyPoints(undone)]) =
        (&earned.effects[0].kind, &reply.kinds()[..])
    else {
        panic!("{:?}", reply.effects);
    };
    let expected = RollbackAddedLoyaltyPoints {
        program_id: PROGRAM.into(),
        value: 100.into(),
        recipient_integration_id: "anna".into(),
        transaction_uuid: added.transaction_uuid.clone(),
        card_identifier: Some("family-1".into()),
        ..RollbackAddedLoyaltyPoints::default()
    };
    assert_eq!(undone, &expected);
    let balance = world.card_balances("family-1").await.balance.expect("of the main ledger");
    assert_eq!((balance.active_points, balance.negative_points), (Some(0.into()), Some(60.into())));
}

async fn a_cancellation_gives_deducted_points_back_to_the_card(worlds: Worlds) {
    let world = worlds.with(club(card("family-1", &["anna"]))).await;
    world.put("cart-1", bought("EARN", "family-1").profile("anna")).await;
    world.put("cart-2", bought("SPEND", "family-1").profile("ben")).await;

    let reply = world.put("cart-2", cancelled()).await;

    let [EffectKind::RollbackDeductedLoyaltyPoints(undone)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let expected = RollbackDeductedLoyaltyPoints {
        program_id: PROGRAM.into(),
        value: 60.into(),
        recipient_integration_id: "ben".into(),
        transaction_uuid: undone.transaction_uuid.clone(),
        card_identifier: Some("family-1".into()),
        ..RollbackDeductedLoyaltyPoints::default()
    };
    assert_eq!(undone, &expected);
    assert_eq!(active(&world, "family-1").await, 100.into());
}

async fn a_return_takes_the_points_of_a_unit_off_the_card(worlds: Worlds) {
    let each = Reward::add_loyalty_points_per_item(PROGRAM, 5, ItemFilter::sku("MUG"));
    let mut seed = with_card(card("family-1", &["anna"]));
    seed.loyalty_programs[0].return_policy = ReturnPolicy::WithinBalance;
    let seed = seed.campaign(Campaign::new("Mugs").rule(Rule::new("Mugs").then(each)));
    let world = worlds.with(seed).await;
    let session = bought("MUG", "family-1").cart_items([CartItem::new("MUG", 3).price(1)]);
    world.put("cart-1", session.profile("anna")).await;

    let reply = world.give_back("cart-1", [ReturnedCartItem::at(0).quantity(1)]).await;

    let [EffectKind::RollbackAddedLoyaltyPoints(undone)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    assert_eq!((undone.value, undone.card_identifier.as_deref()), (5.into(), Some("family-1")));
    assert_eq!(active(&world, "family-1").await, 10.into());
    assert_eq!(reply.loyalty.expect("asked for").cards, Some(world.cards_of("anna").await));
}
