//! The suite in every world, and the corpus.

mod agreement;
mod corpus;
mod coverage;
mod direct;
mod loopback;
mod over_hyper;
mod over_reqwest;
mod payloads;
mod proxy;
mod specification;
mod watched;
mod wire;
