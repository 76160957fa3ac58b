//! `GET /v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/points`

use crate::model::{LoyaltyPointsPage, LoyaltyPointsStatus};
use crate::operation::{operation, options};
use crate::{LoyaltyCardIdentifier, LoyaltyProgramId, SessionId};

/// Returns a page of a loyalty card's batches of points.
///
/// Each is what is left of the points that one transaction added; a batch that is used up is left out.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetLoyaltyCardPoints::new(6, "summer-1").status(LoyaltyPointsStatus::Pending).to_http()?;
/// assert_eq!(http.uri().query(), Some("status=pending"));
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a parameter that does not fit, and for a program that is not one of cards; 404 when there
/// is no such program or card.
///
/// Not in the API of June 2020.
/// Upstream:
/// [getLoyaltyCardPoints](https://docs.talon.one/integration-api#operation/getLoyaltyCardPoints).
#[derive(Clone, Debug, PartialEq)]
pub struct GetLoyaltyCardPoints {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which card.
    pub card_id: LoyaltyCardIdentifier,
    /// State of the points; active when absent.
    pub status: Option<LoyaltyPointsStatus>,
    /// Only these subledgers; the empty id is the main ledger.
    pub subledger_ids: Vec<String>,
    /// Only those that these sessions caused.
    pub session_ids: Vec<SessionId>,
    /// Only these transactions.
    pub transaction_uuids: Vec<String>,
    /// How many at most, 1 to 1000; 50 when absent.
    pub page_size: Option<i64>,
    /// How many to skip; 0 when absent.
    pub skip: Option<i64>,
    /// `startDate` or `expiryDate`, with a `-` before it for the latest first;
    /// `startDate` when absent.
    pub sort: Option<String>,
}

impl GetLoyaltyCardPoints {
    /// Reads the points of `card_id`.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        card_id: impl Into<LoyaltyCardIdentifier>,
    ) -> Self {
        Self {
            program_id: program_id.into(),
            card_id: card_id.into(),
            status: None,
            subledger_ids: Vec::new(),
            session_ids: Vec::new(),
            transaction_uuids: Vec::new(),
            page_size: None,
            skip: None,
            sort: None,
        }
    }
}

options! { GetLoyaltyCardPoints {
    /// Only these subledgers; the empty id is the main ledger.
    subledger_ids: [String],
    /// Only those that these sessions caused.
    session_ids: [SessionId],
    /// Only these transactions.
    transaction_uuids: [String],
    /// State of the points; active when absent.
    status: LoyaltyPointsStatus,
    /// How many at most, 1 to 1000; 50 when absent.
    page_size: i64,
    /// How many to skip; 0 when absent.
    skip: i64,
    /// `startDate` or `expiryDate`, with a `-` before it for the latest first;
    /// `startDate` when absent.
    sort: String,
} }

operation! { GetLoyaltyCardPoints -> LoyaltyPointsPage {
    id: "getLoyaltyCardPoints",
    request: GET "/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/points",
    path: { program_id = "loyaltyProgramId", card_id = "loyaltyCardId" },
    query: {
        status = "status",
        subledger_ids = "subledgerId",
        session_ids = "customerSessionIDs",
        transaction_uuids = "transactionUUIDs",
        page_size = "pageSize",
        skip = "skip",
        sort = "sort",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
