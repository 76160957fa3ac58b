//! What the suite says as a whole, and the fixtures.

mod agreement;
mod corpus;
mod coverage;
mod proxy;
mod specification;
mod watched;
mod wire;
