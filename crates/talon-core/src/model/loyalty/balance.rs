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
        /// Id of the program. Not in the API of June 2020.
        pub id: Option<LoyaltyProgramId>,
        /// Title of the program shown to customers.
        pub title: String,
        /// Internal name of the program.
        pub name: String,
        /// Time when the customer joined; published replies contain dates that do not exist. Not in
        /// the API of June 2020.
        pub join_date: Option<KnownOrRaw<Timestamp>>,
        /// Balance of the main ledger.
        pub ledger: LoyaltyProgramBalance,
        /// Balances of subledgers by name; subledgers without points are left out.
        pub sub_ledgers: Option<BTreeMap<String, LoyaltyProgramBalance>>,
    }
}

model! {
    /// Points in one ledger.
    ///
    /// Tentative balances are those an open session would lead to. The API of June 2020 has only
    /// the current balance. Schemas `LoyaltyProgramBalance` and `LedgerInfo`.
    pub struct LoyaltyProgramBalance {
        /// Points that can be spent.
        pub current_balance: Amount,
        /// Points that cannot be spent yet (pending). Not in the API of June 2020.
        pub pending_balance: Option<Amount>,
        /// Points that the customer owes; the current balance is then 0. Not in the API of June
        /// 2020.
        pub negative_balance: Option<Amount>,
        /// Expired points; always 0 in current versions. Not in the API of June 2020.
        pub expired_balance: Option<Amount>,
        /// Spent points; always 0 in current versions. Not in the API of June 2020.
        pub spent_balance: Option<Amount>,
        /// Current balance after the open session is closed. Not in the API of June 2020.
        pub tentative_current_balance: Option<Amount>,
        /// Pending balance after the open session is closed. Not in the API of June 2020.
        pub tentative_pending_balance: Option<Amount>,
        /// Negative balance after the open session is closed. Not in the API of June 2020.
        pub tentative_negative_balance: Option<Amount>,
        /// Tier of the customer; published replies contain only a name. Not in the API of June
        /// 2020.
        pub current_tier: Option<KnownOrRaw<Tier>>,
        /// Points missing for the next tier. Not in the API of June 2020.
        pub points_to_next_tier: Option<Amount>,
        /// Name of the next tier; `null` in the highest tier. Not in the API of June 2020.
        #[serde(deserialize_with = "crate::wire::lenient::present")]
        pub next_tier_name: Option<KnownOrRaw<String>>,
    }
}

model! {
    /// Tier of a customer in a loyalty program.
    ///
    /// Not in the API of June 2020. Schema `Tier`.
    pub struct Tier {
        /// Id that the service assigned to the tier.
        pub id: i64,
        /// Name of the tier.
        pub name: String,
        /// Time when the customer reached the tier.
        pub start_date: Option<Timestamp>,
        /// Time of the next review.
        pub expiry_date: Option<Timestamp>,
        /// What happens at the review if the customer has too few points.
        pub downgrade_policy: Option<TierDowngradePolicy>,
    }
}

open_enum! {
    /// How a customer with too few points for a tier is downgraded.
    pub enum TierDowngradePolicy {
        /// To the next lower tier.
        OneDown = "one_down",
        /// To the tier that the points suffice for.
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
