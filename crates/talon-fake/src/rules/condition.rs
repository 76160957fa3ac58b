//! Conditions of rules.

mod achievement;
mod audience;
mod card;
mod check;
mod coupon;
mod holds;
mod item_filter;
mod ledger;

pub use self::check::Check;
pub use self::item_filter::ItemFilter;
pub use self::ledger::{LedgerBalance, LedgerTier};

use serde::{Deserialize, Serialize};
use talon_core::model::SessionState;
use talon_core::{AchievementId, AudienceId, CouponCode, LoyaltyProgramId};

use super::{AttributeTest, Days, Facts, Range, Weekday};

/// A condition, as data; [`Condition::check`] takes a closure where data does not suffice.
///
/// In a world file it is a string or an object with one member, which is named like the variant and its
/// constructor: `"couponValid"`, `{"cartTotal": {"atLeast": 100}}`,
/// `{"all": ["couponValid", {"firstSession": true}]}`. Conditions are combined with
/// [`and`](Self::and), [`Any`](Self::Any) and `!`.
///
/// ```
/// use talon_fake::rules::{AttributeTest, Condition, Range};
///
/// let member = Condition::ProfileAttribute(AttributeTest::is("Tier", "gold"));
/// let returning = Condition::ClosedSessions(Range::at_least(1)).and(!Condition::coupon_valid());
/// let condition = Condition::Any(vec![member, returning]);
///
/// let of_a_file = r#"{"any": [
///     {"profileAttribute": {"name": "Tier", "is": "gold"}},
///     {"all": [{"closedSessions": {"atLeast": 1}}, {"not": "couponValid"}]}]}"#;
/// assert_eq!(condition, serde_json::from_str(of_a_file)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
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
    /// The advocate of the referral is a member of the audience; in a rule that asks for a valid referral.
    AdvocateInAudience(AudienceId),
    /// The request made the profile a member of the audience; only `updateCustomerProfileV2` does.
    JoinedAudience(AudienceId),
    /// The request ended the profile's membership in the audience; only `updateCustomerProfileV2` does.
    LeftAudience(AudienceId),
    /// The profile has completed the achievement, and may not begin it again yet. What earlier rules of the
    /// same evaluation add to the progress counts.
    AchievementCompleted(AchievementId),
    /// A balance of the customer's points, such as enough of them.
    LoyaltyBalance(LedgerBalance),
    /// The tier that the customer is in.
    LoyaltyTier(LedgerTier),
    /// The session or event names an active card of the loyalty program.
    CardValid(LoyaltyProgramId),
    /// The session or event names a card of the loyalty program that has a customer.
    CardRegistered(LoyaltyProgramId),
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
        Self::Check(Check::new(check))
    }

    /// Both hold: the member `all` of a world file.
    ///
    /// ```
    /// use talon_fake::rules::{Condition, ItemFilter, Range};
    ///
    /// let shoes = Condition::AnyItem(ItemFilter::category("shoes"));
    /// let condition = Condition::cart_total(Range::at_least(100)).and(!shoes);
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

    /// Whether it asks for a coupon; a rule that does runs once for each coupon.
    pub(crate) fn wants_coupon(&self) -> bool {
        self.mentions(&|part| matches!(part, Self::CouponValid | Self::CouponIs(_)))
    }

    /// Whether it asks for a referral.
    pub(crate) fn wants_referral(&self) -> bool {
        self.mentions(&|part| matches!(part, Self::ReferralValid))
    }

    fn mentions(&self, wanted: &impl Fn(&Self) -> bool) -> bool {
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
}

/// `!condition` holds when the condition does not: the member `not` of a world file.
impl std::ops::Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        Self::Not(Box::new(self))
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
            .and(!Condition::FirstSession(true));
        assert_eq!(condition, built);
        assert!(condition.wants_coupon() && !condition.wants_referral());
    }
}
