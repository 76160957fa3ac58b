//! Conditions about loyalty cards.

use talon_core::LoyaltyProgramId;

use super::Condition;
use crate::rules::{Facts, NamedCard};

impl Condition {
    /// The session or event names an active card of the program.
    ///
    /// ```
    /// use talon_fake::rules::Condition;
    ///
    /// let of_a_file = r#"{"cardValid": 2}"#;
    /// assert_eq!(Condition::card_valid(2), serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn card_valid(program: impl Into<LoyaltyProgramId>) -> Self {
        Self::CardValid(program.into())
    }

    /// The session or event names a card of the program that has a customer.
    pub fn card_registered(program: impl Into<LoyaltyProgramId>) -> Self {
        Self::CardRegistered(program.into())
    }
}

pub(super) fn is_valid(facts: &Facts<'_>, program: LoyaltyProgramId) -> bool {
    named(facts, program).is_some_and(|card| card.is_active)
}

pub(super) fn is_registered(facts: &Facts<'_>, program: LoyaltyProgramId) -> bool {
    named(facts, program).is_some_and(|card| card.is_registered)
}

fn named<'f>(facts: &Facts<'f>, program: LoyaltyProgramId) -> Option<&'f NamedCard> {
    facts.cards.get(&program)
}
