#![doc = include_str!("../README.md")]

mod fake;
pub mod rules;
#[cfg(feature = "serve")]
mod serve;
mod service;
mod state;
pub mod world;

pub use fake::Fake;
pub use world::{Campaign, Coupon, LoyaltyProgram, Referral, World, WorldError};
