//! Tests of the suite itself, and of the fixtures.

mod agreement;
mod corpus;
mod coverage;
mod proxy;
mod specification;
mod watched;
mod wire;
