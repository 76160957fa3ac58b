//! Loyalty cards.

mod loyalty_card;
mod new_card;

pub use loyalty_card::*;
pub use new_card::*;
