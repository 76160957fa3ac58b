//! `GET /v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/transactions`

use crate::model::{LoyaltyTransactionOrigin, LoyaltyTransactionPage};
use crate::operation::{operation, options};
use crate::{LoyaltyCardIdentifier, LoyaltyProgramId, SessionId, Timestamp};

/// Returns a page of a loyalty card's transactions, the latest first.
///
/// Filters combine: a transaction has to fit all of them.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetLoyaltyCardTransactions::new(6, "summer-1").skip(50).to_http()?;
/// assert_eq!(http.uri().query(), Some("skip=50"));
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a parameter that does not fit, and for a program that is not one of cards; 404 when there
/// is no such program or card.
///
/// Not in the API of June 2020.
/// Upstream:
/// [getLoyaltyCardTransactions](https://docs.talon.one/integration-api#operation/getLoyaltyCardTransactions).
#[derive(Clone, Debug, PartialEq)]
pub struct GetLoyaltyCardTransactions {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which card.
    pub card_id: LoyaltyCardIdentifier,
    /// Only these subledgers; the empty id is the main ledger.
    pub subledger_ids: Vec<String>,
    /// Only those of this origin.
    pub origin: Option<LoyaltyTransactionOrigin>,
    /// Only those booked at this instant or later.
    pub start_date: Option<Timestamp>,
    /// Only those booked at this instant or earlier.
    pub end_date: Option<Timestamp>,
    /// Only those that these sessions caused.
    pub session_ids: Vec<SessionId>,
    /// Only these transactions.
    pub transaction_uuids: Vec<String>,
    /// How many at most, 1 to 1000; 50 when absent.
    pub page_size: Option<i64>,
    /// How many to skip; 0 when absent.
    pub skip: Option<i64>,
    /// Only additions that wait for an action; `false` is refused.
    pub awaits_activation: Option<bool>,
}

impl GetLoyaltyCardTransactions {
    /// Reads the transactions of `card_id`.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        card_id: impl Into<LoyaltyCardIdentifier>,
    ) -> Self {
        Self {
            program_id: program_id.into(),
            card_id: card_id.into(),
            subledger_ids: Vec::new(),
            origin: None,
            start_date: None,
            end_date: None,
            session_ids: Vec::new(),
            transaction_uuids: Vec::new(),
            page_size: None,
            skip: None,
            awaits_activation: None,
        }
    }
}

options! { GetLoyaltyCardTransactions {
    /// Only these subledgers; the empty id is the main ledger.
    subledger_ids: [String],
    /// Only those that these sessions caused.
    session_ids: [SessionId],
    /// Only these transactions.
    transaction_uuids: [String],
    /// Only those of this origin.
    origin: LoyaltyTransactionOrigin,
    /// Only those booked at this instant or later.
    start_date: Timestamp,
    /// Only those booked at this instant or earlier.
    end_date: Timestamp,
    /// How many at most, 1 to 1000; 50 when absent.
    page_size: i64,
    /// How many to skip; 0 when absent.
    skip: i64,
    /// Only additions that wait for an action; `false` is refused.
    awaits_activation: bool,
} }

operation! { GetLoyaltyCardTransactions -> LoyaltyTransactionPage {
    id: "getLoyaltyCardTransactions",
    request: GET "/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/transactions",
    path: { program_id = "loyaltyProgramId", card_id = "loyaltyCardId" },
    query: {
        subledger_ids = "subledgerId",
        origin = "loyaltyTransactionType",
        start_date = "startDate",
        end_date = "endDate",
        session_ids = "customerSessionIDs",
        transaction_uuids = "transactionUUIDs",
        page_size = "pageSize",
        skip = "skip",
        awaits_activation = "awaitsActivation",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
