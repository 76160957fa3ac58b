//! All tests of the crate in one binary.

mod amounts;
mod attributes;
mod budgets;
mod corpus;
mod demo;
mod every;
mod loopback;
mod models;
mod retries;
mod sequences;
mod sessions;
mod travel;
