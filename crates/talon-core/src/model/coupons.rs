//! Coupons, their codes and giveaways.

mod code_generator;
mod coupon;
mod giveaway;

pub use code_generator::CodeGeneratorSettings;
pub use coupon::{Coupon, CouponReservations, CouponState};
pub use giveaway::Giveaway;
