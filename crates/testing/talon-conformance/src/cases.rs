//! The cases, by noun. `build.rs` lists the modules.

mod achievements;
mod audiences;
mod campaigns;
mod cards;
mod catalogs;
mod coupons;
mod events;
mod loyalty;
mod profiles;
mod referrals;
mod service;
mod sessions;

use crate::Case;

/// The list of each module.
static MODULES: &[&[Case]] = include!(concat!(env!("OUT_DIR"), "/modules.rs"));

/// Every case.
pub fn suite() -> impl Iterator<Item = &'static Case> {
    MODULES.iter().copied().flatten()
}
