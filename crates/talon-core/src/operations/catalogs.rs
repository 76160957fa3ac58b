//! Catalogs and prices.

mod best_prior_price;
mod sync_catalog;

pub use best_prior_price::BestPriorPrice;
pub use sync_catalog::SyncCatalog;
