//! Sessions.

use serde::{Deserialize, Serialize};
use talon_core::effect::Effect;
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, CampaignId, CouponCode, SessionId};

use super::BudgetKey;
use crate::store::{EncodableRow, EncodedRow, EncodedValue, Row, UnreadableRow};

/// A session and what its close booked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredSession {
    pub(crate) session: CustomerSessionV2,
    /// The session that its profile had before this one, itself for the first; `None` while it has
    /// no profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<SessionId>,
    /// The total that the shop computed itself; only V1 sends one.
    pub(crate) own_total: Option<Amount>,
    /// Effects of the last update while the session is open; `None` before one and after a close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) provisional_effects: Option<EncodedValue<Vec<Effect>>>,
    /// Effects of the close that are in force, in the order of the reply; none before the close.
    pub(crate) bookings: Vec<Booking>,
    /// Giveaways that the session awarded: a further close repeats them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) awarded: Vec<Effect>,
    /// Campaigns with an effect at the close that a return evaluates again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) reevaluated_on_return: Vec<CampaignId>,
    /// The latest return of its items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) latest_return: Option<i64>,
}

impl StoredSession {
    /// Effects that are in force: those of the last update of an open session, else those of the
    /// close that were not rolled back.
    ///
    /// # Errors
    /// When they cannot be read, which [`check`](EncodableRow::check) excludes.
    pub(crate) fn effects_in_force(&self) -> Result<Vec<Effect>, UnreadableRow> {
        match &self.provisional_effects {
            Some(effects) => {
                effects.decode().map_err(|error| UnreadableRow::new(self.key(), error))
            }
            None => Ok(self.bookings.iter().map(|booking| booking.effect.clone()).collect()),
        }
    }
}

/// An effect that is in force, with what reverting it has to know. A discount per item is one
/// effect per unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Booking {
    pub(crate) effect: Effect,
    /// What it uses of the campaigns' limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) limits: Vec<(BudgetKey, Amount)>,
    /// The coupon whose own discount limit it counts against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) coupon: Option<CouponCode>,
}

impl Row for StoredSession {
    type Key = SessionId;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &SessionId {
        &self.session.integration_id
    }
}

impl EncodableRow for StoredSession {
    const CHANGES_OFTEN: bool = true;

    fn check(&self) -> Result<(), String> {
        self.effects_in_force().map(drop).map_err(|unreadable| unreadable.to_string())
    }
}
