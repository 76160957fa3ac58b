//! Referrals.

mod referral;
mod referral_batch;

pub use referral::*;
pub use referral_batch::*;
