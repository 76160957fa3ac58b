//! Transactions and batches of points of loyalty ledgers.

use crate::model::{PointsExpiryDate, PointsStartDate, model};
use crate::wire::open_enum;
use crate::{Amount, EventId, LoyaltyProgramId, ProfileId, RulesetId, SessionId, Timestamp};

model! {
    /// A page of transactions, the latest first.
    ///
    /// Not in the API of June 2020.
    pub struct LoyaltyTransactionPage {
        /// Whether there are more after this page.
        pub has_more: bool,
        /// The transactions.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<LoyaltyTransaction>,
    }
}

model! {
    /// An addition or subtraction of points in a ledger.
    ///
    /// Not in the API of June 2020. Schemas `LedgerTransactionLogEntryIntegrationAPI` and
    /// `CardLedgerTransactionLogEntryIntegrationAPI`.
    pub struct LoyaltyTransaction {
        /// Id of the transaction, a UUID; effects name the same.
        #[serde(rename = "transactionUUID")]
        pub transaction_uuid: String,
        /// When it was booked.
        pub created: Timestamp,
        /// Program of the ledger.
        pub program_id: LoyaltyProgramId,
        /// Card of the ledger; cards only.
        pub card_identifier: Option<String>,
        /// Session that caused it; absent for manual and imported ones.
        pub customer_session_id: Option<SessionId>,
        /// Store of the session; profiles only.
        pub store_integration_id: Option<String>,
        /// Whether points were added or subtracted.
        #[serde(rename = "type")]
        pub transaction_type: LoyaltyTransactionType,
        /// Reason, at most 255 characters.
        pub name: String,
        /// When the points become active.
        pub start_date: PointsStartDate,
        /// When the points expire.
        pub expiry_date: PointsExpiryDate,
        /// Subledger, at most 64 characters; empty for the main ledger.
        pub subledger_id: String,
        /// Number of points, positive in both directions.
        pub amount: Amount,
        /// Id that the service assigned.
        pub id: i64,
        /// Set of rules that caused it.
        pub ruleset_id: Option<RulesetId>,
        /// Rule that caused it.
        pub rule_name: Option<String>,
        /// What else is to be said of it; profiles only.
        pub flags: Option<LoyaltyLedgerEntryFlags>,
        /// How long the points are valid once they are active, such as `30D`.
        pub validity_duration: Option<String>,
    }
}

open_enum! {
    /// Direction of a transaction.
    ///
    /// Not in the API of June 2020.
    pub enum LoyaltyTransactionType {
        /// Points were added.
        Addition = "addition",
        /// Points were subtracted.
        Subtraction = "subtraction",
    }
}

open_enum! {
    /// What caused a transaction: a filter of lists.
    ///
    /// Not in the API of June 2020.
    pub enum LoyaltyTransactionOrigin {
        /// A user of the Campaign Manager, or the Management API.
        Manual = "manual",
        /// A session or an event.
        Session = "session",
        /// An import.
        Import = "import",
    }
}

model! {
    /// Flags of a transaction.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyLedgerEntryFlags`.
    pub struct LoyaltyLedgerEntryFlags {
        /// Whether the balance became negative by it.
        pub creates_negative_balance: Option<bool>,
    }
}

model! {
    /// A page of batches of points.
    ///
    /// Not in the API of June 2020.
    pub struct LoyaltyPointsPage {
        /// Whether there are more after this page.
        pub has_more: bool,
        /// The batches.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<LoyaltyPoints>,
    }
}

model! {
    /// What is left of points that were added in one transaction.
    ///
    /// Not in the API of June 2020. Schemas `LedgerPointsEntryIntegrationAPI` and
    /// `CardLedgerPointsEntryIntegrationAPI`.
    pub struct LoyaltyPoints {
        /// Id that the service assigned.
        pub id: i64,
        /// Id of the transaction, a UUID.
        #[serde(rename = "transactionUUID")]
        pub transaction_uuid: String,
        /// When the points were added.
        pub created: Timestamp,
        /// Program of the ledger.
        pub program_id: LoyaltyProgramId,
        /// Customer who earned them; cards only.
        #[serde(rename = "customerProfileID")]
        pub customer_profile_id: Option<ProfileId>,
        /// Session that earned them.
        pub customer_session_id: Option<SessionId>,
        /// Reason, at most 255 characters.
        pub name: String,
        /// When they become active.
        pub start_date: PointsStartDate,
        /// When they expire.
        pub expiry_date: PointsExpiryDate,
        /// Subledger, at most 64 characters; empty for the main ledger.
        pub subledger_id: String,
        /// Number of points that are left.
        pub amount: Amount,
        /// How long the points are valid once they are active, such as `30D`.
        pub validity_duration: Option<String>,
    }
}

open_enum! {
    /// State of points: a filter of lists.
    ///
    /// Not in the API of June 2020.
    pub enum LoyaltyPointsStatus {
        /// They can be spent.
        Active = "active",
        /// They have yet to become active.
        Pending = "pending",
        /// They expired unspent.
        Expired = "expired",
    }
}

model! {
    /// Points that wait for an action, to be activated.
    ///
    /// By exactly one of the members. Not in the API of June 2020. Schema `ActivateLoyaltyPoints`.
    pub struct LoyaltyPointsActivation {
        /// Ids of their transactions, 1 to 50 different UUIDs.
        #[serde(rename = "transactionUUIDs")]
        pub transaction_uuids: Option<Vec<String>>,
        /// Session that earned them.
        pub session_id: Option<SessionId>,
    }
    setters
}

impl LoyaltyPointsActivation {
    /// The points of these transactions.
    pub fn of_transactions<U: Into<String>>(uuids: impl IntoIterator<Item = U>) -> Self {
        let transaction_uuids = Some(uuids.into_iter().map(Into::into).collect());
        Self { transaction_uuids, session_id: None }
    }

    /// The points that `session` earned.
    pub fn of_session(session: impl Into<SessionId>) -> Self {
        Self { transaction_uuids: None, session_id: Some(session.into()) }
    }
}

model! {
    /// Points that were activated.
    ///
    /// Not in the API of June 2020. Schema `ActivateLoyaltyPointsResponse`.
    pub struct ActivatedLoyaltyPoints {
        /// Their entries; always sent.
        pub ledger_entries: Option<Vec<LoyaltyLedgerEntry>>,
    }
}

model! {
    /// An entry of a ledger.
    ///
    /// Not in the API of June 2020. Schema `LoyaltyLedgerEntry`.
    pub struct LoyaltyLedgerEntry {
        /// When it was booked.
        pub created: Timestamp,
        /// Program of the ledger.
        #[serde(rename = "programID")]
        pub program_id: LoyaltyProgramId,
        /// Customer of the ledger.
        #[serde(rename = "customerProfileID")]
        pub customer_profile_id: Option<ProfileId>,
        /// Card of the ledger, by the id that the service assigned.
        #[serde(rename = "cardID")]
        pub card_id: Option<i64>,
        /// Session that caused it.
        #[serde(rename = "customerSessionID")]
        pub customer_session_id: Option<SessionId>,
        /// Event that caused it.
        #[serde(rename = "eventID")]
        pub event_id: Option<EventId>,
        /// Kind of entry: `addition`, `subtraction`, `expire` or `expiring`.
        #[serde(rename = "type")]
        pub entry_type: String,
        /// Number of points.
        pub amount: Amount,
        /// When they become active.
        pub start_date: Option<Timestamp>,
        /// When they expire; never when absent.
        pub expiry_date: Option<Timestamp>,
        /// Reason.
        pub name: String,
        /// Subledger; empty for the main ledger.
        #[serde(rename = "subLedgerID")]
        pub sub_ledger_id: String,
        /// User of the Campaign Manager who made it.
        #[serde(rename = "userID")]
        pub user_id: Option<i64>,
        /// Whether it is archived.
        pub archived: Option<bool>,
        /// What else is to be said of it.
        pub flags: Option<LoyaltyLedgerEntryFlags>,
        /// How long the points are valid once they are active, such as `30D`.
        pub validity_duration: Option<String>,
    }
}

model! {
    /// Ledgers whose transactions are to be deleted.
    ///
    /// Not in the API of June 2020. Schema `DeleteLoyaltyTransactionsRequest`.
    pub struct LoyaltyTransactionsDeletion {
        /// Which ledgers.
        pub scope: LedgerScope,
        /// Their ids, empty for the main ledger; required for selected ones.
        pub subledger_ids: Option<Vec<String>>,
    }
    setters
}

impl LoyaltyTransactionsDeletion {
    /// All ledgers, the main one too.
    pub fn all() -> Self {
        Self { scope: LedgerScope::AllSubledgers, subledger_ids: None }
    }

    /// These ledgers; the empty id is the main one.
    pub fn selected<S: Into<String>>(subledgers: impl IntoIterator<Item = S>) -> Self {
        let subledger_ids = Some(subledgers.into_iter().map(Into::into).collect());
        Self { scope: LedgerScope::SelectedSubledgers, subledger_ids }
    }
}

open_enum! {
    /// Which ledgers a request is about.
    ///
    /// Not in the API of June 2020.
    pub enum LedgerScope {
        /// All, the main one too.
        AllSubledgers = "AllSubledgers",
        /// Those that are named.
        SelectedSubledgers = "SelectedSubledgers",
    }
}
