//! Transactions of loyalty points.

use serde::{Deserialize, Serialize};
use talon_core::{Amount, CampaignId, EventId, ProfileId, SessionId, Timestamp};

use super::{Batch, Deduction, LedgerOwner, LoyaltyAccountKey, PointsDates, TransactionId};
use crate::rules::Period;
use crate::store::{EncodableRow, EncodedRow, Row};
use crate::world::{EntrySource, LedgerEntry};

/// An addition or a deduction of points. Transactions are kept, also when they are rolled back: a
/// rollback is a transaction of the opposite kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PointTransaction {
    pub(crate) id: TransactionId,
    pub(crate) account: LoyaltyAccountKey,
    pub(crate) subledger: String,
    pub(crate) kind: PointTransactionKind,
    pub(crate) points: Amount,
    /// The reason that the customer is shown.
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    /// When added points can be spent.
    #[serde(default)]
    pub(crate) dates: PointsDates,
    /// How long points that wait for an action can be spent once they are active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) validity: Option<Period>,
    /// Dates before they were changed, the first ones first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) earlier_dates: Vec<EarlierDates>,
    #[serde(default)]
    pub(crate) source: EntrySource,
    /// The session that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<SessionId>,
    /// The event of a request that added points which wait for an action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<EventId>,
    /// The customer whose session or event caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) customer: Option<ProfileId>,
    /// The store of the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) store: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) campaign: Option<CampaignId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
    /// The transaction that this one rolls back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rolls_back: Option<TransactionId>,
    /// The batches that a deduction took its points from; of a deduction that is rolled back, the
    /// batch that its points are given back to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) deductions: Vec<Deduction>,
    /// Points that a deduction took although they were not there.
    #[serde(default)]
    pub(crate) owed: Amount,
}

/// The dates of points until they were changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EarlierDates {
    until: Timestamp,
    /// The id of the change that ended them.
    change: TransactionId,
    dates: PointsDates,
}

/// New dates of points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateChange {
    pub(crate) at: Timestamp,
    pub(crate) id: TransactionId,
    pub(crate) dates: PointsDates,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PointTransactionKind {
    Addition,
    Deduction,
}

impl PointTransaction {
    /// Points without a cause and without dates.
    pub(crate) fn new(
        id: TransactionId,
        account: LoyaltyAccountKey,
        subledger: &str,
        kind: PointTransactionKind,
        points: Amount,
        created: Timestamp,
    ) -> Self {
        Self {
            id,
            account,
            subledger: subledger.to_owned(),
            kind,
            points,
            name: String::new(),
            created,
            dates: PointsDates::default(),
            validity: None,
            earlier_dates: Vec::new(),
            source: EntrySource::default(),
            session: None,
            event: None,
            customer: None,
            store: None,
            campaign: None,
            rule: None,
            rolls_back: None,
            deductions: Vec::new(),
            owed: Amount::ZERO,
        }
    }

    /// Points that a world gives.
    pub(crate) fn of_entry(id: TransactionId, entry: &LedgerEntry, created: Timestamp) -> Self {
        let owner = match (&entry.profile_id, &entry.card_identifier) {
            (Some(profile), _) => LedgerOwner::Profile(profile.clone()),
            (None, card) => LedgerOwner::Card(card.clone().unwrap_or_default()),
        };
        let key = LoyaltyAccountKey::new(entry.program_id, owner);
        let kind = PointTransactionKind::Addition;
        Self {
            name: entry.name.clone(),
            dates: PointsDates::new(&entry.start_date, &entry.expiry_date),
            validity: entry.validity_duration,
            source: entry.source,
            session: entry.customer_session_id.clone(),
            ..Self::new(id, key, &entry.subledger_id, kind, entry.amount, created)
        }
    }

    /// The batch that an addition makes, or gives points back to.
    pub(super) fn batch(&self) -> Batch {
        let given_back = self.deductions.first();
        let (transaction, created) = given_back
            .map_or((self.id, self.created), |deduction| (deduction.batch, deduction.created));
        Batch { transaction, created, left: self.points, dates: self.dates }
    }

    /// The transaction as it was booked, with its first dates.
    pub(crate) fn into_booked(self) -> Self {
        let dates = self.earlier_dates.first().map_or(self.dates, |first| first.dates);
        Self { dates, earlier_dates: Vec::new(), ..self }
    }

    /// Changes of its dates, the first one first.
    pub(crate) fn date_changes(&self) -> impl Iterator<Item = DateChange> {
        let later = self.earlier_dates.iter().skip(1).map(|earlier| earlier.dates);
        let next = later.chain([self.dates]);
        let changes = self.earlier_dates.iter().zip(next);
        changes.map(|(earlier, dates)| DateChange { at: earlier.until, id: earlier.change, dates })
    }

    /// Changes the dates from now on; the id orders the change among those of the instant.
    pub(crate) fn set_dates(&mut self, dates: PointsDates, now: Timestamp, change: TransactionId) {
        self.earlier_dates.push(EarlierDates { until: now, change, dates: self.dates });
        self.dates = dates;
    }
}

impl Row for PointTransaction {
    type Key = TransactionId;
    type Stored = EncodedRow<Self>;

    fn key(&self) -> &TransactionId {
        &self.id
    }
}

impl EncodableRow for PointTransaction {}
