//! `POST /v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/delete_transactions`

use crate::model::LoyaltyTransactionsDeletion;
use crate::operation::operation;
use crate::{LoyaltyProgramId, ProfileId};

/// Deletes all transactions of a customer's ledgers.
///
/// Balances and tiers of these ledgers are gone as well. The customer stays in the program.
///
/// ```
/// use talon_core::prelude::*;
///
/// let all = LoyaltyTransactionsDeletion::all();
/// let http = DeleteLoyaltyTransactionsFromLedgers::new(5, "anna", all).to_http()?;
/// assert_eq!(http.body(), r#"{"scope":"AllSubledgers"}"#);
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 for selected ledgers without their ids and for a program of cards; 404 when there is no such
/// program or profile.
///
/// Not in the API of June 2020.
/// Upstream:
/// [deleteLoyaltyTransactionsFromLedgers](https://docs.talon.one/integration-api#operation/deleteLoyaltyTransactionsFromLedgers).
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteLoyaltyTransactionsFromLedgers {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which customer.
    pub profile_id: ProfileId,
    /// Which ledgers.
    pub deletion: LoyaltyTransactionsDeletion,
}

impl DeleteLoyaltyTransactionsFromLedgers {
    /// Deletes the transactions of `profile_id` in `program_id`.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        profile_id: impl Into<ProfileId>,
        deletion: LoyaltyTransactionsDeletion,
    ) -> Self {
        Self { program_id: program_id.into(), profile_id: profile_id.into(), deletion }
    }
}

operation! { DeleteLoyaltyTransactionsFromLedgers -> () {
    id: "deleteLoyaltyTransactionsFromLedgers",
    request: POST "/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/delete_transactions",
    path: { program_id = "loyaltyProgramId", profile_id = "integrationId" },
    body: deletion,
    success: [NO_CONTENT],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
    subjects: [profile_id],
} }
