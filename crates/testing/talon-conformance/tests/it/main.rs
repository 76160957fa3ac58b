//! Tests of the suite itself, and of the fixtures.

mod agreement;
mod corpus;
mod coverage;
mod empty_replies;
mod parameters;
mod proxy;
mod recorded_replies;
mod specification;
mod wire;
