//! The tables of a world.

use super::rows::{
    AudienceMembers, AudienceName, AwardedCodes, Budget, CampaignCounts, EventName, LatestTracker,
    LoyaltyAccount, PointTransaction, PriceHistory, ProgressTracker, StoredAudience, StoredCard,
    StoredCatalog, StoredCatalogItem, StoredCoupon, StoredEvent, StoredPriceObservation,
    StoredProfile, StoredReferral, StoredReturn, StoredSession,
};
use crate::store::tables;

tables! {
    /// What closed sessions used up of each campaign.
    counts: MergeTable<CampaignCounts>,
    /// How much of each limit is used up.
    budgets: Table<Budget>,
    /// How many codes of each pool of giveaways are awarded.
    awarded: Table<AwardedCodes>,
    coupons: Table<StoredCoupon>,
    referrals: Table<StoredReferral>,
    profiles: Table<StoredProfile>,
    sessions: Table<StoredSession>,
    /// Items that customers returned.
    returns: Table<StoredReturn>,
    /// Events that requests tracked; built-in events are not stored.
    events: Table<StoredEvent>,
    /// Events of V3 by their integration ids.
    event_names: Table<EventName>,
    audiences: Table<StoredAudience>,
    /// Audiences by their ids in the integrations that they come from.
    audience_names: Table<AudienceName>,
    audience_members: MergeTable<AudienceMembers>,
    catalogs: Table<StoredCatalog>,
    catalog_items: Table<StoredCatalogItem>,
    price_histories: Table<PriceHistory>,
    /// Prices of items that were observed.
    price_observations: Table<StoredPriceObservation>,
    /// Loyalty cards, by program and identifier.
    loyalty_cards: Table<StoredCard>,
    /// Ledgers of points, by program and owner.
    loyalty_accounts: Table<LoyaltyAccount>,
    /// Additions and deductions of points.
    point_transactions: Table<PointTransaction>,
    /// The latest progress tracker of each profile in each achievement.
    latest_trackers: Table<LatestTracker>,
    progress_trackers: Table<ProgressTracker>,
}
