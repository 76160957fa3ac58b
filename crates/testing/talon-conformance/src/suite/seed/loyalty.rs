//! Loyalty programs whose points belong to items.

use talon_core::model::{CartItem, NewCustomerSessionV2, SessionState};
use talon_fake::rules::{Points, Reward};
use talon_fake::world::ReturnPolicy;
use talon_fake::{Campaign, LoyaltyProgram};

use super::rule_for_item;
use crate::Seed;

/// A loyalty program whose returns remove active points, at most the balance.
pub(crate) fn program(id: i64) -> LoyaltyProgram {
    LoyaltyProgram::new(id).return_policy(ReturnPolicy::WithinBalance)
}

/// Points of the main ledger of a program.
pub(crate) fn points(program: i64, points: i64) -> Points {
    Points { program_id: program.into(), points: points.into(), ..Points::default() }
}

/// A program whose rewards each belong to an item, by its SKU. The rules are named after the items.
pub(crate) fn rewards_by_sku(program: LoyaltyProgram, rewards: &[(&str, Reward)]) -> Seed {
    let campaign = rewards.iter().fold(Campaign::new("Points"), |campaign, (sku, reward)| {
        campaign.rule(rule_for_item(sku, reward.clone()))
    });
    Seed::new().loyalty_program(program).campaign(campaign)
}

/// A session of Anna with one item.
pub(crate) fn buying(sku: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().profile("anna").cart_items([CartItem::new(sku, 1).price(1)])
}

/// The same, closed.
pub(crate) fn bought(sku: &str) -> NewCustomerSessionV2 {
    buying(sku).state(SessionState::Closed)
}
