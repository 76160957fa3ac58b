//! What a user of the crate sees of the codec.

mod kept;
mod replies;
mod requests;
mod values;
