//! Tests of the public API.

mod malformed_effects;
mod newer_members;
mod own_operation;
mod private_names;
mod replies;
mod requests;
mod surrogates;
mod undecoded_values;
mod values;
