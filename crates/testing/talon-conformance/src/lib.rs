#![doc = include_str!("../README.md")]

#[macro_use]
mod case;
mod coverage;
pub mod fixture;
pub mod json;
mod read;
mod refusals;
mod seed;
pub mod specification;
mod world;

// The cases, a module for each noun.
mod additional_costs;
mod at_once;
mod attribute_types;
mod attributes;
mod audiences;
mod budgets;
mod calendar;
mod campaigns;
mod clock;
mod concurrency;
mod conditions;
mod coupon_rejections;
mod coupons;
mod created_codes;
mod customer_data;
mod discounts;
mod dry_runs;
mod effects;
mod eligibility;
mod error_schemas;
mod evaluation_modes;
mod events;
mod fault_plans;
mod faults;
mod first_version;
mod giveaways;
mod ids;
mod inventory;
mod items;
mod keys;
mod ledger_entries;
mod limits;
mod lost_replies;
mod loyalty;
mod notes;
mod parallel_requests;
mod periods;
mod points;
mod profiles;
mod profiles_v1;
mod referral_codes;
mod referral_limits;
mod referrals;
mod replies;
mod reservations;
mod reserved_coupons;
mod response_content;
mod rule_failures;
mod rule_order;
mod session_states;
mod session_updates;
mod sessions;
mod sessions_v1;
mod sizes;
mod spelling;
mod strange_carts;
mod totals;

pub use case::{Case, Role, run, suite};
pub use coverage::{missing, table};
pub use refusals::{RefusedRequest, refused_requests};
pub use world::{Future, Open, Seed, World, Worlds};

/// What most cases need.
mod prelude {
    pub(crate) use talon_core::prelude::*;
    pub(crate) use talon_core::{ApiError, Problem};
    pub(crate) use talon_fake::rules::{Condition, Discount, ItemFilter, Range, Reward, Rule};
    pub(crate) use talon_fake::world::AttributeType;
    pub(crate) use talon_fake::{Campaign, LoyaltyProgram};
    // The coupons and referrals of replies are in `model`; those of seeds are `seed::Coupon`.

    pub(crate) use crate::read::{ReadEffects, ReadEvent, ReadState, amount, at};
    pub(crate) use crate::seed;
    pub(crate) use crate::world::{Seed, World, Worlds, cancelled, cart, closed, refusal};
}

suite! {
    additional_costs,
    attribute_types,
    at_once,
    attributes,
    audiences,
    budgets,
    calendar,
    campaigns,
    clock,
    concurrency,
    conditions,
    coupon_rejections,
    coupons,
    created_codes,
    customer_data,
    discounts,
    dry_runs,
    effects,
    eligibility,
    error_schemas,
    evaluation_modes,
    events,
    fault_plans,
    faults,
    first_version,
    giveaways,
    ids,
    inventory,
    items,
    keys,
    ledger_entries,
    limits,
    lost_replies,
    loyalty,
    notes,
    parallel_requests,
    periods,
    points,
    profiles,
    profiles_v1,
    referral_codes,
    referral_limits,
    referrals,
    replies,
    reservations,
    reserved_coupons,
    response_content,
    rule_failures,
    rule_order,
    session_states,
    session_updates,
    sessions,
    sessions_v1,
    sizes,
    spelling,
    strange_carts,
    totals,
}

/// The examples of the repository's README, which use every crate, as this one may.
#[cfg(doctest)]
#[doc = include_str!("../../../../README.md")]
#[derive(Debug)]
pub struct Readme;
