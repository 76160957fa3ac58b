//! `GET /v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/transactions`

use crate::model::{LoyaltyTransactionOrigin, LoyaltyTransactionPage};
use crate::operation::{operation, options};
use crate::{LoyaltyProgramId, ProfileId, SessionId, Timestamp};

/// Returns a page of a customer's transactions in a program, the latest first.
///
/// Filters combine: a transaction has to fit all of them.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetLoyaltyProgramProfileTransactions::new(5, "anna").page_size(2).to_http()?;
/// assert_eq!(http.uri(), "/v1/loyalty_programs/5/profile/anna/transactions?pageSize=2");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a parameter that does not fit and for a program of cards; 404 when there is no such
/// program or profile.
///
/// Not in the API of June 2020.
/// Upstream:
/// [getLoyaltyProgramProfileTransactions](https://docs.talon.one/integration-api#operation/getLoyaltyProgramProfileTransactions).
#[derive(Clone, Debug, PartialEq)]
pub struct GetLoyaltyProgramProfileTransactions {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which customer.
    pub profile_id: ProfileId,
    /// Only those that these sessions caused.
    pub session_ids: Vec<SessionId>,
    /// Only these transactions.
    pub transaction_uuids: Vec<String>,
    /// Only this subledger; the empty id is the main ledger.
    pub subledger_id: Option<String>,
    /// Only those of this origin.
    pub origin: Option<LoyaltyTransactionOrigin>,
    /// Only those booked at this instant or later.
    pub start_date: Option<Timestamp>,
    /// Only those booked at this instant or earlier.
    pub end_date: Option<Timestamp>,
    /// How many at most, 1 to 1000; 50 when absent.
    pub page_size: Option<i64>,
    /// How many to skip; 0 when absent.
    pub skip: Option<i64>,
    /// Only additions that wait for an action; `false` is refused.
    pub awaits_activation: Option<bool>,
}

impl GetLoyaltyProgramProfileTransactions {
    /// Reads the transactions of `profile_id` in `program_id`.
    pub fn new(program_id: impl Into<LoyaltyProgramId>, profile_id: impl Into<ProfileId>) -> Self {
        Self {
            program_id: program_id.into(),
            profile_id: profile_id.into(),
            session_ids: Vec::new(),
            transaction_uuids: Vec::new(),
            subledger_id: None,
            origin: None,
            start_date: None,
            end_date: None,
            page_size: None,
            skip: None,
            awaits_activation: None,
        }
    }
}

options! { GetLoyaltyProgramProfileTransactions {
    /// Only those that these sessions caused.
    session_ids: [SessionId],
    /// Only these transactions.
    transaction_uuids: [String],
    /// Only this subledger; the empty id is the main ledger.
    subledger_id: String,
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

operation! { GetLoyaltyProgramProfileTransactions -> LoyaltyTransactionPage {
    id: "getLoyaltyProgramProfileTransactions",
    request: GET "/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/transactions",
    path: { program_id = "loyaltyProgramId", profile_id = "integrationId" },
    query: {
        session_ids = "customerSessionIDs",
        transaction_uuids = "transactionUUIDs",
        subledger_id = "subledgerId",
        origin = "loyaltyTransactionType",
        start_date = "startDate",
        end_date = "endDate",
        page_size = "pageSize",
        skip = "skip",
        awaits_activation = "awaitsActivation",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
