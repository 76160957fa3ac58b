//! Lists of transactions. BEHAVIOUR-today 7.2, 7.5.

use std::time::Duration;

use talon_fake::rules::{Pending, Points, Validity};
use talon_fake::world::LedgerEntry;

use super::{PROGRAM, program};
use crate::prelude::*;

cases! {
    "getLoyaltyProgramProfileTransactions" {
        success a_transaction_has_its_cause_and_its_dates,
        success the_latest_transaction_is_first,
        detail pages_follow_each_other,
        surprise fifty_are_listed_by_default,
        detail a_skip_beyond_the_end_lists_nothing,
        surprise expiry_writes_no_transaction,
        surprise a_rollback_is_a_transaction_of_the_opposite_type,
        refused(400) a_page_of_none_is_refused,
        refused(400) a_page_of_more_than_a_thousand_is_refused,
        refused(400) a_negative_skip_is_refused,
        refused(400) an_unknown_origin_is_refused,
        refused(400) awaiting_no_activation_is_refused,
        refused(404) an_unknown_customer_has_no_transactions,
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn of_anna() -> GetLoyaltyProgramProfileTransactions {
    GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna")
}

/// Anna earns 50 on each of three days, and spends 20 on the fourth.
pub(super) async fn busy(worlds: Worlds) -> World {
    let earn = Points {
        name: "Thanks".into(),
        validity: Some(Validity::days(30)),
        ..seed::points(PROGRAM, 50)
    };
    let rewards = [
        ("EARN", Reward::AddLoyaltyPoints(earn)),
        ("SPEND", Reward::deduct_loyalty_points(PROGRAM, 20)),
    ];
    let world = worlds.with(program(&rewards)).await;
    for (session, sku) in [("c1", "EARN"), ("c2", "EARN"), ("c3", "EARN"), ("c4", "SPEND")] {
        world.put(session, seed::bought(sku)).await;
        world.clock().advance(DAY);
    }
    world
}

/// The sessions of the transactions that are listed.
pub(super) async fn sessions(
    world: &World,
    request: GetLoyaltyProgramProfileTransactions,
) -> Vec<String> {
    let page = world.transactions(request).await;
    let of = |row: &LoyaltyTransaction| row.customer_session_id.clone().unwrap_or_default();
    page.data.iter().map(|row| of(row).to_string()).collect()
}

async fn refused(worlds: Worlds, request: GetLoyaltyProgramProfileTransactions) -> (u16, String) {
    let seed = Seed::new().loyalty_program(seed::program(PROGRAM));
    let world = worlds.with(seed.profile("anna", Attributes::new())).await;
    let refusal = refusal(world.api.get_loyalty_program_profile_transactions(request).await);
    let parameter = refusal.problems()[0].source.parameter.clone();
    (refusal.status().as_u16(), parameter.expect("a parameter"))
}

async fn a_transaction_has_its_cause_and_its_dates(worlds: Worlds) {
    let rewards = [(
        "EARN",
        Reward::AddLoyaltyPoints(Points {
            name: "Thanks".into(),
            sub_ledger_id: "mugs".into(),
            pending: Some(Pending::days(1)),
            validity: Some(Validity::days(30)),
            ..seed::points(PROGRAM, 50)
        }),
    )];
    let world = worlds.with(program(&rewards)).await;
    let session = NewCustomerSessionV2 {
        store_integration_id: Some("berlin-1".into()),
        ..seed::bought("EARN")
    };
    let reply = world.put("cart-1", session).await;

    let page = world.transactions(of_anna()).await;

    let [EffectKind::AddLoyaltyPoints(effect)] = reply.kinds()[..] else {
        panic!("{:?}", reply.effects);
    };
    let [row] = &page.data[..] else { panic!("{page:?}") };
    let expected = LoyaltyTransaction {
        transaction_uuid: effect.transaction_uuid.clone().expect("it is booked"),
        created: world.clock().now(),
        program_id: PROGRAM.into(),
        customer_session_id: Some("cart-1".into()),
        store_integration_id: Some("berlin-1".into()),
        transaction_type: LoyaltyTransactionType::Addition,
        name: "Thanks".into(),
        start_date: at("2026-01-02T00:00:00Z").into(),
        expiry_date: at("2026-02-01T00:00:00Z").into(),
        subledger_id: "mugs".into(),
        amount: 50.into(),
        id: row.id,
        ruleset_id: Some(reply.effects[0].ruleset_id),
        rule_name: Some("EARN".into()),
        ..LoyaltyTransaction::default()
    };
    assert_eq!((row, page.has_more), (&expected, false));
}

async fn the_latest_transaction_is_first(worlds: Worlds) {
    let world = busy(worlds).await;

    let page = world.transactions(of_anna()).await;

    let rows = page.data.iter().map(|row| (row.transaction_type.as_str(), row.amount));
    let addition = ("addition", Amount::from(50));
    let expected = [("subtraction", 20.into()), addition, addition, addition];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    assert_eq!(page.data[0].start_date, PointsStartDate::Immediate);
    assert_eq!(page.data[0].expiry_date, PointsExpiryDate::Unlimited);
}

async fn pages_follow_each_other(worlds: Worlds) {
    let world = busy(worlds).await;
    let page = |size, skip| world.transactions(of_anna().page_size(size).skip(skip));

    let (first, last) = (page(3, 0).await, page(3, 3).await);

    assert_eq!((first.data.len(), first.has_more), (3, true));
    assert_eq!((last.data.len(), last.has_more), (1, false));
    let all = world.transactions(of_anna().page_size(1000)).await;
    assert_eq!([first.data, last.data].concat(), all.data);
}

async fn fifty_are_listed_by_default(worlds: Worlds) {
    let entry = || LedgerEntry::new(PROGRAM, "anna", 1);
    let seed = Seed::new().loyalty_program(seed::program(PROGRAM));
    let world = worlds.with((0..51).fold(seed, |seed, _| seed.ledger_entry(entry()))).await;

    let page = world.transactions(of_anna()).await;

    assert_eq!((page.data.len(), page.has_more), (50, true));
}

async fn a_skip_beyond_the_end_lists_nothing(worlds: Worlds) {
    let world = busy(worlds).await;

    let page = world.transactions(of_anna().skip(i64::MAX)).await;

    assert_eq!((page.data.len(), page.has_more), (0, false));
}

async fn expiry_writes_no_transaction(worlds: Worlds) {
    let world = busy(worlds).await;

    world.clock().advance(60 * DAY);

    assert_eq!(sessions(&world, of_anna()).await, ["c4", "c3", "c2", "c1"]);
}

async fn a_rollback_is_a_transaction_of_the_opposite_type(worlds: Worlds) {
    let world = busy(worlds).await;

    world.put("c4", cancelled()).await;
    world.put("c1", cancelled()).await;

    let rows = world.transactions(of_anna().page_size(2)).await.data;
    let shown = |row: &LoyaltyTransaction| {
        let session = row.customer_session_id.clone().unwrap_or_default();
        (row.transaction_type.clone(), row.amount, session.to_string())
    };
    let expected = [
        (LoyaltyTransactionType::Subtraction, 50.into(), "c1".to_owned()),
        (LoyaltyTransactionType::Addition, 20.into(), "c4".to_owned()),
    ];
    assert_eq!(rows.iter().map(shown).collect::<Vec<_>>(), expected);
}

async fn a_page_of_none_is_refused(worlds: Worlds) {
    assert_eq!(refused(worlds, of_anna().page_size(0)).await, (400, "pageSize".into()));
}

async fn a_page_of_more_than_a_thousand_is_refused(worlds: Worlds) {
    assert_eq!(refused(worlds, of_anna().page_size(1001)).await, (400, "pageSize".into()));
}

async fn a_negative_skip_is_refused(worlds: Worlds) {
    assert_eq!(refused(worlds, of_anna().skip(-1)).await, (400, "skip".into()));
}

async fn an_unknown_origin_is_refused(worlds: Worlds) {
    let request = of_anna().origin("gift");

    assert_eq!(refused(worlds, request).await, (400, "loyaltyTransactionType".into()));
}

async fn awaiting_no_activation_is_refused(worlds: Worlds) {
    let request = of_anna().awaits_activation(false);

    assert_eq!(refused(worlds, request).await, (400, "awaitsActivation".into()));
}

async fn an_unknown_customer_has_no_transactions(worlds: Worlds) {
    let world = worlds.with(Seed::new().loyalty_program(seed::program(PROGRAM))).await;

    let refusal = refusal(world.api.get_loyalty_program_profile_transactions(of_anna()).await);

    assert_eq!(refusal.status(), 404);
}
