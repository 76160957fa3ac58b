//! Where replies differ from a specification on purpose.

use super::Finding;

/// A difference that is known, and why it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exception {
    /// `2020` or `today`.
    pub generation: &'static str,
    /// As in [`Finding::place`].
    pub place: &'static str,
    /// As in [`Finding::problem`].
    pub problem: &'static str,
    /// Operations it is of; of all when empty.
    pub operations: &'static [&'static str],
    /// Why it is right all the same.
    pub reason: &'static str,
}

impl Exception {
    /// The exception that a finding is, if it is known.
    pub fn of(finding: &Finding) -> Option<&'static Self> {
        EXCEPTIONS.iter().find(|known| {
            known.generation == finding.generation
                && known.place == finding.place
                && known.problem == finding.problem
                && (known.operations.is_empty() || known.operations.contains(&finding.operation))
        })
    }

    const fn only(self, operations: &'static [&'static str]) -> Self {
        Self { operations, ..self }
    }
}

const fn of_2020(place: &'static str, problem: &'static str, reason: &'static str) -> Exception {
    Exception { generation: "2020", place, problem, operations: &[], reason }
}

const fn of_today(place: &'static str, problem: &'static str, reason: &'static str) -> Exception {
    Exception { generation: "today", place, problem, operations: &[], reason }
}

/// Operations of 2020 alone, whose replies have its values.
const V1: &[&str] = &["trackEvent", "updateCustomerProfile", "updateCustomerSession"];

const NESTED: &str = "BEHAVIOUR 6.5: nested arrays on the wire, whatever the document says";
const ON_REQUEST: &str = "BEHAVIOUR 3.9: who sends a list without it knows the API of today";
const LIMITS_OF_TODAY: &str = "BEHAVIOUR 4.6: a limit that a world has from the API of today";
const FEATURE_OF_TODAY: &str =
    "BEHAVIOUR-today 4.2: a feature that a world has from the API of today";
const AMOUNT: &str = "BEHAVIOUR 10.5: an amount that is not rounded, as today's document has it";
const NO_PROPERTY: &str = "BEHAVIOUR 14: listed as required without being a property";
const STILL_A_REASON: &str = "BEHAVIOUR 4.3: a reason of today too, which one of its lists forgets";
const OF_2020_ALONE: &str = "BEHAVIOUR 4.3, 5.3: V1 has the reasons of 2020";
const UNKNOWN: &str = "BEHAVIOUR-today 12: a type that nobody knows, for clients to keep";

/// All that are known. One that no reply of any case needs is to be removed.
pub const EXCEPTIONS: &[Exception] = &[
    of_2020("Event.effects[]", "is no object", NESTED).only(V1),
    of_2020("CustomerProfileUpdate.customerProfile", "is missing", ON_REQUEST),
    of_2020("Campaign.features[]", r#"is "advancedEvents", which is not listed"#, FEATURE_OF_TODAY),
    of_2020(
        "LimitConfig.action",
        r#"is "addFreeItemEffect", which is not listed"#,
        LIMITS_OF_TODAY,
    ),
    of_2020("LimitConfig.action", r#"is "awardGiveaway", which is not listed"#, LIMITS_OF_TODAY),
    of_2020("LimitConfig.action", r#"is "callApi", which is not listed"#, LIMITS_OF_TODAY),
    of_2020(
        "LimitConfig.action",
        r#"is "createLoyaltyPoints", which is not listed"#,
        LIMITS_OF_TODAY,
    ),
    of_2020(
        "LimitConfig.action",
        r#"is "createLoyaltyPointsEffect", which is not listed"#,
        LIMITS_OF_TODAY,
    ),
    of_2020("LimitConfig.action", r#"is "createReferral", which is not listed"#, LIMITS_OF_TODAY),
    of_2020("LimitConfig.action", r#"is "customEffect", which is not listed"#, LIMITS_OF_TODAY),
    of_2020("LimitConfig.action", r#"is "reserveCoupon", which is not listed"#, LIMITS_OF_TODAY),
    of_2020("LimitConfig.entities[]", r#"is "Session", which is not listed"#, LIMITS_OF_TODAY),
    of_2020("LimitConfig.entities[]", r#"is "Store", which is not listed"#, LIMITS_OF_TODAY),
    of_2020("Campaign.discountCount", "is no integer", AMOUNT),
    of_today("CustomerSessionV2.coupon", "is missing", NO_PROPERTY),
    of_today("CustomerSessionV2.referral", "is missing", NO_PROPERTY),
    of_today(
        "CouponRejectionReason.reason",
        r#"is "CouponLimitReached", which is not listed"#,
        STILL_A_REASON,
    ),
    of_today(
        "CouponRejectionReason.reason",
        r#"is "CouponValidConditionMissing", which is not listed"#,
        OF_2020_ALONE,
    )
    .only(V1),
    of_today(
        "ReferralRejectionReason.reason",
        r#"is "ReferralValidConditionMissing", which is not listed"#,
        OF_2020_ALONE,
    )
    .only(V1),
    of_today("LaunchRocketEffectProps", "is no schema of props", UNKNOWN),
];
