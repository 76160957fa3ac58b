//! Loyalty cards.

use serde::{Deserialize, Serialize};
use talon_core::model::{CodeGeneratorSettings, LoyaltyCardStatus};
use talon_core::{LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId};

use super::{LoyaltyProgram, World};

/// A loyalty card that exists from the start.
///
/// ```
/// use talon_fake::{LoyaltyCard, LoyaltyProgram, World};
///
/// let world = World::new()
///     .loyalty_program(LoyaltyProgram::of_cards(2))
///     .loyalty_card(LoyaltyCard::new(2, "family-1").profiles(["anna", "ben"]));
/// let same = World::from_json(
///     r#"{"loyaltyPrograms": [{"id": 2, "cardBased": true}],
///         "loyaltyCards": [{"programId": 2, "identifier": "family-1", "profiles": ["anna", "ben"]}]}"#,
/// )?;
/// assert_eq!(world, same);
/// # Ok::<(), talon_fake::WorldError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoyaltyCard {
    /// Its program, which must be card-based.
    pub program_id: LoyaltyProgramId,
    /// Its identifier, unique in the program: 4 to 108 of the characters `A-Za-z0-9._%+@-`.
    pub identifier: LoyaltyCardIdentifier,
    /// Whether points can be earned and spent with it; active unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<LoyaltyCardStatus>,
    /// Customers who share it, at most as many as the program allows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<ProfileId>,
    /// The batch that it was created in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_id: Option<String>,
    /// Why it cannot be used; of a card that is inactive or was transferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_reason: Option<String>,
    /// The card of the same program that took over its customers and points. A card that was
    /// transferred is blocked for good, and has no customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transferred_to: Option<LoyaltyCardIdentifier>,
}

impl LoyaltyCard {
    /// An active card without customers.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        identifier: impl Into<LoyaltyCardIdentifier>,
    ) -> Self {
        let (program_id, identifier) = (program_id.into(), identifier.into());
        Self { program_id, identifier, ..Self::default() }
    }

    /// Makes it inactive: points are neither earned nor spent with it.
    #[must_use]
    pub fn inactive(mut self) -> Self {
        self.status = Some(LoyaltyCardStatus::Inactive);
        self
    }

    /// Sets the customers who share it.
    #[must_use]
    pub fn profiles<P: Into<ProfileId>>(mut self, profiles: impl IntoIterator<Item = P>) -> Self {
        self.profiles = profiles.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the batch that it was created in.
    #[must_use]
    pub fn batch_id(mut self, id: impl Into<String>) -> Self {
        self.batch_id = Some(id.into());
        self
    }

    /// Sets why it cannot be used.
    #[must_use]
    pub fn block_reason(mut self, reason: impl Into<String>) -> Self {
        self.block_reason = Some(reason.into());
        self
    }

    /// Sets the card that took over its customers and points.
    #[must_use]
    pub fn transferred_to(mut self, identifier: impl Into<LoyaltyCardIdentifier>) -> Self {
        self.transferred_to = Some(identifier.into());
        self
    }
}

impl World {
    /// Adds a loyalty card.
    #[must_use]
    pub fn loyalty_card(mut self, card: LoyaltyCard) -> Self {
        self.loyalty_cards.push(card);
        self
    }
}

impl LoyaltyProgram {
    /// Sets how many customers may share a card; 0 is without limit.
    #[must_use]
    pub fn users_per_card_limit(mut self, limit: i64) -> Self {
        self.users_per_card_limit = limit;
        self
    }

    /// Sets the pattern of generated identifiers of cards, such as `CARD-######`.
    #[must_use]
    pub fn card_codes(self, pattern: impl Into<String>) -> Self {
        self.card_code_settings(CodeGeneratorSettings::new(pattern))
    }

    /// Sets how identifiers of cards are generated.
    #[must_use]
    pub fn card_code_settings(mut self, settings: CodeGeneratorSettings) -> Self {
        self.card_code_settings = Some(settings);
        self
    }

    /// Whether so many customers are more than may share one of its cards.
    pub(crate) fn is_over_limit(&self, profiles: usize) -> bool {
        let limit = self.users_per_card_limit;
        limit > 0 && i64::try_from(profiles).is_ok_and(|profiles| profiles > limit)
    }
}

/// What is wrong with the identifier of a card: the constraint, and a sentence.
pub(crate) fn identifier_problem(identifier: &str) -> Option<(&'static str, &'static str)> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._%+@-".contains(c);
    if !(4..=108).contains(&identifier.chars().count()) {
        Some(("length", "a loyalty card has 4 to 108 characters"))
    } else if !identifier.chars().all(fits) {
        Some(("pattern", "a loyalty card has letters, digits and ._%+@- alone"))
    } else {
        None
    }
}
