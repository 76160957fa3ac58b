//! `POST /v1/loyalty_programs/{loyaltyProgramId}/cards`

use crate::LoyaltyProgramId;
use crate::model::{LoyaltyCard, NewLoyaltyCard};
use crate::operation::operation;

/// Creates a loyalty card.
///
/// Customers without a profile get one.
///
/// ```
/// use talon_core::prelude::*;
///
/// let card = NewLoyaltyCard::default().identifier("summer-1").profiles(["anna", "bob"]);
/// let http = GenerateLoyaltyCard::new(6, card).to_http()?;
/// assert_eq!(http.uri(), "/v1/loyalty_programs/6/cards");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the identifier is taken or does not fit, more customers share it than the program
/// allows, or the program is not one of cards.
///
/// Not in the API of June 2020.
/// Upstream:
/// [generateLoyaltyCard](https://docs.talon.one/integration-api#operation/generateLoyaltyCard).
#[derive(Clone, Debug, PartialEq)]
pub struct GenerateLoyaltyCard {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// The card.
    pub card: NewLoyaltyCard,
}

impl GenerateLoyaltyCard {
    /// Creates `card` in `program_id`.
    pub fn new(program_id: impl Into<LoyaltyProgramId>, card: NewLoyaltyCard) -> Self {
        Self { program_id: program_id.into(), card }
    }
}

operation! { GenerateLoyaltyCard -> LoyaltyCard {
    id: "generateLoyaltyCard",
    request: POST "/v1/loyalty_programs/{loyaltyProgramId}/cards",
    path: { program_id = "loyaltyProgramId" },
    body: card,
    success: [OK],
    auth: [ApiKey],
    retry: Unsafe,
    bad_request: ErrorResponseWithStatus,
} }
