//! The rows of the tables, by noun.

mod achievement_progress;
mod audience;
mod audience_name;
mod budget;
mod campaign;
mod catalog;
mod coupon;
mod event;
mod giveaway_pool;
mod ledger;
mod loyalty_account_key;
mod point_transaction;
mod price_history;
mod profile;
mod referral;
mod returns;
mod session;
mod transaction_id;

pub(crate) use achievement_progress::{LatestTracker, ProgressKey, ProgressTracker};
pub(crate) use audience::{AudienceMembers, Membership, StoredAudience};
pub(crate) use audience_name::{AudienceName, AudienceNameKey};
pub(crate) use budget::{Budget, BudgetKey, period_of};
pub(crate) use campaign::CampaignCounts;
pub(crate) use catalog::{CatalogItemKey, StoredCatalog, StoredCatalogItem, StoredPriceAdjustment};
pub(crate) use coupon::StoredCoupon;
pub(crate) use event::{EventName, StoredEvent};
pub(crate) use giveaway_pool::AwardedCodes;
pub(crate) use ledger::{Balance, Batch, Deduction, LoyaltyAccount};
pub(crate) use loyalty_account_key::LoyaltyAccountKey;
pub(crate) use point_transaction::{PointTransaction, PointTransactionKind};
pub(crate) use price_history::{PriceChange, PriceHistory, StoredPriceObservation};
pub(crate) use profile::StoredProfile;
pub(crate) use referral::StoredReferral;
pub(crate) use returns::{ReturnedItem, StoredReturn};
pub(crate) use session::{Booking, StoredSession};
pub(crate) use transaction_id::TransactionId;
