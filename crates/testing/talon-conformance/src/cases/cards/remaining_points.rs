//! What is left of the points of a card. BEHAVIOUR-today 7.7, 7.9.

use std::time::Duration;

use talon_fake::rules::{Pending, Points, Validity};
use talon_fake::world::LedgerEntry;

use super::{PROGRAM, bought, card, parameter, with_card};
use crate::prelude::*;

cases! {
    "getLoyaltyCardPoints" {
        success points_are_listed_in_full,
        surprise points_name_the_profile_of_their_session,
        surprise only_the_rest_of_points_is_listed,
        surprise points_that_are_used_up_are_left_out,
        detail pending_and_expired_points_are_listed_by_their_status,
        surprise points_that_await_activation_are_pending,
        detail points_are_sorted_by_their_start_and_their_expiry,
        detail points_of_subledgers_sessions_and_transactions_are_listed,
        detail pages_of_points_follow_each_other,
        refused(400) an_unknown_order_is_refused,
        refused(400) an_unknown_status_of_points_is_refused,
        refused(400) a_page_of_points_of_another_size_is_refused,
        refused(400) a_program_of_profiles_has_no_card_points,
        refused(404) points_of_an_unknown_card_are_refused,
        refused(404) points_in_an_unknown_program_are_refused,
    }
    "activateLoyaltyPoints" {
        detail points_of_a_card_are_activated,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Rewards by the item of a session: points that are active, that are pending, that expire, that
/// await activation, stars, and a deduction.
fn club() -> Seed {
    let add = Reward::AddLoyaltyPoints;
    let pending = Points { pending: Some(Pending::days(2)), ..seed::points(PROGRAM, 20) };
    let expiring = Points { validity: Some(Validity::days(3)), ..seed::points(PROGRAM, 10) };
    let later = Points { pending: Some(Pending::OnAction), ..seed::points(PROGRAM, 9) };
    let stars = Points { sub_ledger_id: "stars".into(), ..seed::points(PROGRAM, 7) };
    let rewards = [
        ("ACTIVE", add(Points { name: "Thanks".into(), ..seed::points(PROGRAM, 50) })),
        ("PENDING", add(pending)),
        ("EXPIRING", add(expiring)),
        ("LATER", add(later)),
        ("STARS", add(stars)),
        ("SPEND", Reward::deduct_loyalty_points(PROGRAM, 15)),
    ];
    let campaign = rewards.into_iter().fold(Campaign::new("Club"), |campaign, (sku, reward)| {
        campaign.rule(seed::rule_for_item(sku, reward))
    });
    with_card(card("family-1", &["anna", "ben"])).campaign(campaign)
}

/// A world in which these items were bought, one session after another.
async fn after(worlds: &Worlds, skus: &[&str]) -> World {
    let world = worlds.with(club()).await;
    for sku in skus {
        world.buy_with_card(sku).await;
    }
    world
}

fn request() -> GetLoyaltyCardPoints {
    GetLoyaltyCardPoints::new(PROGRAM, "family-1")
}

async fn list(world: &World, request: GetLoyaltyCardPoints) -> Vec<LoyaltyPoints> {
    let page = world.api.get_loyalty_card_points(request).await.expect("a known card");
    assert!(!page.has_more);
    page.data
}

async fn amounts(world: &World, request: GetLoyaltyCardPoints) -> Vec<Amount> {
    list(world, request).await.iter().map(|points| points.amount).collect()
}

async fn refused(worlds: Worlds, seed: Seed, request: GetLoyaltyCardPoints) -> ApiError {
    let world = worlds.with(seed).await;
    refusal(world.api.get_loyalty_card_points(request).await)
}

async fn points_are_listed_in_full(worlds: Worlds) {
    let world = after(&worlds, &["ACTIVE"]).await;
    let log = GetLoyaltyCardTransactions::new(PROGRAM, "family-1");
    let log = world.api.get_loyalty_card_transactions(log).await.expect("a known card").data;

    let [points] = &list(&world, request()).await[..] else { panic!("one batch") };

    let expected = LoyaltyPoints {
        id: log[0].id,
        transaction_uuid: log[0].transaction_uuid.clone(),
        created: world.clock().now(),
        program_id: PROGRAM.into(),
        customer_profile_id: Some("anna".into()),
        customer_session_id: Some("ACTIVE".into()),
        name: "Thanks".into(),
        start_date: PointsStartDate::Immediate,
        expiry_date: PointsExpiryDate::Unlimited,
        subledger_id: String::new(),
        amount: 50.into(),
        validity_duration: None,
    };
    assert_eq!(points, &expected);
}

async fn points_name_the_profile_of_their_session(worlds: Worlds) {
    let entry = LedgerEntry::of_card(PROGRAM, "family-1", 1);
    let world = worlds.with(club().ledger_entry(entry)).await;
    for (id, profile) in [("cart-1", "ben"), ("cart-2", "")] {
        world.put(id, bought("ACTIVE", "family-1").profile(profile)).await;
    }

    let points = list(&world, request()).await;

    let profile =
        |points: &LoyaltyPoints| points.customer_profile_id.as_ref().map(ToString::to_string);
    let profiles: Vec<_> = points.iter().map(profile).collect();
    assert_eq!(profiles, [None, Some("ben".to_owned()), None]);
}

async fn only_the_rest_of_points_is_listed(worlds: Worlds) {
    let world = after(&worlds, &["ACTIVE", "SPEND"]).await;

    assert_eq!(amounts(&world, request()).await, [35.into()]);
}

async fn points_that_are_used_up_are_left_out(worlds: Worlds) {
    let world = after(&worlds, &["EXPIRING", "ACTIVE", "SPEND"]).await;

    assert_eq!(amounts(&world, request()).await, [45.into()]);
}

async fn pending_and_expired_points_are_listed_by_their_status(worlds: Worlds) {
    let world = after(&worlds, &["ACTIVE", "PENDING", "EXPIRING"]).await;
    let of = |status| amounts(&world, request().status(status));

    assert_eq!(of(LoyaltyPointsStatus::Active).await, [50, 10].map(Amount::from));
    assert_eq!(of(LoyaltyPointsStatus::Pending).await, [20.into()]);
    assert_eq!(of(LoyaltyPointsStatus::Expired).await, []);
    world.clock().advance(3 * DAY);
    assert_eq!(of(LoyaltyPointsStatus::Active).await, [50, 20].map(Amount::from));
    assert_eq!(of(LoyaltyPointsStatus::Pending).await, []);
    assert_eq!(of(LoyaltyPointsStatus::Expired).await, [10.into()]);
}

async fn points_that_await_activation_are_pending(worlds: Worlds) {
    let world = after(&worlds, &["LATER"]).await;

    let points = list(&world, request().status(LoyaltyPointsStatus::Pending)).await;

    assert_eq!((points.len(), &points[0].start_date), (1, &PointsStartDate::OnAction));
    assert_eq!(amounts(&world, request()).await, []);
}

async fn points_are_sorted_by_their_start_and_their_expiry(worlds: Worlds) {
    let world = after(&worlds, &["PENDING", "ACTIVE", "EXPIRING"]).await;
    world.clock().advance(2 * DAY);
    let by = |sort: &str| amounts(&world, request().sort(sort.to_owned()));

    let by_start = [50, 10, 20].map(Amount::from);
    assert_eq!(amounts(&world, request()).await, by_start);
    assert_eq!(by("startDate").await, by_start);
    assert_eq!(by("-startDate").await, [20, 10, 50].map(Amount::from));
    assert_eq!(by("expiryDate").await, [10, 20, 50].map(Amount::from));
    assert_eq!(by("-expiryDate").await, [50, 20, 10].map(Amount::from));
}

async fn points_of_subledgers_sessions_and_transactions_are_listed(worlds: Worlds) {
    let world = after(&worlds, &["ACTIVE", "EXPIRING", "STARS"]).await;
    let all = list(&world, request()).await;
    let id = |amount: i64| {
        let points = all.iter().find(|points| points.amount == amount.into());
        points.expect("it is listed").transaction_uuid.clone()
    };

    let of_subledgers = amounts(&world, request().subledger_ids(["stars", "unknown"])).await;
    let of_main = amounts(&world, request().subledger_ids([""])).await;
    let of_sessions = amounts(&world, request().session_ids(["STARS", "EXPIRING"])).await;
    let of_ids = amounts(&world, request().transaction_uuids([id(10), "unknown".into()])).await;
    let of_both = amounts(&world, request().session_ids(["ACTIVE"]).subledger_ids(["stars"])).await;

    assert_eq!(of_subledgers, [7.into()]);
    assert_eq!(of_main, [50, 10].map(Amount::from));
    assert_eq!(of_sessions, [10, 7].map(Amount::from));
    assert_eq!((of_ids, of_both), (vec![10.into()], vec![]));
}

async fn pages_of_points_follow_each_other(worlds: Worlds) {
    let seed = (1..=60).fold(with_card(card("family-1", &[])), |seed, amount| {
        seed.ledger_entry(LedgerEntry::of_card(PROGRAM, "family-1", amount))
    });
    let world = worlds.with(seed).await;
    let page = async |request| {
        let page = world.api.get_loyalty_card_points(request).await.expect("a known card");
        let amounts: Vec<_> = page.data.iter().map(|points| points.amount).collect();
        (amounts, page.has_more)
    };
    let amounts = |range: std::ops::RangeInclusive<i64>| range.map(Amount::from).collect();

    assert_eq!(page(request()).await, (amounts(1..=50), true));
    assert_eq!(page(request().skip(50)).await, (amounts(51..=60), false));
    assert_eq!(page(request().page_size(60)).await, (amounts(1..=60), false));
    assert_eq!(page(request().skip(60)).await, (vec![], false));
}

async fn an_unknown_order_is_refused(worlds: Worlds) {
    for sort in ["created", "+startDate", "startDate,expiryDate"] {
        let request = request().sort(sort.to_owned());
        assert_eq!(parameter(&refused(worlds, club(), request).await), Some("sort"));
    }
}

async fn an_unknown_status_of_points_is_refused(worlds: Worlds) {
    let refusal = refused(worlds, club(), request().status("spent")).await;

    assert_eq!(parameter(&refusal), Some("status"));
}

async fn a_page_of_points_of_another_size_is_refused(worlds: Worlds) {
    for size in [0, 1001] {
        let refusal = refused(worlds, club(), request().page_size(size)).await;
        assert_eq!(parameter(&refusal), Some("pageSize"));
    }
    assert_eq!(parameter(&refused(worlds, club(), request().skip(-1)).await), Some("skip"));
}

async fn a_program_of_profiles_has_no_card_points(worlds: Worlds) {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(PROGRAM));

    let refusal = refused(worlds, seed, request()).await;

    assert_eq!(parameter(&refusal), Some("loyaltyProgramId"));
}

async fn points_of_an_unknown_card_are_refused(worlds: Worlds) {
    let request = GetLoyaltyCardPoints::new(PROGRAM, "family-2");

    assert_eq!(refused(worlds, club(), request).await.status(), 404);
}

async fn points_in_an_unknown_program_are_refused(worlds: Worlds) {
    let request = GetLoyaltyCardPoints::new(7, "family-1");

    assert_eq!(refused(worlds, club(), request).await.status(), 404);
}

async fn points_of_a_card_are_activated(worlds: Worlds) {
    let world = after(&worlds, &["LATER"]).await;
    let before = amounts(&world, request()).await;
    world.clock().advance(DAY);

    let session = LoyaltyPointsActivation::of_session("LATER");
    let entries = world.activate(PROGRAM, session).await;

    let [entry] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!(entry.card_id, Some(world.cards_of("anna").await[0].id));
    assert_eq!(entry.customer_profile_id, Some("anna".into()));
    assert_eq!((entry.amount, entry.start_date), (9.into(), Some(world.clock().now())));
    assert_eq!((before, amounts(&world, request()).await), (vec![], vec![9.into()]));
}
