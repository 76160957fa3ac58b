//! Effects of points.

use std::time::Duration;

use talon_core::Timestamp;
use talon_core::effect::{AddLoyaltyPoints, DeductLoyaltyPoints, EffectKind};

use crate::rules::{Facts, Points};

/// One effect, or one per unit of the items that match.
pub(super) fn added(points: &Points, facts: &Facts<'_>) -> Vec<EffectKind> {
    let Some(addition) = addition(points, facts) else { return Vec::new() };
    let Some(filter) = &points.items else { return vec![addition.into()] };
    let items = facts.session.cart_items.iter().zip(0i64..);
    let matching = items.filter(|(item, _)| filter.matches(item));
    let units =
        matching.flat_map(|(item, position)| (0..item.quantity).map(move |unit| (position, unit)));
    let of_unit = |(position, sub_position)| {
        AddLoyaltyPoints {
            cart_item_position: Some(position),
            cart_item_sub_position: Some(sub_position),
            ..addition.clone()
        }
        .into()
    };
    units.map(of_unit).collect()
}

fn addition(points: &Points, facts: &Facts<'_>) -> Option<AddLoyaltyPoints> {
    let start = points.pending_days.and_then(|days| later(facts.now, days));
    Some(AddLoyaltyPoints {
        name: points.name.clone(),
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        value: points.points,
        recipient_integration_id: facts.profile?.integration_id.clone(),
        expiry_condition: Some(String::new()),
        start_date: start,
        expiry_date: points.valid_days.and_then(|days| later(start.unwrap_or(facts.now), days)),
        ..AddLoyaltyPoints::default()
    })
}

pub(super) fn deducted(
    rule: &str,
    points: &Points,
    facts: &Facts<'_>,
) -> Option<DeductLoyaltyPoints> {
    facts.profile?;
    Some(DeductLoyaltyPoints {
        rule_title: rule.to_owned(),
        program_id: points.program_id,
        sub_ledger_id: points.sub_ledger_id.clone(),
        value: points.points,
        name: Some(points.name.clone()),
        ..DeductLoyaltyPoints::default()
    })
}

fn later(from: Timestamp, days: u32) -> Option<Timestamp> {
    from.checked_add(Duration::from_secs(u64::from(days) * 24 * 60 * 60))
}
