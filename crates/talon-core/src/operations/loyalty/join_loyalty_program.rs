//! `POST /v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/join`

use crate::operation::operation;
use crate::{LoyaltyProgramId, ProfileId};

/// Has a customer join a loyalty program.
///
/// The profile is created when it does not exist.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = JoinLoyaltyProgram::new(5, "anna").to_http()?;
/// assert_eq!(http.uri(), "/v1/loyalty_programs/5/profile/anna/join");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the customer has joined, or the program is one of cards; 404 when there is no such
/// program.
///
/// Not in the API of June 2020.
/// Upstream:
/// [joinLoyaltyProgram](https://docs.talon.one/integration-api#operation/joinLoyaltyProgram).
#[derive(Clone, Debug, PartialEq)]
pub struct JoinLoyaltyProgram {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which customer.
    pub profile_id: ProfileId,
}

impl JoinLoyaltyProgram {
    /// Has `profile_id` join `program_id`.
    pub fn new(program_id: impl Into<LoyaltyProgramId>, profile_id: impl Into<ProfileId>) -> Self {
        Self { program_id: program_id.into(), profile_id: profile_id.into() }
    }
}

operation! { JoinLoyaltyProgram -> () {
    id: "joinLoyaltyProgram",
    request: POST "/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/join",
    path: { program_id = "loyaltyProgramId", profile_id = "integrationId" },
    success: [OK],
    auth: [ApiKey],
    retry: Unsafe,
    bad_request: ErrorResponseWithStatus,
    subjects: [profile_id],
} }
