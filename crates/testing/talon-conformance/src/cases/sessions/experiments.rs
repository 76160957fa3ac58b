//! Experiments and loyalty cards of sessions.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_variant_is_stored_and_returned,
        refused(400) an_undeclared_experiment_is_refused,
        refused(400) an_undeclared_variant_is_refused,
        surprise any_experiment_is_accepted_if_none_is_declared,
        surprise an_unknown_loyalty_card_is_accepted,
    }
}

fn declared() -> Seed {
    seed::summer().experiment(21, seed::CAMPAIGN, &[1, 2])
}

fn assigned(experiment: i64, variant: i64) -> NewCustomerSessionV2 {
    let allocation = ExperimentVariantAllocation { experiment_id: experiment, variant_id: variant };
    NewCustomerSessionV2 { experiment_variant_allocations: Some(vec![allocation]), ..cart(100) }
}

async fn a_variant_is_stored_and_returned(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let reply = world.put("cart-1", assigned(21, 2)).await;

    let sent = assigned(21, 2).experiment_variant_allocations;
    assert_eq!(reply.session().experiment_variant_allocations, sent);
    let kept = world.put("cart-1", NewCustomerSessionV2::default()).await;
    assert_eq!(kept.session().experiment_variant_allocations, sent);
}

/// The refusal of a session with this variant.
async fn refused(worlds: Worlds, experiment: i64, variant: i64) -> ApiError {
    let world = worlds.with(declared()).await;
    let refusal = world.put_refused("cart-1", assigned(experiment, variant)).await;
    assert_eq!(world.probe().session("cart-1"), None);
    refusal
}

async fn an_undeclared_experiment_is_refused(worlds: Worlds) {
    let refusal = refused(worlds, 22, 1).await;

    let pointer = "/customerSession/experimentVariantAllocations/0/experimentID";
    let problem = Problem::at(pointer, "Unknown", "There is no experiment 22.");
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn an_undeclared_variant_is_refused(worlds: Worlds) {
    let refusal = refused(worlds, 21, 3).await;

    let pointer = "/customerSession/experimentVariantAllocations/0/variantID";
    let problem = Problem::at(pointer, "Unknown", "The experiment 21 has no variant 3.");
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn any_experiment_is_accepted_if_none_is_declared(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", assigned(22, 1)).await;

    let sent = assigned(22, 1).experiment_variant_allocations;
    assert_eq!(reply.session().experiment_variant_allocations, sent);
}

async fn an_unknown_loyalty_card_is_accepted(worlds: Worlds) {
    let world = worlds.empty().await;
    let loyalty_cards = Some(vec!["CARD-0001".to_owned()]);

    let session = NewCustomerSessionV2 { loyalty_cards: loyalty_cards.clone(), ..cart(100) };
    let reply = world.put("cart-1", session).await;

    assert_eq!(reply.session().loyalty_cards, loyalty_cards);
}
