//! Events that requests raise, with their entries in the ledgers.

use std::borrow::Cow;

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::LedgerEntry;
use talon_core::{Amount, EventId, LoyaltyProgramId, ProfileId, Timestamp};

use super::outcome::RaisedEvent;
use crate::state::{ACCOUNT, Transaction, TransactionId};

/// Raises an event of the service. Its ids are taken whether a reply shows it or not: what is shown
/// does not change the ids of anything else.
pub(super) fn raise(
    tx: &mut Transaction<'_>,
    event_type: &'static str,
    profile: &ProfileId,
    booked: &[Effect],
) -> RaisedEvent {
    let id = tx.ids().number();
    enter(tx, id, event_type.into(), profile, booked)
}

/// Reports the points of an event that has its id already.
pub(super) fn enter(
    tx: &mut Transaction<'_>,
    id: EventId,
    event_type: Cow<'static, str>,
    profile: &ProfileId,
    booked: &[Effect],
) -> RaisedEvent {
    for effect in booked {
        note_event(tx, effect, id);
    }
    let reported = booked.iter().filter_map(ReportedPoints::new);
    let entries = reported.map(|points| points.entry(tx, id, profile));
    RaisedEvent { id, event_type, ledger_entries: entries.collect() }
}

/// Notes the event in a transaction whose activation shows it.
fn note_event(tx: &mut Transaction<'_>, effect: &Effect, event: EventId) {
    let EffectKind::AddLoyaltyPoints(points) = &effect.kind else { return };
    if points.awaits_activation == Some(true)
        && let Some(id) = TransactionId::from_uuid(points.transaction_uuid.as_deref())
        && let Some(transaction) = tx.tables.point_transactions.get_mut(&id)
    {
        transaction.event = Some(event);
    }
}

/// Points of an effect, as the event reports them.
struct ReportedPoints<'e> {
    program: LoyaltyProgramId,
    points: Amount,
    reason: &'e str,
    expiry: Option<Timestamp>,
    /// Whose points they are, where it may be another one than the profile of the session.
    recipient: Option<&'e ProfileId>,
}

impl<'e> ReportedPoints<'e> {
    fn new(effect: &'e Effect) -> Option<Self> {
        let by_rule = |program, points| {
            let reason = effect.rule_name.as_str();
            Some(Self { program, points, reason, expiry: None, recipient: None })
        };
        match &effect.kind {
            EffectKind::AddLoyaltyPoints(added) => {
                let (program, reason) = (added.program_id, added.name.as_str());
                let recipient = Some(&added.recipient_integration_id);
                let (points, expiry) = (added.value, added.expiry_date);
                Some(Self { program, points, reason, expiry, recipient })
            }
            EffectKind::DeductLoyaltyPoints(props) => by_rule(props.program_id, -props.value),
            EffectKind::RollbackAddedLoyaltyPoints(props) => {
                let recipient = Some(&props.recipient_integration_id);
                let taken = by_rule(props.program_id, -props.value);
                taken.map(|taken| Self { recipient, ..taken })
            }
            EffectKind::RollbackDeductedLoyaltyPoints(props) => {
                by_rule(props.program_id, props.value)
            }
            _ => None,
        }
    }

    fn entry(self, tx: &mut Transaction<'_>, event: EventId, profile: &ProfileId) -> LedgerEntry {
        LedgerEntry {
            id: tx.ids().number(),
            created: tx.now,
            profile_id: self.recipient.unwrap_or(profile).clone(),
            account_id: ACCOUNT.into(),
            loyalty_program_id: self.program,
            event_id: event,
            amount: whole(self.points),
            reason: self.reason.to_owned(),
            expiry_date: self.expiry.unwrap_or_else(no_date),
            reference_id: None,
        }
    }
}

/// Points without their fraction, which an entry cannot have.
fn whole(points: Amount) -> i64 {
    let (mantissa, scale) = points.parts();
    i64::try_from(mantissa / 10i128.pow(scale)).unwrap_or(i64::MAX)
}

/// The value that means "no date" where a date is required.
fn no_date() -> Timestamp {
    "0001-01-01T00:00:00Z".parse().expect("a timestamp")
}
