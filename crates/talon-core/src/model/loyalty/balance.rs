//! Loyalty programs and balances.

use std::collections::BTreeMap;

use crate::model::{LoyaltyCard, model};
use crate::wire::open_enum;
use crate::{Amount, KnownOrRaw, LoyaltyProgramId, Timestamp};

model! {
    /// A customer's points.
    ///
    /// Schema `Loyalty`.
    pub struct Loyalty {
        /// Cards of the customer and their balances. Not in the API of June 2020.
        pub cards: Option<Vec<LoyaltyCard>>,
        /// Balances in programs without cards, by program id.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub programs: BTreeMap<String, LoyaltyProgramLedgers>,
    }
}

model! {
    /// A customer's points in one program.
    ///
    /// Schema `LoyaltyProgramLedgers`.
    pub struct LoyaltyProgramLedgers {
        /// Which program. Not in the API of June 2020.
        pub id: Option<LoyaltyProgramId>,
        /// What to call the program before customers.
        pub title: String,
        /// What the program is called internally.
        pub name: String,
        /// When the customer joined; published replies hold dates that do not exist. Not in the API
        /// of June 2020.
        pub join_date: Option<KnownOrRaw<Timestamp>>,
        /// Balance of the main ledger.
        pub ledger: LoyaltyProgramBalance,
        /// Balances of further ledgers by their names; those without points are left out.
        pub sub_ledgers: Option<BTreeMap<String, LoyaltyProgramBalance>>,
    }
}

model! {
    /// Points in one ledger.
    ///
    /// Tentative balances are those an open session would lead to. The service of 2020 knows the
    /// current balance alone. Schemas `LoyaltyProgramBalance` and `LedgerInfo`.
    pub struct LoyaltyProgramBalance {
        /// Points that can be spent.
        pub current_balance: Amount,
        /// Points that cannot be spent yet. Not in the API of June 2020.
        pub pending_balance: Option<Amount>,
        /// Points owed; the current balance is then 0. Not in the API of June 2020.
        pub negative_balance: Option<Amount>,
        /// Always 0; once the points that lapsed. Not in the API of June 2020.
        pub expired_balance: Option<Amount>,
        /// Always 0; once the points that were spent. Not in the API of June 2020.
        pub spent_balance: Option<Amount>,
        /// Current balance once the open session is closed. Not in the API of June 2020.
        pub tentative_current_balance: Option<Amount>,
        /// Pending balance once the open session is closed. Not in the API of June 2020.
        pub tentative_pending_balance: Option<Amount>,
        /// Negative balance once the open session is closed. Not in the API of June 2020.
        pub tentative_negative_balance: Option<Amount>,
        /// Tier the customer has; published replies hold a mere name. Not in the API of June 2020.
        pub current_tier: Option<KnownOrRaw<Tier>>,
        /// Points short of the next tier. Not in the API of June 2020.
        pub points_to_next_tier: Option<Amount>,
        /// What the next tier is called; absent at the top. Not in the API of June 2020.
        pub next_tier_name: Option<String>,
    }
}

model! {
    /// Level of a customer in a loyalty program.
    ///
    /// Not in the API of June 2020. Schema `Tier`.
    pub struct Tier {
        /// Service's own number of the tier.
        pub id: i64,
        /// What the tier is called.
        pub name: String,
        /// When the customer got it.
        pub start_date: Option<Timestamp>,
        /// When it is reviewed.
        pub expiry_date: Option<Timestamp>,
        /// What happens at the review to a customer short of points.
        pub downgrade_policy: Option<TierDowngradePolicy>,
    }
}

open_enum! {
    /// How a customer short of points loses a tier.
    pub enum TierDowngradePolicy {
        /// Falls by one tier.
        OneDown = "one_down",
        /// Falls to the tier the points are enough for.
        BalanceBased = "balance_based",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_may_be_a_name() {
        let text = r#"{"currentBalance":100,"currentTier":"bronze"}"#;

        let balance: LoyaltyProgramBalance = serde_json::from_str(text).unwrap();

        assert!(matches!(balance.current_tier, Some(KnownOrRaw::Raw(_))));
        assert_eq!(serde_json::to_string(&balance).unwrap(), text);
    }
}
