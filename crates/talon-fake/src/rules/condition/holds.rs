//! Whether a condition holds. What takes more than a line is in the file of its noun.

use talon_core::Amount;

use super::{Condition, achievement, audience, card, coupon};
use crate::rules::Facts;

impl Condition {
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::CouponValid => facts.coupon.is_some(),
            Self::CouponIs(codes) => coupon::is_one_of(facts, codes),
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
            Self::InAudience(id) => audience::is_member(facts, *id),
            Self::AdvocateInAudience(id) => audience::has_advocate(facts, *id),
            Self::JoinedAudience(id) => audience::was_joined(facts, *id),
            Self::LeftAudience(id) => audience::was_left(facts, *id),
            Self::AchievementCompleted(id) => achievement::is_completed(facts, *id),
            Self::LoyaltyBalance(condition) => condition.holds(facts),
            Self::LoyaltyTier(condition) => condition.holds(facts),
            Self::CardValid(program) => card::is_valid(facts, *program),
            Self::CardRegistered(program) => card::is_registered(facts, *program),
            Self::Date(days) => days.contain(facts.local().date()),
            Self::Weekday(weekdays) => weekdays.contains(&facts.local().weekday().into()),
            Self::Hour(range) => range.contains(i32::from(facts.local().hour()).into()),
            Self::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Self::Not(part) => !part.holds(facts),
            Self::Check(check) => check.holds(facts),
        }
    }
}
