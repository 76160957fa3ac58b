//! Tests of the public API.

mod malformed_effects;
mod newer_members;
mod own_operation;
mod private_names;
mod replies;
mod reply_docs;
mod requests;
mod setters;
mod surrogates;
mod undecoded_values;
mod values;
