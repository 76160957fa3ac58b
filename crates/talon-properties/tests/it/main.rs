//! One binary for all tests.

mod amounts;
mod attributes;
mod corpus;
mod demo;
mod every;
mod loopback;
mod retries;
mod sessions;
mod travel;
