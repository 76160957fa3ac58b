#![doc = include_str!("../README.md")]

#[macro_use]
mod case;
mod coverage;
pub mod fixture;
pub mod json;
mod read;
mod refusals;
pub mod required;
mod seed;
mod world;

// The cases, a module for each noun.
mod clock;
mod concurrency;
mod coupon_rejections;
mod coupons;
mod customer_data;
mod discounts;
mod dry_runs;
mod effects;
mod events;
mod ids;
mod inventory;
mod keys;
mod loyalty;
mod notes;
mod profiles;
mod profiles_v1;
mod referral_codes;
mod referrals;
mod replies;
mod reservations;
mod response_content;
mod session_states;
mod session_updates;
mod sessions;
mod sessions_v1;
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
    pub(crate) use crate::world::{Seed, World, Worlds, cart, closed, refusal};
}

suite! {
    clock,
    concurrency,
    coupon_rejections,
    coupons,
    customer_data,
    discounts,
    dry_runs,
    effects,
    events,
    ids,
    inventory,
    keys,
    loyalty,
    notes,
    profiles,
    profiles_v1,
    referral_codes,
    referrals,
    replies,
    reservations,
    response_content,
    session_states,
    session_updates,
    sessions,
    sessions_v1,
    totals,
}

/// The examples of the repository's README, which use every crate, as this one may.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[derive(Debug)]
pub struct Readme;
