//! Intended differences between replies and specifications.

use super::Finding;

/// An intended difference and its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exception {
    /// `2020` or `today`.
    pub generation: &'static str,
    /// As in [`Finding::place`].
    pub place: &'static str,
    /// As in [`Finding::problem`].
    pub problem: &'static str,
    /// Operations with this difference; all operations if empty.
    pub operations: &'static [&'static str],
    /// Why the reply is correct.
    pub reason: &'static str,
}

impl Exception {
    /// The exception for a finding, if there is one.
    pub fn find(finding: &Finding) -> Option<&'static Self> {
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

/// Operations that only the API of 2020 has; their replies have its values.
const V1: &[&str] = &["trackEvent", "updateCustomerProfile", "updateCustomerSession"];

const NESTED: &str = "BEHAVIOUR 6.5: nested arrays on the wire, in contrast to the document";
const ON_REQUEST: &str =
    "BEHAVIOUR 3.9: a client that sends a list without it knows the API of today";
const LIMITS_OF_TODAY: &str = "BEHAVIOUR 4.6: limits of the API of today that a world can have";
const FEATURE_OF_TODAY: &str =
    "BEHAVIOUR-today 4.2, 6.1: a feature of the API of today that a world can have";
const AMOUNT: &str = "BEHAVIOUR 10.5: an amount that is not rounded, as in today's document";
const NO_PROPERTY: &str = "BEHAVIOUR 14: listed as required without being a property";
const STILL_A_REASON: &str =
    "BEHAVIOUR 4.3: also a reason of today, which one of its lists does not have";
const OF_2020_ALONE: &str = "BEHAVIOUR 4.3, 5.3: V1 has the reasons of 2020";
const NO_NEXT_TIER: &str = "BEHAVIOUR-today 7.4: null in the highest tier";
const OR_A_TIMESTAMP: &str = "BEHAVIOUR-today 7.2: one of the words, or a timestamp";
const UNKNOWN: &str = "BEHAVIOUR-today 12: an unknown type, which clients keep";

/// All exceptions. An exception that no reply needs must be removed.
pub const EXCEPTIONS: &[Exception] = &[
    of_2020("Event.effects[]", "is no object", NESTED).only(V1),
    of_2020("CustomerProfileUpdate.customerProfile", "is missing", ON_REQUEST),
    of_2020("Campaign.features[]", r#"is "advancedEvents", which is not listed"#, FEATURE_OF_TODAY),
    of_2020("Campaign.features[]", r#"is "achievements", which is not listed"#, FEATURE_OF_TODAY),
    of_2020("Campaign.features[]", r#"is "giveaways", which is not listed"#, FEATURE_OF_TODAY),
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
    of_today("LedgerInfo.nextTierName", "is no string", NO_NEXT_TIER),
    of_today("LoyaltyBalanceWithTier.nextTierName", "is no string", NO_NEXT_TIER),
    of_today(
        "LedgerTransactionLogEntryIntegrationAPI.startDate",
        r#"is "2025-12-01T00:00:00Z", which is not listed"#,
        OR_A_TIMESTAMP,
    ),
    of_today(
        "LedgerTransactionLogEntryIntegrationAPI.startDate",
        r#"is "2026-01-02T00:00:00Z", which is not listed"#,
        OR_A_TIMESTAMP,
    ),
    of_today(
        "ExtendLoyaltyPointsExpiryDateEffectProps.previousExpirationDate",
        "is missing",
        NO_PROPERTY,
    ),
    of_today("LaunchRocketEffectProps", "is no schema of props", UNKNOWN),
];
