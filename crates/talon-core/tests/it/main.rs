//! What a user of the crate sees of the codec.

mod kept;
mod private_names;
mod replies;
mod requests;
mod surrogates;
mod values;
