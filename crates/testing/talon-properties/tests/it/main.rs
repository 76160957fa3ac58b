//! All tests of the crate in one binary.

mod amounts;
mod attributes;
mod corpus;
mod demo;
mod loopback;
mod models;
mod retries;
mod retry_budgets;
mod round_trips;
mod runner;
mod sequences;
mod sessions;
