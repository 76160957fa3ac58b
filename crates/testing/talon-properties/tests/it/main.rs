//! All tests of the crate in one binary.

mod achievements;
mod amounts;
mod attributes;
mod corpus;
mod ledgers;
mod loopback;
mod models;
mod retries;
mod retry_budgets;
mod round_trips;
mod runner;
mod samples;
mod sequences;
mod sessions;
