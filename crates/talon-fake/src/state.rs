//! The state of a world, and the transactions that change it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use talon_core::{AchievementId, ApplicationId, LoyaltyProgramId, Timestamp};

mod achievement;
mod campaigns;
mod definitions;
mod ids;
mod key_text;
mod load;
mod loyalty_program;
mod rows;
mod rule_failures;
mod stored_replies;
mod tables;
mod transaction;

pub(crate) use achievement::StoredAchievement;
pub(crate) use campaigns::{Campaigns, StoredCampaign};
pub(crate) use ids::{Ids, IdsPosition};
pub(crate) use loyalty_program::StoredProgram;
#[cfg(test)]
pub(crate) use rows::LogEntry;
pub(crate) use rows::{
    AudienceMembers, AudienceName, AwardedCodes, Balance, Batch, Booking, Budget, BudgetKey,
    CampaignCounts, CatalogItemKey, CurrentTier, Deduction, EventName, LatestTracker, Ledger,
    LedgerOwner, LoyaltyAccount, LoyaltyAccountKey, LoyaltyCardKey, Membership, PointTransaction,
    PointTransactionKind, PointsDates, PriceChange, PriceHistory, ProgressKey, ProgressTracker,
    ReturnedItem, StoredAudience, StoredCard, StoredCatalog, StoredCatalogItem, StoredCoupon,
    StoredEvent, StoredPriceAdjustment, StoredPriceObservation, StoredProfile, StoredReferral,
    StoredReturn, StoredSession, TransactionId, TransactionLog, period_of,
};
pub(crate) use rule_failures::{FailedCodes, FailureCause, RuleFailure, RuleFailures};
pub(crate) use stored_replies::{Claim, Replies, RequestName, StoredReply, Ticket};
pub(crate) use tables::{CapturedTables, TableImages, Tables};
pub(crate) use transaction::{Transaction, failure, not_found};

use crate::rules::CostIds;
use crate::time::Time;
use crate::world::{AttributeType, CaseSensitivity, EvaluationMode, GiveawayPool, Schema, World};
use crate::zone::Zone;

/// The account every fake belongs to.
pub(crate) const ACCOUNT: i64 = 1;

/// The user who made the campaigns and the manual entries of ledgers.
pub(crate) const USER: i64 = 1;

/// The state of a world. Tables change only by [transactions](Transaction).
#[derive(Debug)]
pub(crate) struct State {
    /// The definitions: of campaigns, programs, schemas and whatever else no request changes.
    pub(crate) world: Arc<World>,
    /// The world that it began with, which a reset goes back to.
    pub(crate) seed: Arc<World>,
    time: RwLock<Time>,
    pub(crate) ids: Ids,
    pub(crate) application: ApplicationId,
    pub(crate) zone: Zone,
    pub(crate) case: CaseSensitivity,
    pub(crate) evaluation_mode: EvaluationMode,
    pub(crate) schema: Schema,
    pub(crate) event_types: Option<BTreeMap<String, BTreeMap<String, AttributeType>>>,
    /// Integration ids of the stores that exist; any where `None`.
    pub(crate) stores: Option<BTreeSet<String>>,
    /// Loyalty programs that serve the application.
    pub(crate) programs: BTreeMap<LoyaltyProgramId, StoredProgram>,
    pub(crate) pools: BTreeMap<i64, GiveawayPool>,
    pub(crate) achievements: BTreeMap<AchievementId, StoredAchievement>,
    /// Ids of the additional costs that rules name.
    pub(crate) costs: CostIds,
    /// In the order of their evaluation.
    pub(crate) campaigns: Arc<Campaigns>,
    pub(crate) tables: Tables,
    /// Locked after every other lock, and only to look up or to store a reply.
    replies: Mutex<Replies>,
}

impl State {
    pub(crate) fn time(&self) -> Time {
        *self.time.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The instant that the clock shows.
    pub(crate) fn now(&self) -> Timestamp {
        self.time().now()
    }

    /// Replies that are stored by `Idempotency-Key`.
    pub(crate) fn replies(&self) -> MutexGuard<'_, Replies> {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the clock; requests that run meanwhile are run again.
    pub(crate) fn set_time(&self, change: impl FnOnce(&mut Time)) {
        change(&mut self.time.write().unwrap_or_else(PoisonError::into_inner));
    }
}
