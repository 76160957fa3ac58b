//! Validation of replies against the specifications of June 2020 and of today: required members, types
//! and enumerations.

use std::fmt;

use serde_json::Value;
use talon_core::OperationInfo;

mod check;
mod exceptions;
mod schemas;

pub use exceptions::{EXCEPTIONS, Exception};

use check::Check;
use schemas::{OF_2020, OF_TODAY};

/// A difference between a reply and a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Operation of the reply.
    pub operation: &'static str,
    /// `2020` or `today`.
    pub generation: &'static str,
    /// Schema and member, such as `CartItem.price`, with `[]` for the elements of a list and `{}`
    /// for the values of a map.
    pub place: String,
    /// The difference, such as `is missing`.
    pub problem: String,
    /// JSON pointer into the reply.
    pub pointer: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { generation, place, problem, pointer, .. } = self;
        write!(f, "{generation}: {place} {problem} ({pointer})")
    }
}

/// Differences between a successful reply of an operation and the specifications.
///
/// Each specification with the operation is compared. If only that of 2020 has it, the schemas that
/// today's specification still has are compared as well.
pub fn findings(operation: &'static str, reply: &Value) -> Vec<Finding> {
    let mut check = Check { operation, findings: Vec::new() };
    let (of_2020, of_today) = (&*OF_2020, &*OF_TODAY);
    let today = of_today.operations.get(operation);
    if let Some(kind) = of_2020.operations.get(operation) {
        let also = today.is_none().then_some(of_today);
        check.value(of_2020, also, kind, reply, (operation, ""));
    }
    if let Some(kind) = today {
        check.value(of_today, None, kind, reply, (operation, ""));
    }
    check.findings
}

/// Asserts that all differences are known exceptions.
#[track_caller]
pub(crate) fn assert_conforms(operation: &'static str, reply: &Value) {
    let findings = findings(operation, reply);
    let unknown: Vec<_> =
        findings.iter().filter(|finding| Exception::find(finding).is_none()).collect();
    assert!(unknown.is_empty(), "{operation}: {unknown:?}: {reply:#}");
}

/// Refusals that are documented without a meaning, and why no reply needs them.
const UNEXPLAINED: &[(&str, u16, &str)] = &[(
    "integrationGetAllCampaigns",
    404,
    "BEHAVIOUR-today 6.1: filters that match nothing return an empty list",
)];

/// Documented refusals of an operation, except 409, which needs a fault, and those without a meaning.
///
/// The document of 2020 has none. Operations of 2020 refuse a wrong key, and an invalid body if
/// they have one.
pub fn documented_refusals(operation: &OperationInfo) -> Vec<u16> {
    let Some(statuses) = OF_TODAY.refusals.get(operation.id) else {
        return if operation.has_body { vec![400, 401] } else { vec![401] };
    };
    let is_unexplained = |status: u16| {
        UNEXPLAINED.iter().any(|(id, known, _)| *id == operation.id && *known == status)
    };
    let needed = |status: &u16| *status != 409 && !is_unexplained(*status);
    statuses.iter().copied().filter(needed).collect()
}

#[cfg(test)]
mod tests {
    use super::check::schema_of_props;
    use super::*;
    use serde_json::json;

    #[test]
    fn refusals_without_a_meaning_are_documented() {
        for (operation, status, _) in UNEXPLAINED {
            let documented = OF_TODAY.refusals.get(*operation);
            assert!(documented.is_some_and(|all| all.contains(status)), "{operation} {status}");
        }
    }

    fn messages(operation: &'static str, reply: &Value) -> Vec<String> {
        findings(operation, reply).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn missing_members_and_wrong_types_are_findings_with_their_place() {
        let effect = json!({"campaignId": 1.5, "rulesetId": 1, "ruleIndex": 0, "ruleName": null,
            "effectType": "setDiscount", "props": {"name": "ten"}});
        let reply = json!({"effects": [effect], "createdCoupons": {}});

        let messages = messages("updateCustomerSessionV2", &reply);

        for generation in ["2020", "today"] {
            for finding in [
                "Effect.campaignId is no integer (/effects/0/campaignId)",
                "Effect.ruleName is no string (/effects/0/ruleName)",
                "SetDiscountEffectProps.value is missing (/effects/0/props)",
                "IntegrationStateV2.createdCoupons is no list (/createdCoupons)",
                "IntegrationStateV2.createdReferrals is missing ()",
            ] {
                assert!(
                    messages.contains(&format!("{generation}: {finding}")),
                    "{finding}: {messages:?}"
                );
            }
        }
        assert_eq!(messages.len(), 10, "{messages:?}");
    }

    #[test]
    fn unlisted_values_are_findings_of_the_generation_that_does_not_list_them() {
        let profile = json!({"id": 1, "integrationId": "a", "created": "2020-01-01", "accountId": 1,
            "attributes": {}, "closedSessions": 0, "totalSales": 0,
            "lastActivity": "2020-01-01T00:00:00Z"});
        let campaign = json!({"state": "scheduled", "features": ["giveaways"]});
        let reply = json!({"customerProfile": profile, "triggeredCampaigns": [campaign]});

        let messages = messages("updateCustomerSessionV2", &reply);

        let has = |finding: &str| messages.iter().any(|message| message.starts_with(finding));
        assert!(has("2020: CustomerProfile.created is no date-time"), "{messages:?}");
        assert!(
            has(r#"2020: Campaign.features[] is "giveaways", which is not listed"#),
            "{messages:?}"
        );
        assert!(!has("today: Campaign.features[]"), "{messages:?}");
        assert!(
            has(r#"today: Campaign.state is "scheduled", which is not listed"#),
            "{messages:?}"
        );
    }

    #[test]
    fn todays_schemas_apply_to_replies_of_the_first_version() {
        let reply = json!({"session": {}, "profile": {}, "event": {}});

        let messages = messages("updateCustomerSession", &reply);

        let has = |finding: &str| messages.iter().any(|message| message.starts_with(finding));
        assert!(has("2020: CustomerSession.total is missing"), "{messages:?}");
        assert!(has("2020: CustomerProfile.totalSales is missing"), "{messages:?}");
        assert!(has("today: CustomerProfile.id is missing"), "{messages:?}");
        assert!(!has("today: CustomerSession."), "{messages:?}");
    }

    #[test]
    fn an_effect_without_a_schema_is_a_finding() {
        let effect = json!({"effectType": "neverDefined", "props": {}});
        let reply = json!({"effects": [effect]});

        let messages = messages("updateCustomerSessionV2", &reply);

        assert!(
            messages.iter().any(|message| message.contains("NeverDefinedEffectProps is no schema"))
        );
    }

    #[test]
    fn every_type_of_effect_has_a_schema() {
        let types = talon_core::effect::EffectKind::TYPES.iter();
        let without = types.filter(|name| !OF_TODAY.schemas.contains_key(&schema_of_props(name)));

        assert_eq!(without.collect::<Vec<_>>(), [&""; 0]);
    }
}
