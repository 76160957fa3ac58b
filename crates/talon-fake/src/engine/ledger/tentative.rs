//! Ledgers as the effects of an evaluation would leave them.

use std::collections::BTreeMap;
use std::fmt;

use talon_core::effect::{ChangeLoyaltyTierLevel, Effect, EffectKind};
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, LoyaltyProgramId};

use super::booking::dates_of;
use super::owner::{account, account_of_customer};
use super::tiers::TierTerms;
use crate::rules::{BalanceKind, LedgerFacts};
use crate::state::{Batch, Ledger, LoyaltyAccountKey, Transaction, TransactionId};

/// Ledgers with effects that are not booked.
pub(crate) struct TentativeLedgers<'a> {
    tx: &'a Transaction<'a>,
    session: &'a CustomerSessionV2,
    changed: BTreeMap<(LoyaltyAccountKey, String), Ledger>,
    /// How many additions there were, each of which is a batch of its own.
    additions: i64,
}

impl<'a> TentativeLedgers<'a> {
    pub(crate) fn new(tx: &'a Transaction<'a>, session: &'a CustomerSessionV2) -> Self {
        Self { tx, session, changed: BTreeMap::new(), additions: 0 }
    }

    /// The ledgers after these effects.
    pub(in crate::engine) fn with(
        tx: &'a Transaction<'a>,
        session: &'a CustomerSessionV2,
        effects: &[Effect],
    ) -> Self {
        let mut ledgers = Self::new(tx, session);
        for effect in effects {
            ledgers.record(&effect.rule_name, &effect.kind);
        }
        ledgers
    }

    /// Adds or deducts the points of an effect. Returns the effect of a tier that is reached by it.
    pub(in crate::engine) fn record(
        &mut self,
        rule: &str,
        kind: &EffectKind,
    ) -> Option<ChangeLoyaltyTierLevel> {
        match kind {
            EffectKind::AddLoyaltyPoints(points) => {
                let card = points.card_identifier.as_deref();
                let key = account(points.program_id, card, &points.recipient_integration_id);
                self.additions += 1;
                let batch = Batch {
                    transaction: TransactionId::from(i64::MAX - self.additions),
                    created: self.tx.now,
                    left: points.value,
                    dates: dates_of(points),
                };
                let (terms, now) = (TierTerms::of(self.tx, &key), self.tx.now);
                let ledger = self.ledger_mut(key, &points.sub_ledger_id);
                let before = terms.current(ledger).map(|tier| &tier.name);
                let rank = ledger.tier.map(|tier| tier.rank);
                ledger.put(batch, now);
                terms.review(ledger, now);
                let tier = ledger.tier.filter(|tier| Some(tier.rank) > rank)?;
                Some(ChangeLoyaltyTierLevel {
                    rule_title: rule.to_owned(),
                    program_id: points.program_id,
                    sub_ledger_id: points.sub_ledger_id.clone(),
                    new_tier_name: terms.current(ledger)?.name.clone(),
                    previous_tier_name: before.cloned(),
                    expiry_date: tier.expiry,
                })
            }
            EffectKind::DeductLoyaltyPoints(points) => {
                let card = points.card_identifier.as_deref();
                let key = account(points.program_id, card, &self.session.profile_id);
                let (terms, now) = (TierTerms::of(self.tx, &key), self.tx.now);
                let ledger = self.ledger_mut(key, &points.sub_ledger_id);
                ledger.take(&ledger.deductions(points.value, now));
                terms.review(ledger, now);
                None
            }
            _ => None,
        }
    }

    /// A ledger as it would be; `None` where there would be none.
    pub(super) fn ledger(&self, key: &LoyaltyAccountKey, subledger: &str) -> Option<Ledger> {
        let changed = self.changed.get(&(key.clone(), subledger.to_owned()));
        let ledger = changed.or_else(|| self.tx.ledger(key, subledger))?;
        Some(TierTerms::of(self.tx, key).advanced(ledger, self.tx.now))
    }

    /// Subledgers of an account that effects change.
    pub(super) fn subledgers<'t>(
        &'t self,
        key: &'t LoyaltyAccountKey,
    ) -> impl Iterator<Item = &'t str> {
        let changed = self.changed.keys().filter(move |(account, _)| account == key);
        changed.map(|(_, subledger)| subledger.as_str())
    }

    fn ledger_mut(&mut self, key: LoyaltyAccountKey, subledger: &str) -> &mut Ledger {
        let (tx, place) = (self.tx, (key, subledger.to_owned()));
        self.changed.entry(place).or_insert_with_key(|(key, subledger)| {
            let ledger = tx.ledger(key, subledger);
            ledger.map(|it| TierTerms::of(tx, key).advanced(it, tx.now)).unwrap_or_default()
        })
    }
}

impl LedgerFacts for TentativeLedgers<'_> {
    fn balance(&self, program: LoyaltyProgramId, subledger: &str, kind: BalanceKind) -> Amount {
        let Some(key) = account_of_customer(self.tx, self.session, program) else {
            return Amount::ZERO;
        };
        let now = self.tx.now;
        match kind {
            BalanceKind::Current => self.tx.balance(&key, subledger).active,
            BalanceKind::Pending => self.tx.balance(&key, subledger).pending,
            BalanceKind::Negative => self.tx.balance(&key, subledger).negative,
            BalanceKind::TentativeCurrent => {
                let ledger = self.ledger(&key, subledger);
                ledger.map_or(Amount::ZERO, |ledger| ledger.balance(now).active)
            }
        }
    }

    fn tier(&self, program: LoyaltyProgramId, subledger: &str) -> Option<String> {
        let key = account_of_customer(self.tx, self.session, program)?;
        let terms = TierTerms::of(self.tx, &key);
        let ledger = terms.advanced(self.tx.ledger(&key, subledger)?, self.tx.now);
        terms.current(&ledger).map(|tier| tier.name.clone())
    }
}

impl fmt::Debug for TentativeLedgers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TentativeLedgers").field("changed", &self.changed).finish_non_exhaustive()
    }
}
