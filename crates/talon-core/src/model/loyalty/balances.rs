//! Balances of loyalty ledgers at an instant.

use std::collections::BTreeMap;

use crate::model::{LoyaltyCardProfileRegistration, Tier, model};
use crate::{Amount, KnownOrRaw};

model! {
    /// Balances of a customer in a program.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyBalancesWithTiers`.
    pub struct LoyaltyBalancesWithTiers {
        /// Main ledger; absent when a subledger was asked for.
        pub balance: Option<LoyaltyBalanceWithTier>,
        /// Subledgers by their ids.
        pub subledger_balances: Option<BTreeMap<String, LoyaltyBalanceWithTier>>,
    }
}

model! {
    /// Balance of one ledger, and its tier where asked for.
    ///
    /// Points, not money. Not in the API of June 2020. Schema `LoyaltyBalanceWithTier`.
    pub struct LoyaltyBalanceWithTier {
        /// Points that can be spent.
        pub active_points: Option<Amount>,
        /// Points that have yet to become active.
        pub pending_points: Option<Amount>,
        /// Points that were spent.
        pub spent_points: Option<Amount>,
        /// Points that expired unspent.
        pub expired_points: Option<Amount>,
        /// Points that the customer owes: spent, and taken back afterwards.
        pub negative_points: Option<Amount>,
        /// Tier of the ledger; on request.
        pub current_tier: Option<KnownOrRaw<Tier>>,
        /// Tier when the present one expires; on request.
        pub projected_tier: Option<ProjectedTier>,
        /// Points that are missing for the next tier; absent in the highest.
        pub points_to_next_tier: Option<Amount>,
        /// Next tier; `null` in the highest one. Where tiers are asked for.
        #[serde(deserialize_with = "crate::wire::lenient::present")]
        pub next_tier_name: Option<KnownOrRaw<String>>,
    }
}

model! {
    /// Tier of a ledger when the present one expires.
    ///
    /// Not in the API of June 2020. Schema `ProjectedTier`.
    pub struct ProjectedTier {
        /// Points that will be active then.
        pub projected_active_points: Amount,
        /// Points that are missing to stay; only where a lower tier is ahead.
        pub stay_in_tier_points: Option<Amount>,
        /// The tier.
        pub projected_tier_name: Option<String>,
    }
}

model! {
    /// Balances of a loyalty card.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyCardBalances`.
    pub struct LoyaltyCardBalances {
        /// Main ledger; absent when subledgers were asked for.
        pub balance: Option<LoyaltyBalance>,
        /// Subledgers by their ids.
        pub subledger_balances: Option<BTreeMap<String, LoyaltyBalance>>,
        /// Customers who share the card.
        pub profiles: Option<Vec<LoyaltyCardProfileRegistration>>,
    }
}

model! {
    /// Balance of one ledger of a card.
    ///
    /// Points, not money. Not in the API of June 2020. Schema `LoyaltyBalance`.
    pub struct LoyaltyBalance {
        /// Points that can be spent.
        pub active_points: Option<Amount>,
        /// Points that have yet to become active.
        pub pending_points: Option<Amount>,
        /// Points that were spent.
        pub spent_points: Option<Amount>,
        /// Points that expired unspent.
        pub expired_points: Option<Amount>,
        /// Points that are owed: spent, and taken back afterwards.
        pub negative_points: Option<Amount>,
    }
}
