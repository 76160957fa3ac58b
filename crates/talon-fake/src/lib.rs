#![doc = include_str!("../README.md")]

mod calls;
mod clock;
#[cfg(feature = "serve")]
mod control;
mod engine;
mod fake;
mod fault;
pub mod guide;
mod nesting;
mod operations;
mod parallel;
mod random;
pub mod rules;
#[cfg(feature = "serve")]
mod serve;
mod snapshot;
mod state;
#[cfg(feature = "serve")]
mod state_file;
mod store;
mod time;
pub mod world;
#[cfg(feature = "serve")]
mod worlds;
mod zone;

pub use calls::{Outcome, Recorded, RecordedCall};
pub use clock::Clock;
#[cfg(feature = "serve")]
pub use control::Control;
pub use fake::Fake;
pub use fault::{AnyOperation, Fault, Faults, Planned, PlannedFault};
#[cfg(feature = "serve")]
pub use serve::FakeService;
pub use snapshot::Snapshot;
#[cfg(feature = "serve")]
pub use state_file::StateFile;
pub use world::{Campaign, Coupon, LoyaltyProgram, Referral, World, WorldError};
#[cfg(feature = "serve")]
pub use worlds::Worlds;
