//! Requests: one type per operation, in one file named after the method.
//!
//! A request holds all parameters of a call. The first line of its file is the HTTP request; its
//! `operation!` block declares which field is a path parameter, a query parameter or the body.

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
mod sessions;

pub use achievements::*;
pub use audiences::*;
pub use campaigns::*;
pub use cards::*;
pub use catalogs::*;
pub use coupons::*;
pub use events::*;
pub use loyalty::*;
pub use profiles::*;
pub use referrals::*;
pub use sessions::*;
