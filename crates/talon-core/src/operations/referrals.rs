//! Referrals.

mod create_referral;
mod create_referrals_for_multiple_advocates;

pub use create_referral::CreateReferral;
pub use create_referrals_for_multiple_advocates::CreateReferralsForMultipleAdvocates;
