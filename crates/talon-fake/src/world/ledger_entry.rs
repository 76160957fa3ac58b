//! Points that ledgers begin with, and memberships in programs.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::model::{PointsExpiryDate, PointsStartDate};
use talon_core::{
    Amount, LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId, SessionId, Timestamp,
};

use super::{World, instant};
use crate::rules::Period;

/// Points that a ledger begins with: an addition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LedgerEntry {
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The customer; created when there is none. Either this or `cardIdentifier`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// The card, in a program of cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_identifier: Option<LoyaltyCardIdentifier>,
    /// How many points, 0 to 999 999 999 999.99.
    pub amount: Amount,
    /// The subledger; empty for the main ledger.
    #[serde(default)]
    pub subledger_id: String,
    /// The reason, at most 255 characters.
    #[serde(default)]
    pub name: String,
    /// When they become active: `immediate`, `on_action` or an instant.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub start_date: PointsStartDate,
    /// When they expire: `unlimited` or an instant.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub expiry_date: PointsExpiryDate,
    /// How long points that wait for an action can be spent once they are active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity_duration: Option<Period>,
    /// The session that earned them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_session_id: Option<SessionId>,
    /// How they were added.
    #[serde(default)]
    pub source: EntrySource,
}

/// How points were added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum EntrySource {
    /// By a user of the Campaign Manager.
    #[default]
    Manual,
    /// By a session or an event.
    Session,
    /// By an import.
    Import,
}

/// The membership of a profile in a loyalty program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoyaltyJoin {
    /// The program.
    pub program_id: LoyaltyProgramId,
    /// The customer; created when there is none.
    pub profile_id: ProfileId,
    /// When the customer joined; the start of the world unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join_date: Option<Timestamp>,
}

impl LedgerEntry {
    /// Active points of a profile, in the main ledger.
    pub fn new(
        program_id: impl Into<LoyaltyProgramId>,
        profile_id: impl Into<ProfileId>,
        amount: impl Into<Amount>,
    ) -> Self {
        Self {
            program_id: program_id.into(),
            profile_id: Some(profile_id.into()),
            amount: amount.into(),
            ..Self::default()
        }
    }

    /// Active points of a card, in the main ledger.
    pub fn of_card(
        program_id: impl Into<LoyaltyProgramId>,
        card_identifier: impl Into<LoyaltyCardIdentifier>,
        amount: impl Into<Amount>,
    ) -> Self {
        Self {
            program_id: program_id.into(),
            card_identifier: Some(card_identifier.into()),
            amount: amount.into(),
            ..Self::default()
        }
    }

    /// Sets the subledger; the main ledger unless set.
    #[must_use]
    pub fn subledger_id(mut self, id: impl Into<String>) -> Self {
        self.subledger_id = id.into();
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets when they become active: `immediate`, `on_action` or an instant.
    #[must_use]
    pub fn starts(mut self, at: impl Into<PointsStartDate>) -> Self {
        self.start_date = at.into();
        self
    }

    /// Sets when they expire: `unlimited` or an instant.
    #[must_use]
    pub fn expires(mut self, at: impl Into<PointsExpiryDate>) -> Self {
        self.expiry_date = at.into();
        self
    }

    /// Sets how long points that wait for an action can be spent once they are active.
    #[must_use]
    pub fn validity_duration(mut self, duration: Period) -> Self {
        self.validity_duration = Some(duration);
        self
    }

    /// Sets the session that earned them.
    #[must_use]
    pub fn session(mut self, id: impl Into<SessionId>) -> Self {
        self.customer_session_id = Some(id.into());
        self
    }

    /// Sets how they were added.
    #[must_use]
    pub fn source(mut self, source: EntrySource) -> Self {
        self.source = source;
        self
    }
}

impl LoyaltyJoin {
    /// A membership since the start of the world.
    pub fn new(program_id: impl Into<LoyaltyProgramId>, profile_id: impl Into<ProfileId>) -> Self {
        Self { program_id: program_id.into(), profile_id: profile_id.into(), join_date: None }
    }

    /// Sets when the customer joined: a [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn join_date(mut self, at: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.join_date = Some(instant(at));
        self
    }
}

impl World {
    /// Adds points that a ledger begins with.
    #[must_use]
    pub fn ledger_entry(mut self, entry: LedgerEntry) -> Self {
        self.ledger_entries.push(entry);
        self
    }

    /// Adds a membership in a loyalty program.
    #[must_use]
    pub fn join(mut self, join: LoyaltyJoin) -> Self {
        self.joins.push(join);
        self
    }
}
