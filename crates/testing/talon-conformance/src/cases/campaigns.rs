//! Campaigns: which are evaluated, when their rules apply and what they do.

pub(crate) mod attributes;
pub(crate) mod audiences;
pub(crate) mod budgets;
pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod conditions;
pub(crate) mod discounts;
pub(crate) mod effects;
pub(crate) mod eligibility;
pub(crate) mod evaluation_modes;
pub(crate) mod experiments;
pub(crate) mod gift_cards;
pub(crate) mod giveaway_failures;
pub(crate) mod giveaways;
pub(crate) mod items;
pub(crate) mod listing;
pub(crate) mod partial_rewards;
pub(crate) mod periods;
pub(crate) mod rule_failures;
pub(crate) mod rule_order;
pub(crate) mod schedule;
