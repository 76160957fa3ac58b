//! Defaults of what loyalty programs and points are declared with.

use serde_json::json;
use talon_fake::rules::*;
use talon_fake::world::{LedgerEntry, LoyaltyJoin, LoyaltyTier};
use talon_fake::{LoyaltyCard, LoyaltyProgram};

use super::Definition;

/// Compares a definition; `false` when it is another one.
pub(super) fn compare(definition: &Definition<'_>) -> bool {
    match definition.name {
        "LoyaltyProgram" => definition.assert_defaults(&json!({"id": 7}), &LoyaltyProgram::new(7)),
        "LoyaltyTier" => definition.assert_defaults(
            &json!({"name": "gold", "minPoints": 0}),
            &LoyaltyTier::new("gold", 0),
        ),
        "LedgerEntry" => definition
            .assert_defaults(&json!({"programId": 0, "amount": 0}), &LedgerEntry::default()),
        "LoyaltyJoin" => definition.assert_defaults(
            &json!({"programId": 7, "profileId": "anna"}),
            &LoyaltyJoin::new(7, "anna"),
        ),
        "LoyaltyCard" => definition.assert_defaults(
            &json!({"programId": 7, "identifier": "family-1"}),
            &LoyaltyCard::new(7, "family-1"),
        ),
        "LedgerBalance" => definition.assert_defaults(
            &json!({"programId": 7, "range": {}}),
            &LedgerBalance::current(7, Range::default()),
        ),
        "LedgerTier" => definition.assert_defaults(
            &json!({"programId": 7, "tiers": ["gold"]}),
            &LedgerTier::named(7, "gold"),
        ),
        "PointsExtension" => definition.assert_defaults(
            &json!({"programId": 0, "extensionDuration": "1D"}),
            &PointsExtension::default(),
        ),
        "PointsExpiry" => definition.assert_defaults(
            &json!({"programId": 0, "newExpiryDate": "1970-01-01T00:00:00Z"}),
            &PointsExpiry::default(),
        ),
        "Points" => definition.assert_defaults(
            &json!({"programId": 7}),
            &Points { program_id: 7.into(), ..Points::default() },
        ),
        _ => return false,
    }
    true
}
