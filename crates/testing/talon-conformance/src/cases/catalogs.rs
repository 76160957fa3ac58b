//! Catalogs of cart items, what carts take from them, and the history of prices.

pub(crate) mod cart_items;
pub(crate) mod filters;
pub(crate) mod price_types;
pub(crate) mod prior_price_refusals;
pub(crate) mod prior_prices;
pub(crate) mod recorded_prices;
pub(crate) mod synchronization;
pub(crate) mod synchronization_refusals;
