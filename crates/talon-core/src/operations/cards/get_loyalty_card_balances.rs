//! `GET /v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/balances`

use crate::model::LoyaltyCardBalances;
use crate::operation::{operation, options};
use crate::{LoyaltyCardIdentifier, LoyaltyProgramId, Timestamp};

/// Returns the balances of a loyalty card, at any instant.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetLoyaltyCardBalances::new(6, "summer-1").to_http()?;
/// assert_eq!(http.uri(), "/v1/loyalty_programs/6/cards/summer-1/balances");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for a parameter that does not fit, and for a program that is not one of cards; 404 when there
/// is no such program or card.
///
/// Not in the API of June 2020.
/// Upstream:
/// [getLoyaltyCardBalances](https://docs.talon.one/integration-api#operation/getLoyaltyCardBalances).
#[derive(Clone, Debug, PartialEq)]
pub struct GetLoyaltyCardBalances {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which card.
    pub card_id: LoyaltyCardIdentifier,
    /// Balances at this instant; now when absent.
    pub end_date: Option<Timestamp>,
    /// Only these subledgers; the empty id is the main ledger.
    pub subledger_ids: Vec<String>,
}

impl GetLoyaltyCardBalances {
    /// Reads the balances of `card_id`.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        card_id: impl Into<LoyaltyCardIdentifier>,
    ) -> Self {
        Self {
            program_id: program_id.into(),
            card_id: card_id.into(),
            end_date: None,
            subledger_ids: Vec::new(),
        }
    }
}

options! { GetLoyaltyCardBalances {
    /// Only these subledgers; the empty id is the main ledger.
    subledger_ids: [String],
    /// Balances at this instant; now when absent.
    end_date: Timestamp,
} }

operation! { GetLoyaltyCardBalances -> LoyaltyCardBalances {
    id: "getLoyaltyCardBalances",
    request: GET "/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/balances",
    path: { program_id = "loyaltyProgramId", card_id = "loyaltyCardId" },
    query: {
        end_date = "endDate",
        subledger_ids = "subledgerId",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
