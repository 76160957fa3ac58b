//! Loyalty cards.

mod loyalty_card;

pub use loyalty_card::*;
