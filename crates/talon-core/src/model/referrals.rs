//! Referrals.

mod referral;

pub use referral::{NewReferral, Referral};
