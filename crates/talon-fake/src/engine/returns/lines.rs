//! The lines of the cart that a return names, by position or by SKU.

use std::collections::BTreeMap;

use talon_core::model::{CartItem, ReturnedCartItem};
use talon_core::{ApiError, Problem};

use crate::state::ReturnedItem;

/// The units to take back of each line, by position.
///
/// Without a quantity all that are left of a line come back. Lines with the same SKU are taken in
/// the order of the cart until the quantity is met. A line that is named twice adds up.
///
/// # Errors
/// A refusal of the whole return when an item is not in the cart, or more of it than are left.
pub(super) fn select(
    cart: &[CartItem],
    items: &[ReturnedCartItem],
) -> Result<Vec<ReturnedItem>, ApiError> {
    if items.is_empty() {
        return Err(refusal("", "at least one item must come back"));
    }
    let mut taken = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let refuse =
            |(member, details): (&str, &str)| refusal(&format!("/{index}{member}"), details);
        take(cart, item, &mut taken).map_err(refuse)?;
    }
    let lines = taken.into_iter().map(|(position, quantity)| ReturnedItem { position, quantity });
    Ok(lines.collect())
}

/// Takes units of one item; or the member that is wrong, and what is.
fn take(
    cart: &[CartItem],
    item: &ReturnedCartItem,
    taken: &mut BTreeMap<i64, i64>,
) -> Result<(), (&'static str, &'static str)> {
    let lines = matching(cart, item)?;
    let left = |position: i64, line: &CartItem, taken: &BTreeMap<i64, i64>| {
        let before = line.returned_quantity.unwrap_or(0);
        line.quantity - before - taken.get(&position).copied().unwrap_or(0)
    };
    let all: i64 = lines.iter().map(|(position, line)| left(*position, line, taken)).sum();
    let mut wanted = item.quantity.unwrap_or(all);
    if wanted < 1 {
        return Err(match item.quantity {
            Some(_) => ("/quantity", "must be at least 1"),
            None => ("", "all of it came back already"),
        });
    }
    if wanted > all {
        return Err(("/quantity", "is more than what is left of the item"));
    }
    for (position, line) in lines {
        let units = wanted.min(left(position, line, taken));
        if units > 0 {
            *taken.entry(position).or_default() += units;
            wanted -= units;
        }
    }
    Ok(())
}

/// The lines that an item names, with their positions.
fn matching<'c>(
    cart: &'c [CartItem],
    item: &ReturnedCartItem,
) -> Result<Vec<(i64, &'c CartItem)>, (&'static str, &'static str)> {
    let lines = || (0..).zip(cart);
    match (item.position, &item.sku) {
        (None, None) => Err(("", "needs a position or a sku")),
        (Some(wanted), sku) => {
            let line = lines().find(|(position, _)| *position == wanted);
            let line = line.ok_or(("/position", "the cart has no such line"))?;
            match sku {
                Some(sku) if *sku != line.1.sku => {
                    Err(("/sku", "is not that of the line at the position"))
                }
                _ => Ok(vec![line]),
            }
        }
        (None, Some(sku)) => {
            let found: Vec<_> = lines().filter(|(_, line)| line.sku == *sku).collect();
            if found.is_empty() { Err(("/sku", "the cart has no such item")) } else { Ok(found) }
        }
    }
}

fn refusal(member: &str, details: &str) -> ApiError {
    ApiError::invalid(Problem::at(format!("/return/returnedCartItems{member}"), "Invalid", details))
}
