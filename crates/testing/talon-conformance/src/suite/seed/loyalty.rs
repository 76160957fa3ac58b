//! Loyalty programs whose points belong to items.

use talon_core::model::{CartItem, NewCustomerSessionV2, SessionState};
use talon_fake::rules::{Condition, ItemFilter, Reward, Rule};
use talon_fake::world::ReturnPolicy;
use talon_fake::{Campaign, LoyaltyProgram};

use crate::Seed;

/// A loyalty program that takes active points back as far as the balance reaches.
pub(crate) fn program(id: i64) -> LoyaltyProgram {
    LoyaltyProgram::new(id).return_policy(ReturnPolicy::WithinBalance)
}

/// A program whose rewards each belong to an item, by its SKU. The rules are named after the items.
pub(crate) fn rewards_by_sku(program: LoyaltyProgram, rewards: &[(&str, Reward)]) -> Seed {
    let campaign = rewards.iter().fold(Campaign::new("Points"), |campaign, (sku, reward)| {
        let item = Condition::AnyItem(ItemFilter::sku(*sku));
        campaign.rule(Rule::new(*sku).when(item).then(reward.clone()))
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
