//! Tiers. BEHAVIOUR-today 7.4, 7.10.

use std::time::Duration;

use talon_core::KnownOrRaw;
use talon_core::effect::ChangeLoyaltyTierLevel;
use talon_fake::rules::{LedgerTier, Pending, Period, Points, Validity};
use talon_fake::world::{LedgerEntry, LoyaltyTier};

use super::PROGRAM;
use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success points_that_reach_a_tier_announce_it,
        surprise an_open_session_announces_a_tier_and_does_not_keep_it,
        detail several_tiers_may_be_reached_at_once,
        surprise pending_points_reach_a_tier_without_an_effect,
        detail a_rule_asks_for_a_tier,
        detail replies_show_the_tier,
        detail each_subledger_has_its_tier,
    }
    "getLoyaltyBalances" {
        success a_balance_has_its_tier_and_the_next,
        surprise the_highest_tier_has_no_next_name,
        surprise below_the_lowest_tier_the_lowest_is_next,
    }
}

pub(super) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Bronze from 10 points, silver from 100 and gold from 1000.
pub(super) fn program() -> LoyaltyProgram {
    seed::program(PROGRAM)
        .tier(LoyaltyTier::new("gold", 1000))
        .tier(LoyaltyTier::new("bronze", 10))
        .tier(LoyaltyTier::new("silver", 100))
}

/// The same, with tiers that last for ten days.
pub(super) fn expiring() -> LoyaltyProgram {
    LoyaltyProgram { tiers_expire_in: Some(Period::days(10)), ..program() }
}

/// Points by the item that gives them; `SPEND` deducts 100, `SHORT` gives 1000 for five days.
fn shop(program: LoyaltyProgram) -> Seed {
    let later = Points { pending: Some(Pending::days(2)), ..seed::points(PROGRAM, 100) };
    let short = Points { validity: Some(Validity::days(5)), ..seed::points(PROGRAM, 1000) };
    let rewards = [
        ("TEN", Reward::add_loyalty_points(PROGRAM, 10)),
        ("HUNDRED", Reward::add_loyalty_points(PROGRAM, 100)),
        ("THOUSAND", Reward::add_loyalty_points(PROGRAM, 1000)),
        ("LATER", Reward::AddLoyaltyPoints(later)),
        ("SHORT", Reward::AddLoyaltyPoints(short)),
        ("SPEND", Reward::deduct_loyalty_points(PROGRAM, 100)),
    ];
    seed::rewards_by_sku(program, &rewards)
}

pub(super) async fn bought(worlds: Worlds, program: LoyaltyProgram, skus: &[&str]) -> World {
    let world = worlds.with(shop(program)).await;
    for (sku, number) in skus.iter().zip(1..) {
        world.put(&format!("cart-{number}"), seed::bought(sku)).await;
    }
    world
}

fn changes(reply: &IntegrationStateV2) -> Vec<ChangeLoyaltyTierLevel> {
    let changes = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::ChangeLoyaltyTierLevel(change) => Some(change.clone()),
        _ => None,
    });
    changes.collect()
}

pub(super) fn tier_of(balance: &LoyaltyBalanceWithTier) -> Option<Tier> {
    let tier = balance.current_tier.as_ref()?;
    Some(tier.known().expect("a tier").clone())
}

/// Name and expiry of the tier of Anna.
pub(super) async fn tier(world: &World) -> (String, Option<String>) {
    let tier = tier_of(&world.balance(PROGRAM, "anna").await).unwrap_or_default();
    (tier.name, tier.expiry_date.map(|expiry| expiry.to_string()))
}

pub(super) async fn tier_name(world: &World) -> String {
    tier(world).await.0
}

async fn points_that_reach_a_tier_announce_it(worlds: Worlds) {
    let world = bought(worlds, expiring(), &["TEN"]).await;

    let reply = world.put("cart-2", seed::bought("HUNDRED")).await;

    assert_eq!(reply.types(), ["addLoyaltyPoints", "changeLoyaltyTierLevel"]);
    let expected = ChangeLoyaltyTierLevel {
        rule_title: "HUNDRED".into(),
        program_id: PROGRAM.into(),
        previous_tier_name: Some("bronze".into()),
        new_tier_name: "silver".into(),
        expiry_date: Some(at("2026-01-11T00:00:00Z")),
        ..ChangeLoyaltyTierLevel::default()
    };
    assert_eq!(changes(&reply), [expected]);
    assert_eq!(tier(&world).await, ("silver".into(), Some("2026-01-11T00:00:00Z".into())));
}

async fn an_open_session_announces_a_tier_and_does_not_keep_it(worlds: Worlds) {
    let world = bought(worlds, program(), &[]).await;

    let open = world.put("cart-1", seed::buying("HUNDRED")).await;
    let before = tier_name(&world).await;
    let closed = world.put("cart-1", closed()).await;

    assert_eq!((changes(&open).len(), before.as_str()), (1, ""));
    assert_eq!(changes(&open)[0].previous_tier_name, None);
    assert_eq!((changes(&closed).len(), tier_name(&world).await.as_str()), (1, "silver"));
}

async fn several_tiers_may_be_reached_at_once(worlds: Worlds) {
    let world = bought(worlds, program(), &[]).await;

    let session = NewCustomerSessionV2::default()
        .profile("anna")
        .cart_items(["TEN", "HUNDRED", "THOUSAND"].map(|sku| CartItem::new(sku, 1).price(1)));
    let reply = world.put("cart-1", session.state(SessionState::Closed)).await;

    let steps = changes(&reply);
    let steps = steps.iter().map(|it| (it.previous_tier_name.as_deref(), &*it.new_tier_name));
    let expected = [(None, "bronze"), (Some("bronze"), "silver"), (Some("silver"), "gold")];
    assert_eq!(steps.collect::<Vec<_>>(), expected);
}

async fn pending_points_reach_a_tier_without_an_effect(worlds: Worlds) {
    let world = bought(worlds, program(), &[]).await;

    let reply = world.put("cart-1", seed::bought("LATER")).await;
    let before = tier_name(&world).await;
    world.clock().advance(3 * DAY);

    assert_eq!((changes(&reply).len(), before.as_str()), (0, ""));
    let tier = tier_of(&world.balance(PROGRAM, "anna").await).expect("silver");
    assert_eq!((tier.name.as_str(), tier.start_date), ("silver", Some(at("2026-01-03T00:00:00Z"))));
}

async fn a_rule_asks_for_a_tier(worlds: Worlds) {
    let condition = Condition::LoyaltyTier(LedgerTier::named(PROGRAM, "silver"));
    let entry = |profile, amount: i64| LedgerEntry::new(PROGRAM, profile, amount);
    let seed = seed::when(condition)
        .loyalty_program(program())
        .ledger_entry(entry("anna", 100))
        .ledger_entry(entry("ben", 99))
        .ledger_entry(entry("cleo", 1000));
    let world = worlds.with(seed).await;

    for (profile, fires) in [("anna", true), ("ben", false), ("cleo", false), ("dora", false)] {
        assert_eq!(world.fires(profile, cart(10).profile(profile)).await, fires, "{profile}");
    }
}

async fn replies_show_the_tier(worlds: Worlds) {
    let world = bought(worlds, program(), &[]).await;

    let reply = world.put("cart-1", seed::bought("HUNDRED")).await;

    let ledger = &reply.loyalty.as_ref().expect("asked for").programs["7"].ledger;
    let balance = world.balance(PROGRAM, "anna").await;
    assert_eq!(ledger.current_tier, balance.current_tier);
    assert_eq!(ledger.points_to_next_tier, Some(900.into()));
    assert_eq!(ledger.next_tier_name, balance.next_tier_name);
}

async fn each_subledger_has_its_tier(worlds: Worlds) {
    let mugs =
        LedgerEntry { subledger_id: "mugs".into(), ..LedgerEntry::new(PROGRAM, "anna", 1000) };
    let seed = Seed::new().loyalty_program(program()).ledger_entry(mugs);
    let world = worlds.with(seed).await;

    let request = GetLoyaltyBalances::new(PROGRAM, "anna").include_tiers(true);
    let balances = world.balances(request).await;

    assert_eq!(tier_of(&balances.balance.expect("the main ledger")), None);
    let tier = tier_of(&balances.subledger_balances.expect("one")["mugs"]).expect("gold");
    assert_eq!(tier.name, "gold");
}

async fn a_balance_has_its_tier_and_the_next(worlds: Worlds) {
    let world = bought(worlds, expiring(), &["HUNDRED"]).await;

    let balance = world.balance(PROGRAM, "anna").await;

    let expected = Tier {
        id: 3,
        name: "silver".into(),
        start_date: Some(at("2026-01-01T00:00:00Z")),
        expiry_date: Some(at("2026-01-11T00:00:00Z")),
        downgrade_policy: Some(TierDowngradePolicy::BalanceBased),
    };
    assert_eq!(tier_of(&balance), Some(expected));
    assert_eq!(balance.points_to_next_tier, Some(900.into()));
    assert_eq!(balance.next_tier_name.as_ref().and_then(|it| it.known()), Some(&"gold".into()));
}

async fn the_highest_tier_has_no_next_name(worlds: Worlds) {
    let world = bought(worlds, program(), &["THOUSAND"]).await;

    let balance = world.balance(PROGRAM, "anna").await;

    assert_eq!(balance.points_to_next_tier, None);
    let Some(KnownOrRaw::Raw(name)) = balance.next_tier_name else { panic!("a null") };
    assert_eq!(name.get(), "null");
}

async fn below_the_lowest_tier_the_lowest_is_next(worlds: Worlds) {
    let seed = shop(program()).profile("anna", Attributes::new());
    let world = worlds.with(seed).await;

    let balance = world.balance(PROGRAM, "anna").await;

    assert_eq!((balance.current_tier, balance.points_to_next_tier), (None, Some(10.into())));
    assert_eq!(balance.next_tier_name.as_ref().and_then(|it| it.known()), Some(&"bronze".into()));
}
