//! Tests of the public API: clock, faults, calls, snapshots, and served worlds.

mod calls;
mod cancellations;
mod catalogs;
mod clock;
mod concurrency;
mod concurrent_limits;
mod faults;
mod keys;
mod nesting;
mod parallel_request_limits;
mod persistence;
mod serializability;
mod setters;
mod shop;
mod snapshots;
mod tables;
mod tiers;

#[cfg(feature = "serve")]
mod browsers;
#[cfg(feature = "serve")]
mod clients;
#[cfg(feature = "serve")]
mod control;
#[cfg(feature = "serve")]
mod control_equivalence;
#[cfg(feature = "serve")]
mod http;
#[cfg(feature = "serve")]
mod idempotency;
#[cfg(feature = "serve")]
mod readme;
#[cfg(feature = "serve")]
mod recorded_bodies;
#[cfg(feature = "serve")]
mod served_calls;
#[cfg(feature = "serve")]
mod served_faults;
#[cfg(feature = "serve")]
mod state_file;
#[cfg(feature = "serve")]
mod traces;
#[cfg(feature = "serve")]
mod worlds;

#[cfg(feature = "schema")]
mod defaults;
#[cfg(feature = "schema")]
mod reward_names;
#[cfg(feature = "schema")]
mod world_errors;
#[cfg(feature = "schema")]
mod world_file;
