//! `POST /v2/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/unlink_profile`

use crate::model::{LoyaltyCard, LoyaltyCardRegistration};
use crate::operation::operation;
use crate::{LoyaltyCardIdentifier, LoyaltyProgramId};

/// Unlinks a customer from a loyalty card.
///
/// The points stay on the card.
///
/// ```
/// use talon_core::prelude::*;
///
/// let anna = LoyaltyCardRegistration::new("anna");
/// let http = UnlinkLoyaltyCardFromProfile::new(6, "50%", anna).to_http()?;
/// assert_eq!(http.uri(), "/v2/loyalty_programs/6/cards/50%25/unlink_profile");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the customer is not linked, or the program is not one of cards; 404 when there is no such
/// program or card.
///
/// Not in the API of June 2020.
/// Upstream:
/// [unlinkLoyaltyCardFromProfile](https://docs.talon.one/integration-api#operation/unlinkLoyaltyCardFromProfile).
#[derive(Clone, Debug, PartialEq)]
pub struct UnlinkLoyaltyCardFromProfile {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which card.
    pub card_id: LoyaltyCardIdentifier,
    /// Which customer.
    pub registration: LoyaltyCardRegistration,
}

impl UnlinkLoyaltyCardFromProfile {
    /// Unlinks this profile.
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

operation! { UnlinkLoyaltyCardFromProfile -> LoyaltyCard {
    id: "unlinkLoyaltyCardFromProfile",
    request: POST "/v2/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/unlink_profile",
    path: { program_id = "loyaltyProgramId", card_id = "loyaltyCardId" },
    body: registration,
    success: [OK],
    auth: [ApiKey],
    retry: Unsafe,
    bad_request: ErrorResponseWithStatus,
    subjects: [registration.integration_id],
} }
