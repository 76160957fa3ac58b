//! Tests of the public API.

mod kept;
mod newer_members;
mod odd_effects;
mod private_names;
mod replies;
mod requests;
mod surrogates;
mod values;
