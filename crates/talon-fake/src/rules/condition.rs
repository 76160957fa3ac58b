//! Conditions of rules.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use talon_core::model::{CartItem, SessionState};
use talon_core::{Amount, AudienceId, CouponCode};

use super::{AttributeTest, Days, Facts, Range, Weekday};

/// A condition, as data; [`Condition::check`] takes a closure where data does not suffice.
///
/// In a world file it is a string or an object with one member: `"couponValid"`,
/// `{"cartTotal": {"atLeast": 100}}`, `{"all": ["couponValid", {"firstSession": true}]}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[expect(clippy::large_enum_variant, reason = "conditions are few and live long")]
pub enum Condition {
    /// Always holds.
    #[default]
    Always,
    /// The session carries a valid coupon of the campaign; the rule runs once for each.
    CouponValid,
    /// As [`CouponValid`](Self::CouponValid), but only for these codes.
    CouponIs(Vec<CouponCode>),
    /// The session carries a valid referral of the campaign.
    ReferralValid,
    /// Sum of the cart items before discounts.
    CartTotal(Range),
    /// Sum of cart items and additional costs before discounts.
    SessionTotal(Range),
    /// Sum of the quantities in the cart.
    ItemCount(Range),
    /// A cart item matches.
    AnyItem(ItemFilter),
    /// Whether it is the profile's first session; an anonymous session always is.
    FirstSession(bool),
    /// How many sessions the profile closed before this one.
    ClosedSessions(Range),
    /// What the profile spent before this session, in the application's currency.
    TotalSales(Range),
    /// The state that the request sets.
    SessionState(SessionState),
    /// An attribute of the profile.
    ProfileAttribute(AttributeTest),
    /// An attribute of the session.
    SessionAttribute(AttributeTest),
    /// The evaluation is for an event of this type.
    Event(String),
    /// An attribute of the event.
    EventAttribute(AttributeTest),
    /// The profile is a member of the audience.
    InAudience(AudienceId),
    /// The request made the profile a member of the audience; only `updateCustomerProfileV2` does.
    JoinedAudience(AudienceId),
    /// The request ended the profile's membership in the audience; only `updateCustomerProfileV2` does.
    LeftAudience(AudienceId),
    /// The day, in the application's time zone.
    Date(Days),
    /// The day of the week, in the application's time zone.
    Weekday(Vec<Weekday>),
    /// The hour, 0 to 23, in the application's time zone.
    Hour(Range),
    /// All of them hold.
    All(Vec<Self>),
    /// One of them holds.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// The result of a closure; not possible in a world file.
    #[serde(skip)]
    Check(Check),
}

/// A filter of cart items; an item matches when every member that is given does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ItemFilter {
    /// Its SKU.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Range of the price of one unit, in the application's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Range>,
    /// Range of its quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Range>,
    /// A test of one of its attributes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<AttributeTest>,
}

/// A closure over the facts.
#[derive(Clone)]
pub struct Check(Arc<dyn Fn(&Facts<'_>) -> bool + Send + Sync>);

impl Condition {
    /// The session carries a valid coupon of the campaign.
    pub fn coupon_valid() -> Self {
        Self::CouponValid
    }

    /// The session carries a valid referral of the campaign.
    pub fn referral_valid() -> Self {
        Self::ReferralValid
    }

    /// The sum of the cart items is within `range`.
    pub fn cart_total(range: Range) -> Self {
        Self::CartTotal(range)
    }

    /// The evaluation is for an event of this type.
    pub fn event(event_type: impl Into<String>) -> Self {
        Self::Event(event_type.into())
    }

    /// A condition in Rust.
    ///
    /// ```
    /// use talon_fake::rules::Condition;
    ///
    /// let even_cart = Condition::check(|facts| facts.session.cart_items.len() % 2 == 0);
    /// # let _ = even_cart;
    /// ```
    pub fn check(check: impl Fn(&Facts<'_>) -> bool + Send + Sync + 'static) -> Self {
        Self::Check(Check(Arc::new(check)))
    }

    /// Both hold.
    ///
    /// ```
    /// use talon_fake::rules::{Condition, ItemFilter, Range};
    ///
    /// let shoes = Condition::AnyItem(ItemFilter::category("shoes"));
    /// let condition = Condition::cart_total(Range::at_least(100)).and(shoes.negate());
    ///
    /// let of_a_file = r#"{"all": [{"cartTotal": {"atLeast": 100}},
    ///                             {"not": {"anyItem": {"category": "shoes"}}}]}"#;
    /// assert_eq!(condition, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, only) | (only, Self::Always) => only,
            (Self::All(mut all), other) => {
                all.push(other);
                Self::All(all)
            }
            (first, second) => Self::All(vec![first, second]),
        }
    }

    /// It does not hold.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Whether it asks for a coupon; a rule that does runs once for each coupon.
    pub(crate) fn wants_coupon(&self) -> bool {
        self.mentions(&|part| matches!(part, Self::CouponValid | Self::CouponIs(_)))
    }

    /// Whether it asks for a referral.
    pub(crate) fn wants_referral(&self) -> bool {
        self.mentions(&|part| matches!(part, Self::ReferralValid))
    }

    fn mentions(&self, wanted: &dyn Fn(&Self) -> bool) -> bool {
        wanted(self)
            || match self {
                Self::All(parts) | Self::Any(parts) => {
                    parts.iter().any(|part| part.mentions(wanted))
                }
                Self::Not(part) => part.mentions(wanted),
                _ => false,
            }
    }

    /// Position of the first of the conditions that does not hold, counted from 0.
    pub(crate) fn first_failing(&self, facts: &Facts<'_>) -> Option<usize> {
        match self {
            Self::All(parts) => parts.iter().position(|part| !part.holds(facts)),
            other => (!other.holds(facts)).then_some(0),
        }
    }

    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::CouponValid => facts.coupon.is_some(),
            Self::CouponIs(codes) => facts.coupon.is_some_and(|coupon| {
                codes.iter().any(|code| coupon.value == *facts.case.apply(code.as_str()))
            }),
            Self::ReferralValid => facts.referral.is_some(),
            Self::CartTotal(range) => range.contains(facts.session.cart_item_total),
            Self::SessionTotal(range) => range.contains(facts.session.total),
            Self::ItemCount(range) => {
                let count: i64 = facts.session.cart_items.iter().map(|item| item.quantity).sum();
                range.contains(count.into())
            }
            Self::AnyItem(filter) => facts.session.cart_items.iter().any(|i| filter.matches(i)),
            Self::FirstSession(first) => facts.session.first_session == *first,
            Self::ClosedSessions(range) => {
                range.contains(facts.profile.map_or(0, |profile| profile.closed_sessions).into())
            }
            Self::TotalSales(range) => {
                range.contains(facts.profile.map_or(Amount::ZERO, |profile| profile.total_sales))
            }
            Self::SessionState(state) => facts.session.state == *state,
            Self::ProfileAttribute(test) => {
                facts.profile.is_some_and(|profile| test.holds(&profile.attributes))
            }
            Self::SessionAttribute(test) => test.holds(&facts.session.attributes),
            Self::Event(event_type) => facts.event.is_some_and(|e| e.event_type == *event_type),
            Self::EventAttribute(test) => facts.event.is_some_and(|e| test.holds(&e.attributes)),
            Self::InAudience(id) => facts.profile.is_some_and(|profile| {
                profile.audience_memberships.iter().flatten().any(|membership| membership.id == *id)
            }),
            Self::JoinedAudience(id) => {
                facts.audience_changes.is_some_and(|changes| changes.joined.contains(id))
            }
            Self::LeftAudience(id) => {
                facts.audience_changes.is_some_and(|changes| changes.left.contains(id))
            }
            Self::Date(days) => days.contain(facts.local().date()),
            Self::Weekday(weekdays) => weekdays.contains(&facts.local().weekday().into()),
            Self::Hour(range) => range.contains(i32::from(facts.local().hour()).into()),
            Self::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Self::Not(part) => !part.holds(facts),
            Self::Check(Check(check)) => check(facts),
        }
    }
}

impl ItemFilter {
    /// Items with this SKU.
    pub fn sku(sku: impl Into<String>) -> Self {
        Self { sku: Some(sku.into()), ..Self::default() }
    }

    /// Items of this category.
    pub fn category(category: impl Into<String>) -> Self {
        Self { category: Some(category.into()), ..Self::default() }
    }

    /// Whether `item` matches.
    pub fn matches(&self, item: &CartItem) -> bool {
        self.sku.as_ref().is_none_or(|sku| item.sku == *sku)
            && self.category.as_ref().is_none_or(|wanted| item.category.as_ref() == Some(wanted))
            && self.price.is_none_or(|range| range.contains(item.price.unwrap_or_default()))
            && self.quantity.is_none_or(|range| range.contains(item.quantity.into()))
            && self.attribute.as_ref().is_none_or(|test| {
                item.attributes.as_ref().is_some_and(|attributes| test.holds(attributes))
            })
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a closure")
    }
}

/// Two closures are equal when they are the same one.
impl PartialEq for Check {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_read_like_the_builder() {
        let json = r#"{"all":["couponValid",{"cartTotal":{"atLeast":100}},{"not":{"firstSession":true}}]}"#;

        let condition: Condition = serde_json::from_str(json).unwrap();

        let built = Condition::coupon_valid()
            .and(Condition::cart_total(Range::at_least(100)))
            .and(Condition::FirstSession(true).negate());
        assert_eq!(condition, built);
        assert!(condition.wants_coupon() && !condition.wants_referral());
    }
}
