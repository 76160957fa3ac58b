//! Tiers that expire. BEHAVIOUR-today 7.4, 7.10.

use std::time::Duration;

use talon_fake::world::{DowngradePolicy, LedgerEntry, LoyaltyJoin, TierExpirationPolicy};

use super::PROGRAM;
use super::tiers::{DAY, bought, expiring, program, tier, tier_name, tier_of};
use crate::prelude::*;

cases! {
    "getLoyaltyBalances" {
        surprise tiers_that_never_expire_follow_the_points,
        surprise a_tier_falls_only_when_it_expires,
        detail a_tier_is_kept_when_the_points_suffice,
        detail a_downgrade_may_go_one_tier_down,
        detail a_downgrade_may_follow_the_balance,
        surprise the_projected_tier_is_that_at_the_expiry,
        detail a_tier_may_expire_with_the_year_of_the_membership,
        detail a_tier_may_expire_with_the_cycle_of_the_program,
        detail a_tier_may_expire_with_an_attribute,
    }
}

async fn tiers_that_never_expire_follow_the_points(worlds: Worlds) {
    let world = bought(worlds, program(), &["TEN", "HUNDRED"]).await;
    let before = tier(&world).await;

    world.put("SPEND", seed::bought("SPEND")).await;

    assert_eq!((before, tier_name(&world).await.as_str()), (("silver".into(), None), "bronze"));
}

async fn a_tier_falls_only_when_it_expires(worlds: Worlds) {
    let world = bought(worlds, expiring(), &["TEN", "HUNDRED", "SPEND"]).await;

    let before = tier_name(&world).await;
    world.clock().advance(Duration::from_secs(10 * 86_400 - 1));
    let last = tier_name(&world).await;
    world.clock().advance(Duration::from_secs(1));

    assert_eq!((before.as_str(), last.as_str()), ("silver", "silver"));
    assert_eq!(tier(&world).await, ("bronze".into(), Some("2026-01-21T00:00:00Z".into())));
}

async fn a_tier_is_kept_when_the_points_suffice(worlds: Worlds) {
    let world = bought(worlds, expiring(), &["HUNDRED"]).await;

    world.clock().advance(25 * DAY);

    let tier = tier_of(&world.balance(PROGRAM, "anna").await).expect("silver");
    assert_eq!((tier.name.as_str(), tier.start_date), ("silver", Some(at("2026-01-01T00:00:00Z"))));
    assert_eq!(tier.expiry_date, Some(at("2026-01-31T00:00:00Z")));
}

async fn a_downgrade_may_go_one_tier_down(worlds: Worlds) {
    let program = LoyaltyProgram { tiers_downgrade_policy: DowngradePolicy::OneDown, ..expiring() };
    let world = bought(worlds, program, &["TEN", "SHORT"]).await;
    let mut names = vec![tier_name(&world).await];

    for _ in 0..2 {
        world.clock().advance(10 * DAY);
        names.push(tier_name(&world).await);
    }

    assert_eq!(names, ["gold", "silver", "bronze"]);
}

async fn a_downgrade_may_follow_the_balance(worlds: Worlds) {
    let world = bought(worlds, expiring(), &["TEN", "SHORT"]).await;

    world.clock().advance(10 * DAY);

    assert_eq!(tier_name(&world).await, "bronze");
}

async fn the_projected_tier_is_that_at_the_expiry(worlds: Worlds) {
    let world = bought(worlds, expiring(), &["TEN", "SHORT"]).await;
    let request = GetLoyaltyBalances::new(PROGRAM, "anna").include_projected_tier(true);

    let balance = world.balances(request).await.balance.expect("the main ledger");

    let expected = ProjectedTier {
        projected_active_points: 10.into(),
        stay_in_tier_points: Some(990.into()),
        projected_tier_name: Some("bronze".into()),
    };
    assert_eq!((balance.projected_tier, balance.current_tier), (Some(expected), None));
}

/// The expiry of the tier of Anna, who joined on June 1.
async fn expiry(worlds: Worlds, program: LoyaltyProgram) -> Option<String> {
    let join = LoyaltyJoin {
        join_date: Some(at("2025-06-01T00:00:00Z")),
        ..LoyaltyJoin::new(PROGRAM, "anna")
    };
    let seed = Seed::new()
        .profile("anna", Attributes::new().with("Review", "2026-04-01T00:00:00Z"))
        .loyalty_program(program)
        .join(join)
        .ledger_entry(LedgerEntry::new(PROGRAM, "anna", 100));
    tier(&worlds.with(seed).await).await.1
}

async fn a_tier_may_expire_with_the_year_of_the_membership(worlds: Worlds) {
    let program = LoyaltyProgram {
        tiers_expiration_policy: TierExpirationPolicy::ProgramJoinDate,
        tiers_expire_in: Some("1Y".parse().expect("a duration")),
        ..program()
    };

    assert_eq!(expiry(worlds, program).await.as_deref(), Some("2026-06-01T00:00:00Z"));
}

async fn a_tier_may_expire_with_the_cycle_of_the_program(worlds: Worlds) {
    let program = LoyaltyProgram {
        tiers_expiration_policy: TierExpirationPolicy::AbsoluteExpiration,
        tier_cycle_start_date: Some(at("2025-01-31T00:00:00Z")),
        tiers_expire_in: Some("1M".parse().expect("a duration")),
        ..program()
    };

    assert_eq!(expiry(worlds, program).await.as_deref(), Some("2026-01-31T00:00:00Z"));
}

async fn a_tier_may_expire_with_an_attribute(worlds: Worlds) {
    let program = LoyaltyProgram {
        tiers_expiration_policy: TierExpirationPolicy::CustomerAttribute,
        tiers_expiration_attribute: Some("Review".into()),
        ..program()
    };

    assert_eq!(expiry(worlds, program).await.as_deref(), Some("2026-04-01T00:00:00Z"));
}
