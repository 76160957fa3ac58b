//! `POST /v2/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/link_profile`

use crate::model::{LoyaltyCard, LoyaltyCardRegistration};
use crate::operation::operation;
use crate::{LoyaltyCardIdentifier, LoyaltyProgramId};

/// Links a customer to a loyalty card.
///
/// A customer who is linked already stays so.
///
/// ```
/// use talon_core::prelude::*;
///
/// let anna = LoyaltyCardRegistration::new("anna");
/// let http = LinkLoyaltyCardToProfile::new(6, "50%", anna).to_http()?;
/// assert_eq!(http.uri(), "/v2/loyalty_programs/6/cards/50%25/link_profile");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when no more customers may share the card, it was transferred, or the program is not one of
/// cards; 404 when there is no such program, card or profile.
///
/// Not in the API of June 2020.
/// Upstream:
/// [linkLoyaltyCardToProfile](https://docs.talon.one/integration-api#operation/linkLoyaltyCardToProfile).
#[derive(Clone, Debug, PartialEq)]
pub struct LinkLoyaltyCardToProfile {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which card.
    pub card_id: LoyaltyCardIdentifier,
    /// Which customer.
    pub registration: LoyaltyCardRegistration,
}

impl LinkLoyaltyCardToProfile {
    /// Links this profile.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        card_id: impl Into<LoyaltyCardIdentifier>,
        profile: impl Into<LoyaltyCardRegistration>,
    ) -> Self {
        Self {
            program_id: program_id.into(),
            card_id: card_id.into(),
            registration: profile.into(),
        }
    }
}

operation! { LinkLoyaltyCardToProfile -> LoyaltyCard {
    id: "linkLoyaltyCardToProfile",
    request: POST "/v2/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/link_profile",
    path: { program_id = "loyaltyProgramId", card_id = "loyaltyCardId" },
    body: registration,
    success: [OK],
    auth: [ApiKey],
    retry: Idempotent,
    bad_request: ErrorResponseWithStatus,
    subjects: [registration.integration_id],
} }
