//! Catalogs and prices.

mod catalog;
mod prior_price;

pub use catalog::*;
pub use prior_price::*;
