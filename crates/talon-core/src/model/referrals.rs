//! Referrals.

mod referral;

pub use referral::*;
