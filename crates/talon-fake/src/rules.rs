//! Rules as data: conditions, and the effects they cause.
//!
//! A builder and a world file use the same words.

mod attribute;
mod calendar;
mod card;
mod case_sensitivity;
mod condition;
mod facts;
mod limit;
mod period;
mod points_period;
mod range;
mod reward;

pub use attribute::{AttributeTest, Near};
pub use calendar::{Day, Days, ParseDayError, Weekday};
pub(crate) use card::{NamedCard, NamedCards};
pub use case_sensitivity::CaseSensitivity;
pub use condition::{Check, Condition, ItemFilter, LedgerBalance, LedgerTier};
pub(crate) use facts::{AudienceChanges, CostIds, LedgerFacts, NoLedgers};
pub use facts::{BalanceKind, Facts};
pub(crate) use limit::LIMITED_ACTIONS;
pub use period::{ParsePeriodError, Period};
pub use points_period::{Pending, Validity};
pub use range::Range;
pub use reward::{
    Compute, CostDiscount, Discount, ItemDiscount, Points, PointsBase, PointsExpiry,
    PointsExtension, PointsTarget, Progress, Reward,
};

use serde::{Deserialize, Serialize};
use talon_core::{AchievementId, AudienceId};

/// A rule of a campaign: when its condition holds, its rewards become effects.
///
/// ```
/// use talon_fake::rules::*;
///
/// let rule = Rule::new("10 % from 100")
///     .when(Condition::cart_total(Range::at_least(100)))
///     .then(Reward::set_discount("10 % off", Discount::percent(10)));
/// # let _ = rule;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Its name; effects contain it.
    pub name: String,
    /// Name that shops show to customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Description that shops show to customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_description: Option<String>,
    /// Further data for shops, such as the address of an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related_data: Option<String>,
    /// The condition; always holds when absent.
    #[serde(default)]
    pub when: Condition,
    /// The rewards, in the order of their effects.
    #[serde(default)]
    pub then: Vec<Reward>,
}

impl Rule {
    /// A rule without conditions and rewards.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Sets the name that shops show to customers.
    #[must_use]
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// Sets the description that shops show to customers.
    #[must_use]
    pub fn display_description(mut self, description: impl Into<String>) -> Self {
        self.display_description = Some(description.into());
        self
    }

    /// Sets further data for shops.
    #[must_use]
    pub fn related_data(mut self, data: impl Into<String>) -> Self {
        self.related_data = Some(data.into());
        self
    }

    /// Adds a condition; all conditions that were added must hold.
    #[must_use]
    pub fn when(mut self, condition: Condition) -> Self {
        self.when = self.when.and(condition);
        self
    }

    /// Adds a reward.
    #[must_use]
    pub fn then(mut self, reward: Reward) -> Self {
        self.then.push(reward);
        self
    }

    /// Whether it asks for the audience or changes it.
    pub(crate) fn names_audience(&self, id: AudienceId) -> bool {
        self.then.iter().any(|reward| reward.audience() == Some(id)) || self.when.names_audience(id)
    }

    /// Whether it names an achievement that is one of those wanted.
    pub(crate) fn names_achievement(&self, is_wanted: impl Fn(AchievementId) -> bool) -> bool {
        let mut rewards = self.then.iter();
        rewards.any(|reward| reward.achievement().is_some_and(&is_wanted))
            || self.when.asks_for_achievement(is_wanted)
    }

    /// Whether it is about points of a loyalty program.
    pub(crate) fn is_about_points(&self) -> bool {
        self.then.iter().any(Reward::is_about_points) || self.when.is_about_points()
    }

    /// Whether it awards giveaways.
    pub(crate) fn awards_giveaways(&self) -> bool {
        self.then.iter().any(|reward| matches!(reward, Reward::AwardGiveaway(_)))
    }
}
