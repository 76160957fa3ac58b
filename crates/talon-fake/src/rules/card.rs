//! Loyalty cards that sessions and events name.

use std::collections::BTreeMap;

use talon_core::LoyaltyProgramId;

/// What rules know of the card that a session or an event names, by card-based program: an
/// identifier is unique in its program alone. Programs without the card are left out.
pub(crate) type NamedCards = BTreeMap<LoyaltyProgramId, NamedCard>;

/// A card that a session or an event names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NamedCard {
    /// Whether points can be earned and spent with it.
    pub(crate) is_active: bool,
    /// Whether a customer is linked to it.
    pub(crate) is_registered: bool,
}
