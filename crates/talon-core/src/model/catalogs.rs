//! Catalogs of cart items, and prices.

mod catalog;
mod catalog_action;
mod catalog_filter;
mod price_adjustment;
mod prior_price;

pub use catalog::*;
pub use catalog_action::*;
pub use catalog_filter::*;
pub use price_adjustment::*;
pub use prior_price::*;
