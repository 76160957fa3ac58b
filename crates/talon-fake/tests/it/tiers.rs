//! Tiers that are renewed.

use std::time::Duration;

use talon_core::model::Tier;
use talon_core::prelude::*;
use talon_fake::world::{LedgerEntry, LoyaltyTier};
use talon_fake::{Fake, LoyaltyProgram, World};

use crate::shop::now;

const PROGRAM: i64 = 7;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

/// A profile that reaches a tier at the end of January 2026 with these points.
fn member(tiers_expire_in: &str, points: LedgerEntry) -> Fake {
    let program = LoyaltyProgram {
        tiers_expire_in: Some(tiers_expire_in.parse().expect("a period")),
        ..LoyaltyProgram::new(PROGRAM).tier(LoyaltyTier::new("bronze", 10))
    };
    let world =
        World::new().now("2026-01-31T10:00:00Z").loyalty_program(program).ledger_entry(points);
    Fake::new(world).expect("the world is fit")
}

fn tier(talon: &Fake) -> Option<Tier> {
    let request = GetLoyaltyBalances::new(PROGRAM, "anna").include_tiers(true);
    let balance = now(talon.get_loyalty_balances(request)).expect("balances").balance;
    let tier = balance.and_then(|balance| balance.current_tier)?;
    Some(tier.known().expect("a tier").clone())
}

#[test]
fn a_tier_is_renewed_by_the_day_on_which_it_started() {
    let start = at("2026-01-31T10:00:00Z");
    let talon = member("1M", LedgerEntry::new(PROGRAM, "anna", 10));
    let expiry_on = |today| {
        talon.clock().set(at(today));
        tier(&talon).map(|tier| (tier.start_date, tier.expiry_date))
    };

    for (today, expiry) in [
        ("2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"),
        ("2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z"),
        ("2026-03-31T10:00:00Z", "2026-04-30T10:00:00Z"),
        ("2028-02-01T00:00:00Z", "2028-02-29T10:00:00Z"),
    ] {
        assert_eq!(expiry_on(today), Some((Some(start), Some(at(expiry)))), "{today}");
    }
}

#[test]
fn a_tier_of_a_day_is_renewed_until_the_last_year() {
    let talon = member("1D", LedgerEntry::new(PROGRAM, "anna", 10));

    talon.clock().set(at("9999-12-01T12:00:00Z"));

    let tier = tier(&talon).expect("a tier");
    assert_eq!(tier.start_date, Some(at("2026-01-31T10:00:00Z")));
    assert_eq!(tier.expiry_date, Some(at("9999-12-02T10:00:00Z")));
}

#[test]
fn a_tier_ends_with_the_renewal_at_or_after_the_end_of_its_points() {
    for (points_end, tier_ends) in [
        ("2030-03-05T10:00:00Z", "2030-03-05T10:00:00Z"),
        ("2030-03-05T10:00:00.000000001Z", "2030-03-06T10:00:00Z"),
        ("2030-03-05T09:59:59.999999999Z", "2030-03-05T10:00:00Z"),
    ] {
        let points = LedgerEntry::new(PROGRAM, "anna", 10);
        let talon = member("1D", LedgerEntry { expiry_date: at(points_end).into(), ..points });
        let (ends, moment) = (at(tier_ends), Duration::from_nanos(1));

        talon.clock().set(ends.checked_sub(moment).expect("an instant"));
        assert_eq!(tier(&talon).and_then(|tier| tier.expiry_date), Some(ends), "{points_end}");
        talon.clock().set(ends);
        assert_eq!(tier(&talon), None, "{points_end}");
    }
}
