//! Loyalty points: bookings, ledgers, lists, tiers and what returns do.

pub(crate) mod activation;
pub(crate) mod applications;
pub(crate) mod balances;
pub(crate) mod bookings;
pub(crate) mod deletion;
pub(crate) mod expiry_rules;
pub(crate) mod joining;
pub(crate) mod ledger_entries;
pub(crate) mod points;
pub(crate) mod refusals;
pub(crate) mod return_policies;
pub(crate) mod rollbacks;
pub(crate) mod rules;
pub(crate) mod spending;
pub(crate) mod tier_expiry;
pub(crate) mod tiers;
pub(crate) mod transaction_filters;
pub(crate) mod transactions;
pub(crate) mod validity;

use talon_core::model::LoyaltyProgramBalance;

use crate::prelude::*;

/// The program of the cases.
pub(crate) const PROGRAM: i64 = 7;

/// A world with the program, whose rewards each belong to an item, by its SKU.
pub(crate) fn program(rewards: &[(&str, Reward)]) -> Seed {
    seed::rewards_by_sku(seed::program(PROGRAM), rewards)
}

/// The main ledger of the program in a reply.
pub(crate) fn ledger(reply: &IntegrationStateV2) -> LoyaltyProgramBalance {
    let loyalty = reply.loyalty.clone().expect("asked for");
    loyalty.programs[&PROGRAM.to_string()].ledger.clone()
}

/// The points that Anna can spend, by the stored data.
pub(crate) fn left(world: &World) -> Amount {
    world.probe().points("anna", PROGRAM)
}

/// The active points of a customer, by the balances.
pub(crate) async fn active(world: &World, profile: &str) -> Option<Amount> {
    world.balance(PROGRAM, profile).await.active_points
}
