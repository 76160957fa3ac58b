#![doc = include_str!("../README.md")]

mod control;
mod engine;
mod fake;
pub mod guide;
mod http;
mod nesting;
mod operations;
mod page;
mod random;
pub mod rules;
mod snapshot;
mod state;
mod store;
mod time;
pub mod world;
mod zone;

pub use control::calls::{AnyCallRecord, CallOutcome, CallRecord, NearMiss, UnknownMember};
pub use control::faults::{Fault, FaultUsage};
pub use fake::{AnyOperation, Clock, Fake, FaultInjector, FaultSchedule};
pub use snapshot::Snapshot;
pub use world::{
    Achievement, Campaign, Coupon, LoyaltyCard, LoyaltyProgram, Referral, World, WorldError,
};

/// JSON Schema of world files, for editors.
pub const WORLD_SCHEMA: &str = include_str!("../world.schema.json");

#[cfg(feature = "serve")]
pub use crate::http::{ControlAccess, FakeService, ServedCall, StateFile, Worlds};
