//! Units of the lines of a cart, and effects that belong to one unit.

use std::collections::BTreeMap;
use std::ops::Range;

use talon_core::effect::EffectKind;
use talon_core::model::CustomerSessionV2;

use crate::state::ReturnedItem;

/// The units of one return: of each line, by position, the lowest that are left.
pub(super) struct Units(BTreeMap<i64, Range<i64>>);

impl Units {
    pub(super) fn new(session: &CustomerSessionV2, lines: &[ReturnedItem]) -> Self {
        let range = |line: &ReturnedItem| {
            let first = returned(session, line.position);
            (line.position, first..first + line.quantity)
        };
        Self(lines.iter().map(range).collect())
    }

    /// Whether an effect belongs to one of the units.
    pub(super) fn contain(&self, kind: &EffectKind) -> bool {
        unit_of(kind).is_some_and(|(position, unit)| {
            self.0.get(&position).is_some_and(|units| units.contains(&unit))
        })
    }
}

/// How many units of a line were returned: those with the lowest sub-positions.
pub(super) fn returned(session: &CustomerSessionV2, position: i64) -> i64 {
    let line = usize::try_from(position).ok();
    let line = line.and_then(|index| session.cart_items.get(index));
    line.and_then(|line| line.returned_quantity).unwrap_or(0)
}

/// The unit that an effect belongs to: the position of its line, and its own within the line.
pub(super) fn unit_of(kind: &EffectKind) -> Option<(i64, i64)> {
    let (position, unit) = match kind {
        EffectKind::SetDiscountPerItem(it) => (Some(it.position), it.sub_position),
        EffectKind::SetDiscountPerAdditionalCostPerItem(it) => (Some(it.position), it.sub_position),
        EffectKind::AddLoyaltyPoints(it) => (it.cart_item_position, it.cart_item_sub_position),
        _ => return None,
    };
    position.zip(unit)
}

/// Numbers the unit of an effect as the cart does, of which `session` has only the units that are
/// left.
pub(super) fn renumber(session: &CustomerSessionV2, kind: &mut EffectKind) {
    let Some((position, _)) = unit_of(kind) else { return };
    let unit = match kind {
        EffectKind::SetDiscountPerItem(it) => &mut it.sub_position,
        EffectKind::SetDiscountPerAdditionalCostPerItem(it) => &mut it.sub_position,
        EffectKind::AddLoyaltyPoints(it) => &mut it.cart_item_sub_position,
        _ => return,
    };
    *unit = unit.map(|unit| unit + returned(session, position));
}
