//! Checks of a world that types cannot make.

use std::collections::BTreeSet;

use talon_core::document::did_you_mean;
use talon_core::{Amount, CampaignId};

use super::{World, WorldError};
use crate::time::can_be_shown;

mod achievements;
mod application;
mod audiences;
mod campaign;
mod cards;
mod catalogs;
mod codes;
mod declared;
mod experiments;
mod limit;
mod loyalty;
mod nesting;
mod periods;
mod rewards;
mod stores;
#[cfg(test)]
mod tests;

const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;

impl World {
    /// Checks what types cannot: unique ids and codes, ranges, discounts that are one thing.
    pub(crate) fn check(&self) -> Result<(), WorldError> {
        if !can_be_shown(self.now) {
            return Err(WorldError::at("now", "must be within the years 1 to 9999"));
        }
        application::check(&self.application)?;
        if self.parallel_requests == Some(0) {
            return Err(WorldError::at("parallelRequests", "must be 1 or more"));
        }
        loyalty::check(self)?;
        check_ids("giveawayPools", self.giveaway_pools.iter().map(|pool| pool.id))?;
        check_ids("profiles", self.profiles.iter().map(|profile| &profile.id))?;
        if let Some(index) = self.profiles.iter().position(|profile| profile.id.is_empty()) {
            return Err(WorldError::at(format!("profiles[{index}].id"), "must not be empty"));
        }
        cards::check(self)?;
        stores::check(self.stores.as_deref().unwrap_or_default())?;
        audiences::check(self)?;
        let mut seen = Seen::default();
        for (index, campaign) in self.campaigns.iter().enumerate() {
            let place = format!("campaigns[{index}]");
            campaign::check(&place, campaign, &mut seen)?;
            codes::check(&place, campaign, self.application.case_sensitivity, &mut seen)?;
            for (index, limit) in campaign.limits.iter().enumerate() {
                limit::check(&format!("{place}.limits[{index}]"), limit)?;
            }
            rewards::check(&place, campaign)?;
        }
        achievements::check(self)?;
        experiments::check(self)?;
        periods::check(self)?;
        catalogs::check(self)?;
        declared::check(self)?;
        nesting::check(self)
    }
}

/// Ids and codes that were seen; each is unique in a world.
#[derive(Default)]
struct Seen {
    campaigns: BTreeSet<CampaignId>,
    coupons: BTreeSet<String>,
    referrals: BTreeSet<String>,
}

fn check_ids<Id: Ord>(list: &str, ids: impl Iterator<Item = Id>) -> Result<(), WorldError> {
    let mut seen = BTreeSet::new();
    match ids.enumerate().find_map(|(index, id)| (!seen.insert(id)).then_some(index)) {
        None => Ok(()),
        Some(index) => {
            Err(WorldError::at(format!("{list}[{index}].id"), "another one has this id"))
        }
    }
}

fn must_be_one_of(given: &str, known: &[impl ToString]) -> String {
    let known: Vec<_> = known.iter().map(ToString::to_string).collect();
    let reason = format!("must be one of {}", known.join(", "));
    match did_you_mean(given, known.iter().map(String::as_str)) {
        Some(near) => format!("{reason}; did you mean `{near}`?"),
        None => reason,
    }
}

/// Sums and products of what passes this stay far from the largest [`Amount`].
fn check_amount(place: &str, amount: Amount, largest: i64) -> Result<(), WorldError> {
    if amount.is_negative() || amount > largest.into() {
        return Err(WorldError::at(place, format!("must be 0 to {largest}")));
    }
    Ok(())
}
