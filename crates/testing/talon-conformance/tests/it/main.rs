//! What the suite says as a whole, and the fixtures.

mod agreement;
mod corpus;
mod coverage;
mod payloads;
mod proxy;
mod specification;
mod watched;
mod wire;
