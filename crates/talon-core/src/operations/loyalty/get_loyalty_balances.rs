//! `GET /v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/balances`

use crate::model::LoyaltyBalancesWithTiers;
use crate::operation::{operation, options};
use crate::{LoyaltyProgramId, ProfileId, Timestamp};

/// Returns the balances of a customer in a program, at any instant.
///
/// A customer without points has balances of 0.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetLoyaltyBalances::new(5, "anna").include_tiers(true).to_http()?;
/// assert_eq!(http.uri(), "/v1/loyalty_programs/5/profile/anna/balances?includeTiers=true");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 400 when the program is one of cards; 404 when there is no such program or profile.
///
/// Not in the API of June 2020.
/// Upstream:
/// [getLoyaltyBalances](https://docs.talon.one/integration-api#operation/getLoyaltyBalances).
#[derive(Clone, Debug, PartialEq)]
pub struct GetLoyaltyBalances {
    /// Which program.
    pub program_id: LoyaltyProgramId,
    /// Which customer.
    pub profile_id: ProfileId,
    /// Balances at this instant; now when absent.
    pub end_date: Option<Timestamp>,
    /// Only this subledger; the empty id is the main ledger.
    pub subledger_id: Option<String>,
    /// Include the tier of each ledger; `false` when absent.
    pub include_tiers: Option<bool>,
    /// Include the tier after the present one expires; `false` when absent.
    pub include_projected_tier: Option<bool>,
}

impl GetLoyaltyBalances {
    /// Reads the balances of `profile_id` in `program_id`.
    pub fn new(program_id: impl Into<LoyaltyProgramId>, profile_id: impl Into<ProfileId>) -> Self {
        Self {
            program_id: program_id.into(),
            profile_id: profile_id.into(),
            end_date: None,
            subledger_id: None,
            include_tiers: None,
            include_projected_tier: None,
        }
    }
}

options! { GetLoyaltyBalances {
    /// Balances at this instant; now when absent.
    end_date: Timestamp,
    /// Only this subledger; the empty id is the main ledger.
    subledger_id: String,
    /// Include the tier of each ledger; `false` when absent.
    include_tiers: bool,
    /// Include the tier after the present one expires; `false` when absent.
    include_projected_tier: bool,
} }

operation! { GetLoyaltyBalances -> LoyaltyBalancesWithTiers {
    id: "getLoyaltyBalances",
    request: GET "/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/balances",
    path: { program_id = "loyaltyProgramId", profile_id = "integrationId" },
    query: {
        end_date = "endDate",
        subledger_id = "subledgerId",
        include_tiers = "includeTiers",
        include_projected_tier = "includeProjectedTier",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
