//! The lowest earlier price of an item.

use std::time::Duration;

use talon_core::model::TimeframeEnd;
use talon_core::{Amount, AudienceId, Timestamp};

use crate::state::{PriceChange, StoredPriceObservation, Transaction};

/// The instants in which prices are compared.
#[derive(Clone, Debug)]
pub(crate) struct Timeframe {
    /// Latest instant.
    pub(crate) end: Timestamp,
    /// What ends the timeframe: `end`, or the start of what is current then.
    pub(crate) end_type: TimeframeEnd,
    pub(crate) days: u32,
}

/// A price that an item had from an instant on.
#[derive(Clone, Debug)]
pub(crate) struct ObservedPrice<'a> {
    pub(crate) observation: &'a StoredPriceObservation,
    pub(crate) price: Amount,
    pub(crate) context_ids: Vec<String>,
}

/// The lowest price of an item in a timeframe; the latest of several that are equal.
///
/// Prices for an audience take precedence over those for all customers.
pub(crate) fn best<'a>(
    tx: &'a Transaction<'_>,
    sku: &str,
    timeframe: &Timeframe,
    audience: Option<AudienceId>,
) -> Option<ObservedPrice<'a>> {
    let of_audience = audience.and_then(|id| lowest(&history(tx, sku, Some(id)), timeframe));
    of_audience.or_else(|| lowest(&history(tx, sku, None), timeframe))
}

/// The prices of an item for an audience, or for all customers, the earliest first.
fn history<'a>(
    tx: &'a Transaction<'_>,
    sku: &str,
    audience: Option<AudienceId>,
) -> Vec<ObservedPrice<'a>> {
    let counts = |it: &&StoredPriceObservation| it.audience == audience && !it.excluded;
    let mut observations: Vec<_> = tx.observations_of(sku).filter(counts).collect();
    observations.reverse();
    observations.sort_by_key(|observation| observation.observed_at);
    let mut found = Vec::with_capacity(observations.len());
    let mut current = CurrentPrice::default();
    for observation in observations {
        found.extend(current.change(observation));
    }
    found
}

/// What applies while a history is read.
#[derive(Default)]
struct CurrentPrice<'a> {
    /// The latest price that no adjustment set.
    without_adjustment: Option<Amount>,
    /// The adjustment that applies.
    adjusted: Option<&'a StoredPriceObservation>,
}

impl<'a> CurrentPrice<'a> {
    /// The price that an observation leads to, unless it ends what no longer applies.
    fn change(&mut self, observation: &'a StoredPriceObservation) -> Option<ObservedPrice<'a>> {
        let mut context_ids = observation.context_ids.clone();
        let price = match &observation.change {
            PriceChange::Price(price) if observation.adjustment.is_some() => {
                self.adjusted = Some(observation);
                *price
            }
            PriceChange::Price(price) => {
                self.without_adjustment = Some(*price);
                // The context of an adjustment lasts as long as the adjustment.
                let around = self.adjusted.iter().flat_map(|it| &it.context_ids);
                context_ids.extend(around.cloned());
                *price
            }
            PriceChange::AdjustmentEnd(id) => {
                self.adjusted.take_if(|adjusted| adjusted.id == *id)?;
                self.without_adjustment?
            }
            PriceChange::PriceTypeEnd(name) => {
                let is_of_type = |it: &mut &StoredPriceObservation| {
                    it.adjustment.as_ref().is_some_and(|it| it.selected_price_type == *name)
                };
                self.adjusted.take_if(is_of_type)?;
                self.without_adjustment?
            }
        };
        Some(ObservedPrice { observation, price, context_ids })
    }
}

fn lowest<'a>(history: &[ObservedPrice<'a>], timeframe: &Timeframe) -> Option<ObservedPrice<'a>> {
    let at = |price: &ObservedPrice<'_>| price.observation.observed_at;
    let current = history.iter().rposition(|price| at(price) <= timeframe.end)?;
    let (compared, end) = match start_of_current(&history[..=current], &timeframe.end_type) {
        // Only what came before it is compared.
        Some(start) => (&history[..start], at(&history[start])),
        None => (&history[..=current], timeframe.end),
    };
    let days = Duration::from_secs(u64::from(timeframe.days) * 24 * 60 * 60);
    let start = end.checked_sub(days);
    // The price that applies when the timeframe starts is part of it.
    let first = compared.iter().rposition(|price| start.is_some_and(|start| at(price) <= start));
    let within = &compared[first.unwrap_or(0)..];
    // The first of equal ones, so the latest.
    within.iter().rev().min_by_key(|price| price.price).cloned()
}

/// Position where the last price, or its context, began; `None` when the timeframe ends at a given
/// instant, as it does when there is no context.
fn start_of_current(history: &[ObservedPrice<'_>], end_type: &TimeframeEnd) -> Option<usize> {
    let last = history.last()?;
    let is_current = |other: &ObservedPrice<'_>| match end_type {
        TimeframeEnd::Price => other.price == last.price,
        _ => other.context_ids.iter().any(|id| last.context_ids.contains(id)),
    };
    match end_type {
        TimeframeEnd::Price => {}
        TimeframeEnd::Sale if !last.context_ids.is_empty() => {}
        _ => return None,
    }
    Some(history.iter().rposition(|price| !is_current(price)).map_or(0, |other| other + 1))
}
