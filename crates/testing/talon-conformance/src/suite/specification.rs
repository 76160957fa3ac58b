//! What the specifications of June 2020 and of today say of replies: required members, types and
//! enumerations.

use std::fmt;

use serde_json::Value;
use talon_core::OperationInfo;

mod check;
mod exceptions;
mod schemas;

pub use exceptions::{EXCEPTIONS, Exception};

use check::Check;
use schemas::{OF_2020, OF_TODAY};

/// Something in a reply that a specification says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Operation whose reply it is.
    pub operation: &'static str,
    /// `2020` or `today`.
    pub generation: &'static str,
    /// Schema and member, such as `CartItem.price`, with `[]` for each thing of a list and `{}` for
    /// each of a map.
    pub place: String,
    /// What is wrong, such as `is missing`.
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

/// What the specifications say otherwise of a successful reply of an operation.
///
/// Both are asked that have the operation. Where only that of 2020 does, that of today is asked of
/// the parts whose schemas it still has.
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

/// Asserts that whatever is otherwise is an exception that is known.
#[track_caller]
pub(crate) fn assert_held(operation: &'static str, reply: &Value) {
    let findings = findings(operation, reply);
    let unknown: Vec<_> =
        findings.iter().filter(|finding| Exception::of(finding).is_none()).collect();
    assert!(unknown.is_empty(), "{operation}: {unknown:?}: {reply:#}");
}

/// Documented refusals of an operation that need no fault: all but 409.
///
/// The document of 2020 has none; there every operation refuses a key, and one with a body a body.
pub fn documented_refusals(operation: &OperationInfo) -> Vec<u16> {
    let Some(statuses) = OF_TODAY.refusals.get(operation.id) else {
        return if operation.has_body { vec![400, 401] } else { vec![401] };
    };
    statuses.iter().copied().filter(|status| *status != 409).collect()
}

#[cfg(test)]
mod tests {
    use super::check::schema_of_props;
    use super::*;
    use serde_json::json;

    fn told(operation: &'static str, reply: &Value) -> Vec<String> {
        findings(operation, reply).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_missing_or_of_another_type_is_told_with_its_place() {
        let effect = json!({"campaignId": 1.5, "rulesetId": 1, "ruleIndex": 0, "ruleName": null,
            "effectType": "setDiscount", "props": {"name": "ten"}});
        let reply = json!({"effects": [effect], "createdCoupons": {}});

        let told = told("updateCustomerSessionV2", &reply);

        for generation in ["2020", "today"] {
            for finding in [
                "Effect.campaignId is no integer (/effects/0/campaignId)",
                "Effect.ruleName is no string (/effects/0/ruleName)",
                "SetDiscountEffectProps.value is missing (/effects/0/props)",
                "IntegrationStateV2.createdCoupons is no list (/createdCoupons)",
                "IntegrationStateV2.createdReferrals is missing ()",
            ] {
                assert!(told.contains(&format!("{generation}: {finding}")), "{finding}: {told:?}");
            }
        }
        assert_eq!(told.len(), 10, "{told:?}");
    }

    #[test]
    fn what_is_not_listed_is_told_by_the_generation_that_does_not_list_it() {
        let profile = json!({"id": 1, "integrationId": "a", "created": "2020-01-01", "accountId": 1,
            "attributes": {}, "closedSessions": 0, "totalSales": 0,
            "lastActivity": "2020-01-01T00:00:00Z"});
        let campaign = json!({"state": "scheduled", "features": ["giveaways"]});
        let reply = json!({"customerProfile": profile, "triggeredCampaigns": [campaign]});

        let told = told("updateCustomerSessionV2", &reply);

        let has = |finding: &str| told.iter().any(|told| told.starts_with(finding));
        assert!(has("2020: CustomerProfile.created is no date-time"), "{told:?}");
        assert!(
            has(r#"2020: Campaign.features[] is "giveaways", which is not listed"#),
            "{told:?}"
        );
        assert!(!has("today: Campaign.features[]"), "{told:?}");
        assert!(has(r#"today: Campaign.state is "scheduled", which is not listed"#), "{told:?}");
    }

    #[test]
    fn today_is_asked_of_what_it_still_has_of_the_first_version() {
        let reply = json!({"session": {}, "profile": {}, "event": {}});

        let told = told("updateCustomerSession", &reply);

        let has = |finding: &str| told.iter().any(|told| told.starts_with(finding));
        assert!(has("2020: CustomerSession.total is missing"), "{told:?}");
        assert!(has("2020: CustomerProfile.totalSales is missing"), "{told:?}");
        assert!(has("today: CustomerProfile.id is missing"), "{told:?}");
        assert!(!has("today: CustomerSession."), "{told:?}");
    }

    #[test]
    fn an_effect_that_today_does_not_know_is_told() {
        let effect = json!({"effectType": "befallNobody", "props": {}});
        let reply = json!({"effects": [effect]});

        let told = told("updateCustomerSessionV2", &reply);

        assert!(told.iter().any(|told| told.contains("BefallNobodyEffectProps is no schema")));
    }

    #[test]
    fn every_type_of_effect_has_a_schema() {
        let types = talon_core::effect::EffectKind::TYPES.iter();
        let without = types.filter(|name| !OF_TODAY.schemas.contains_key(&schema_of_props(name)));

        assert_eq!(without.collect::<Vec<_>>(), [&""; 0]);
    }
}
