//! Referrals.

mod create_referral;

pub use create_referral::CreateReferral;
