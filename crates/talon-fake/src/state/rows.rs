//! The rows of the tables, by noun.

mod budget;
mod campaign;
mod coupon;
mod giveaway_pool;
mod profile;
mod referral;
mod session;

pub(crate) use budget::{Budget, BudgetKey, period_of};
pub(crate) use campaign::CampaignCounts;
pub(crate) use coupon::StoredCoupon;
pub(crate) use giveaway_pool::AwardedCodes;
pub(crate) use profile::StoredProfile;
pub(crate) use referral::StoredReferral;
pub(crate) use session::StoredSession;
