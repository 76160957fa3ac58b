//! Ranges of numbers.

use serde::{Deserialize, Serialize};
use talon_core::Amount;

/// A range of numbers; a number is in it when every bound that is given holds.
///
/// In a world file `{"atLeast": 100, "below": 200}`.
///
/// ```
/// use talon_core::Amount;
/// use talon_fake::rules::Range;
///
/// let range = Range { below: Some(200.into()), ..Range::at_least(100) };
/// assert!(range.contains(100.into()) && !range.contains(200.into()));
/// assert!(range.contains(Amount::new(19999, 2)));
///
/// assert_eq!(range, serde_json::from_str(r#"{"atLeast": 100, "below": 200}"#)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Range {
    /// The least number in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Amount>,
    /// The greatest number in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Amount>,
    /// Numbers in it are greater than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Amount>,
    /// Numbers in it are less than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Amount>,
    /// The only number in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exactly: Option<Amount>,
}

impl Range {
    /// `bound` or more.
    pub fn at_least(bound: impl Into<Amount>) -> Self {
        Self { at_least: Some(bound.into()), ..Self::default() }
    }

    /// `bound` or less.
    pub fn at_most(bound: impl Into<Amount>) -> Self {
        Self { at_most: Some(bound.into()), ..Self::default() }
    }

    /// More than `bound`.
    pub fn above(bound: impl Into<Amount>) -> Self {
        Self { above: Some(bound.into()), ..Self::default() }
    }

    /// Less than `bound`.
    pub fn below(bound: impl Into<Amount>) -> Self {
        Self { below: Some(bound.into()), ..Self::default() }
    }

    /// Exactly `number`.
    pub fn exactly(number: impl Into<Amount>) -> Self {
        Self { exactly: Some(number.into()), ..Self::default() }
    }

    /// Whether `number` is in it.
    pub fn contains(&self, number: Amount) -> bool {
        self.at_least.is_none_or(|bound| number >= bound)
            && self.at_most.is_none_or(|bound| number <= bound)
            && self.above.is_none_or(|bound| number > bound)
            && self.below.is_none_or(|bound| number < bound)
            && self.exactly.is_none_or(|exact| number == exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_inclusive_only_where_they_say_so() {
        assert!(Range::at_least(100).contains(100.into()));
        assert!(!Range::above(100).contains(100.into()));
        assert!(Range::at_most(100).contains(100.into()));
        assert!(!Range::below(100).contains(100.into()));
        assert!(Range::default().contains(Amount::new(-5, 1)));
    }
}
