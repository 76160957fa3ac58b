//! Campaigns that are part of an experiment. BEHAVIOUR-today 9, 11.

use std::collections::BTreeSet;

use talon_fake::world::{Experiment, Variant};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success effects_name_the_experiment_of_their_campaign,
        detail a_rollback_names_the_experiment_too,
        detail a_rejected_code_names_the_experiment_of_its_campaign,
        detail a_triggered_campaign_names_its_experiment,
        success the_eligibility_tells_the_variant_that_the_shop_assigned,
        surprise without_an_assignment_of_the_shop_there_is_no_variant,
        surprise a_profile_has_the_same_variant_in_all_sessions,
        detail variants_are_given_by_their_weights,
        surprise the_shop_does_not_assign_variants_of_the_service,
    }
}

const EXPERIMENT: i64 = 21;

/// 10 % off for the coupon `SUMMER10`, in an experiment whose variants the shop assigns.
fn external() -> Seed {
    seed::summer().experiment(EXPERIMENT, seed::CAMPAIGN, &[1, 2])
}

/// The same, with variants that are assigned by weight.
fn weighted(weights: &[(i64, u8)]) -> Seed {
    let variants = weights.iter().map(|(id, weight)| Variant { id: *id, weight: *weight });
    let experiment = Experiment {
        id: EXPERIMENT,
        campaign_id: seed::campaign_id(),
        variants: variants.collect(),
        is_variant_assignment_external: false,
    };
    Seed { experiments: Some(vec![experiment]), ..seed::summer() }
}

fn with_coupon() -> NewCustomerSessionV2 {
    cart(100).profile("anna").coupon_codes(["SUMMER10"])
}

fn assigned(session: NewCustomerSessionV2, variant_id: i64) -> NewCustomerSessionV2 {
    let allocation = ExperimentVariantAllocation { experiment_id: EXPERIMENT, variant_id };
    NewCustomerSessionV2 { experiment_variant_allocations: Some(vec![allocation]), ..session }
}

fn named(effects: &[Effect]) -> Vec<Option<i64>> {
    effects.iter().map(|effect| effect.experiment_id).collect()
}

/// The experiment and the variant that a dry run tells.
async fn told(
    world: &World,
    id: &str,
    session: NewCustomerSessionV2,
) -> Option<CampaignEligibilityExperiment> {
    let content = [ResponseContent::CampaignEligibility];
    let request = UpdateCustomerSessionV2::new(id, session).response_content(content);
    let reply = world.send(request.dry(true)).await;
    reply.campaign_eligibility.expect("asked for")[0].experiment.clone()
}

fn variant(variant_id: i64) -> CampaignEligibilityExperiment {
    CampaignEligibilityExperiment { id: EXPERIMENT, variant_id }
}

async fn effects_name_the_experiment_of_their_campaign(worlds: Worlds) {
    let other = Campaign::new("Other").rule(seed::ten_percent());
    let world = worlds.with(external().campaign(other)).await;

    let reply = world.put("cart-1", with_coupon()).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount", "setDiscount"]);
    assert_eq!(named(&reply.effects), [Some(EXPERIMENT), Some(EXPERIMENT), None]);
}

async fn a_rollback_names_the_experiment_too(worlds: Worlds) {
    let world = worlds.with(external()).await;
    world.put("cart-1", with_coupon().state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(named(&reply.effects), [Some(EXPERIMENT); 2]);
}

async fn a_rejected_code_names_the_experiment_of_its_campaign(worlds: Worlds) {
    let never = seed::ten_percent().when(Condition::cart_total(Range::at_least(1000)));
    let campaign = Campaign::new("Summer").id(seed::CAMPAIGN).coupon("SUMMER10");
    let seed = seed::of(campaign.rule(never.when(Condition::coupon_valid())));
    let world = worlds.with(seed.experiment(EXPERIMENT, seed::CAMPAIGN, &[1])).await;

    let reply = world.put("cart-1", with_coupon().coupon_codes(["SUMMER10", "UNKNOWN"])).await;

    assert_eq!(reply.types(), ["rejectCoupon", "rejectCoupon"]);
    assert_eq!(named(&reply.effects), [Some(EXPERIMENT), None]);
}

async fn a_triggered_campaign_names_its_experiment(worlds: Worlds) {
    let world = worlds.with(external()).await;

    let reply = world.put("cart-1", with_coupon()).await;

    let triggered = reply.triggered_campaigns.expect("asked for");
    assert_eq!(triggered[0].experiment_id, Some(EXPERIMENT));
}

async fn the_eligibility_tells_the_variant_that_the_shop_assigned(worlds: Worlds) {
    let world = worlds.with(external()).await;

    assert_eq!(told(&world, "cart-1", assigned(with_coupon(), 2)).await, Some(variant(2)));
    assert_eq!(told(&world, "cart-1", assigned(with_coupon(), 1)).await, Some(variant(1)));
}

async fn without_an_assignment_of_the_shop_there_is_no_variant(worlds: Worlds) {
    let world = worlds.with(external()).await;

    assert_eq!(told(&world, "cart-1", with_coupon()).await, None);
}

async fn a_profile_has_the_same_variant_in_all_sessions(worlds: Worlds) {
    let world = worlds.with(weighted(&[(1, 50), (2, 50)])).await;

    for profile in ["anna", "bert", "carl"] {
        let first = told(&world, "cart-1", with_coupon().profile(profile)).await;
        let second = told(&world, "cart-2", cart(7).profile(profile)).await;
        assert_eq!(first, second);
    }
}

async fn variants_are_given_by_their_weights(worlds: Worlds) {
    let all = worlds.with(weighted(&[(1, 0), (2, 100)])).await;
    let both = worlds.with(weighted(&[(1, 50), (2, 50)])).await;
    let none = worlds.with(weighted(&[(1, 0)])).await;

    let mut given = BTreeSet::new();
    for number in 0..20 {
        let session = || cart(100).profile(format!("customer-{number}"));
        assert_eq!(told(&all, "cart-1", session()).await, Some(variant(2)));
        given.insert(told(&both, "cart-1", session()).await.expect("weights").variant_id);
    }
    assert_eq!(given, [1, 2].into());
    assert_eq!(told(&none, "cart-1", cart(100)).await, None);
}

async fn the_shop_does_not_assign_variants_of_the_service(worlds: Worlds) {
    let world = worlds.with(weighted(&[(1, 0), (2, 100)])).await;

    assert_eq!(told(&world, "cart-1", assigned(with_coupon(), 1)).await, Some(variant(2)));
}
