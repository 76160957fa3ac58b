//! Tests of the public API: clock, faults, calls, snapshots, and served worlds.

mod at_once;
mod books;
mod calls;
mod clock;
mod faults;
mod kept;
mod keys;
mod nesting;
mod one_order;
mod parallel;
mod scarce;
mod shop;
mod snapshots;
mod tables;

#[cfg(feature = "serve")]
mod browsers;
#[cfg(feature = "serve")]
mod clients;
#[cfg(feature = "serve")]
mod control;
#[cfg(feature = "serve")]
mod http;
#[cfg(feature = "serve")]
mod idempotency;
#[cfg(feature = "serve")]
mod mirror;
#[cfg(feature = "serve")]
mod readme;
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
mod world_errors;
#[cfg(feature = "schema")]
mod world_file;
