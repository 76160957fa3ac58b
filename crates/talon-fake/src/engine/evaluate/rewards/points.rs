//! Effects of points.

use talon_core::effect::{
    AddLoyaltyPoints, DeductLoyaltyPoints, EffectKind, ExpiryDateChange,
    ExtendLoyaltyPointsExpiryDate, SetLoyaltyPointsExpiryDate,
};
use talon_core::model::CartItem;
use talon_core::{Amount, LoyaltyProgramId, ProfileId, Timestamp};

use crate::engine::ledger::account_of_customer;
use crate::rules::{
    Facts, Pending, Points, PointsBase, PointsExpiry, PointsExtension, PointsTarget, Validity,
};
use crate::state::{LedgerOwner, Transaction};

/// One effect, or one per unit of the items that match.
pub(super) fn added(tx: &Transaction<'_>, points: &Points, facts: &Facts<'_>) -> Vec<EffectKind> {
    let Some(addition) = addition(tx, points, facts) else { return Vec::new() };
    let Some(filter) = &points.items else {
        let value = value(points, facts, None);
        return vec![AddLoyaltyPoints { value, ..addition }.into()];
    };
    let items = facts.session.cart_items.iter().zip(0i64..);
    let matching = items.filter(|(item, _)| filter.matches(item));
    let units = matching.flat_map(|(item, position)| {
        let value = value(points, facts, Some(item));
        (0..item.quantity).map(move |unit| (value, position, unit))
    });
    let of_unit = |(value, position, sub_position)| {
        AddLoyaltyPoints {
            value,
            cart_item_position: Some(position),
            cart_item_sub_position: Some(sub_position),
            ..addition.clone()
        }
        .into()
    };
    units.map(of_unit).collect()
}

/// The points: a number, or a factor of a total or of the price of an item.
fn value(points: &Points, facts: &Facts<'_>, item: Option<&CartItem>) -> Amount {
    let Some(factor) = points.factor else { return points.points };
    let base = match (item, points.of) {
        (Some(item), _) => item.price.unwrap_or_default(),
        (None, PointsBase::CartTotal) => facts.session.cart_item_total,
        (None, PointsBase::SessionTotal) => facts.session.total,
    };
    let value = factor.checked_mul(base).unwrap_or_else(Points::largest);
    value.clamp(Amount::ZERO, Points::largest())
}

fn addition(tx: &Transaction<'_>, points: &Points, facts: &Facts<'_>) -> Option<AddLoyaltyPoints> {
    let program = tx.program(points.program_id)?;
    let zone = &program.zone;
    let pending = points.pending.unwrap_or(program.default_pending);
    let validity = match points.validity.unwrap_or(program.default_validity) {
        Validity::Unlimited => None,
        Validity::For(period) => Some(period),
    };
    let start = match pending {
        Pending::For(period) => Some(period.end_or_last(facts.now, zone)),
        Pending::Immediate | Pending::OnAction => None,
    };
    let awaits_activation = pending == Pending::OnAction;
    let of_activation = validity.filter(|_| awaits_activation);
    let of_start = validity.filter(|_| !awaits_activation);
    let Recipient { profile, card } = recipient(tx, points.target, points.program_id, facts)?;
    Some(AddLoyaltyPoints {
        name: points.name.clone(),
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        recipient_integration_id: profile,
        card_identifier: card,
        expiry_condition: Some(String::new()),
        start_date: start,
        expiry_date: of_start.and_then(|period| period.end(start.unwrap_or(facts.now), zone)),
        awaits_activation: awaits_activation.then_some(true),
        validity_duration: of_activation.map(|period| period.to_string()),
        ..AddLoyaltyPoints::default()
    })
}

/// Whose points they are.
struct Recipient {
    profile: ProfileId,
    /// The card that they are on, in a card-based program.
    card: Option<String>,
}

/// Whose points of a program an effect moves; `None` where they have no account.
fn recipient(
    tx: &Transaction<'_>,
    target: PointsTarget,
    program: LoyaltyProgramId,
    facts: &Facts<'_>,
) -> Option<Recipient> {
    if target == PointsTarget::Advocate {
        if tx.program(program)?.card_based {
            return None;
        }
        let profile = facts.referral?.advocate_profile_integration_id.clone();
        return tx.profile(&profile).map(|_| Recipient { profile, card: None });
    }
    let profile = facts.session.profile_id.clone();
    let card = match account_of_customer(tx, facts.session, program)?.owner {
        LedgerOwner::Profile(_) => {
            facts.profile?;
            None
        }
        LedgerOwner::Card(card) => Some(card.into_string()),
    };
    Some(Recipient { profile, card })
}

pub(super) fn deducted(
    tx: &Transaction<'_>,
    rule: &str,
    points: &Points,
    facts: &Facts<'_>,
) -> Option<DeductLoyaltyPoints> {
    let recipient = recipient(tx, PointsTarget::Profile, points.program_id, facts)?;
    Some(DeductLoyaltyPoints {
        rule_title: rule.to_owned(),
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        value: value(points, facts, None),
        name: Some(points.name.clone()),
        card_identifier: recipient.card,
        ..DeductLoyaltyPoints::default()
    })
}

/// A later expiry of the active points that expire.
pub(super) fn extended(
    tx: &Transaction<'_>,
    extension: &PointsExtension,
    facts: &Facts<'_>,
) -> Option<ExtendLoyaltyPointsExpiryDate> {
    let (program_id, subledger) = (extension.program_id, &extension.sub_ledger_id);
    let zone = &tx.program(program_id)?.zone;
    let duration = extension.extension_duration;
    let changes = changed(tx, program_id, subledger, facts, |expiry| {
        expiry.and_then(|expiry| duration.end(expiry, zone))
    })?;
    Some(ExtendLoyaltyPointsExpiryDate {
        program_id,
        sub_ledger_id: subledger.clone(),
        extension_duration: duration.to_string(),
        affected_transactions: Some(changes),
    })
}

/// Another expiry of all active points.
pub(super) fn with_expiry(
    tx: &Transaction<'_>,
    expiry: &PointsExpiry,
    facts: &Facts<'_>,
) -> Option<SetLoyaltyPointsExpiryDate> {
    let (program_id, subledger) = (expiry.program_id, &expiry.sub_ledger_id);
    let changes = changed(tx, program_id, subledger, facts, |_| Some(expiry.new_expiry_date))?;
    Some(SetLoyaltyPointsExpiryDate {
        program_id,
        sub_ledger_id: subledger.clone(),
        new_expiry_date: expiry.new_expiry_date,
        affected_transactions: Some(changes),
    })
}

/// The active points of a ledger whose expiry changes; `None` where none does.
fn changed(
    tx: &Transaction<'_>,
    program: LoyaltyProgramId,
    subledger: &str,
    facts: &Facts<'_>,
    new_expiry: impl Fn(Option<Timestamp>) -> Option<Timestamp>,
) -> Option<Vec<ExpiryDateChange>> {
    let key = account_of_customer(tx, facts.session, program)?;
    let ledger = tx.ledger(&key, subledger)?.at(facts.now);
    let active = ledger.batches().iter().filter(|batch| batch.dates.is_active(facts.now));
    let changes = active.filter_map(|batch| {
        let previous = batch.dates.expiry;
        let new_expiry_date = new_expiry(previous).filter(|new| Some(*new) != previous)?;
        Some(ExpiryDateChange {
            transaction_uuid: batch.transaction.to_string(),
            new_expiry_date,
            previous_expiry_date: previous,
        })
    });
    Some(changes.collect::<Vec<_>>()).filter(|changes| !changes.is_empty())
}
