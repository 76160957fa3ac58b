//! Coupons, their codes and giveaways.

mod code_generator;
mod coupon;
mod giveaway;

pub use code_generator::*;
pub use coupon::*;
pub use giveaway::*;
