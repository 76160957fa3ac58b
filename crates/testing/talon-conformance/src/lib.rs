#![doc = include_str!("../README.md")]

#[macro_use]
mod suite;

mod cases;
pub mod implementations;
mod runner;

pub use cases::suite;
pub use runner::{Access, Difference, Report, compare, missing, remote, run_suite, table};
pub use suite::codec;
pub use suite::specification;
pub use suite::{
    Capability, Case, Future, Implementation, Outcome, Role, Seed, World, Worlds, refusing_world,
};

/// Imports of most cases.
mod prelude {
    pub(crate) use talon_core::model::*;
    pub(crate) use talon_core::prelude::*;
    pub(crate) use talon_core::{ApiError, Problem};
    pub(crate) use talon_fake::rules::{Condition, Discount, ItemFilter, Range, Reward, Rule};
    pub(crate) use talon_fake::world::AttributeType;
    pub(crate) use talon_fake::{Campaign, LoyaltyProgram};
    // The coupons and referrals of replies are in `model`; those of seeds are `seed::Coupon`.

    pub(crate) use crate::suite::read::{ReadEffects, ReadEvent, ReadState, amount, at};
    pub(crate) use crate::suite::seed;
    pub(crate) use crate::suite::world::{cancelled, cart, closed, refusal, returning};
    pub(crate) use crate::{Seed, World, Worlds};
}
