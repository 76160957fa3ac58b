//! Concurrent callers.

use std::sync::Arc;

use talon_core::IntegrationApi;
use tokio::task::JoinSet;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise a_coupon_is_never_redeemed_past_its_limit,
        surprise in_process_and_remote_callers_share_one_limit,
        detail every_closed_session_is_counted,
    }
    "updateCustomerSession" {
        detail a_session_is_closed_once,
    }
    "createReferral" {
        detail every_created_code_is_different,
    }
    "returnCartItems" {
        surprise no_more_units_come_back_than_were_bought,
        detail a_return_and_a_reopening_exclude_each_other,
    }
    "reopenCustomerSession" {
        detail a_session_is_reopened_once,
    }
}

const CALLERS: usize = 64;

fn ten_times() -> Seed {
    seed::coupon(seed::Coupon::new("SUMMER10").usage_limit(10))
}

/// Closes a session with the coupon; returns whether the coupon was accepted.
async fn redeem(api: Arc<dyn IntegrationApi>, caller: usize) -> bool {
    let session = cart(100).coupon_codes(["SUMMER10"]).state(SessionState::Closed);
    let request = UpdateCustomerSessionV2::new(format!("cart-{caller}"), session);
    let reply = api.update_customer_session_v2(request).await.expect("a session of its own");
    reply.accepted() == ["SUMMER10"]
}

async fn count(redemptions: JoinSet<bool>) -> usize {
    redemptions.join_all().await.into_iter().filter(|accepted| *accepted).count()
}

async fn a_coupon_is_never_redeemed_past_its_limit(worlds: Worlds) {
    let world = worlds.with(ten_times()).await;

    let callers = (0..CALLERS).map(|caller| redeem(world.api.clone(), caller));
    let redeemed = count(callers.collect()).await;

    assert_eq!(redeemed, 10);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 10);
}

async fn in_process_and_remote_callers_share_one_limit(worlds: Worlds) {
    let world = worlds.with(ten_times()).await;
    let apis = [world.api.clone(), world.probe().api()];

    let callers = (0..CALLERS).map(|caller| redeem(apis[caller % 2].clone(), caller));
    let redeemed = count(callers.collect()).await;

    assert_eq!(redeemed, 10);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 10);
}

async fn every_closed_session_is_counted(worlds: Worlds) {
    let world = worlds.empty().await;

    let sessions: JoinSet<_> = (0..CALLERS)
        .map(|caller| {
            let world = world.clone();
            async move {
                let paid = cart(1).profile("anna").state(SessionState::Closed);
                world.put(&format!("cart-{caller}"), paid).await.session().first_session
            }
        })
        .collect();
    let first = count(sessions).await;

    let profile = world.probe().profile("anna").expect("created");
    assert_eq!((profile.closed_sessions, profile.total_sales), (64, 64.into()));
    assert_eq!(first, 1);
}

async fn a_session_is_closed_once(worlds: Worlds) {
    let world = worlds.empty().await;

    let attempts: JoinSet<_> = (0..CALLERS)
        .map(|_| {
            let api = world.api.clone();
            let session = NewCustomerSession::default().profile("anna").state(SessionState::Closed);
            let request = UpdateCustomerSession::new("cart-1", session);
            async move { api.update_customer_session(request).await.is_ok() }
        })
        .collect();
    let closed = count(attempts).await;

    assert_eq!(closed, 1);
    assert_eq!(world.probe().profile("anna").expect("created").closed_sessions, 1);
}

async fn every_created_code_is_different(worlds: Worlds) {
    let world = worlds.with(seed::of(seed::friends_campaign())).await;

    let orders: JoinSet<_> = (0..CALLERS)
        .map(|_| {
            let api = world.api.clone();
            let request = CreateReferral::new(NewReferral::new(seed::CAMPAIGN, "anna"));
            async move { api.create_referral(request).await.expect("created").code }
        })
        .collect();
    let codes = orders.join_all().await;

    let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
    assert_eq!(distinct.len(), CALLERS);
}

/// Pays for ten shirts of 20, each of them 5 off.
async fn ten_shirts(worlds: Worlds) -> World {
    let world = worlds.with(seed::of(seed::five_off_each())).await;
    let shirts = closed().profile("anna").cart_items([CartItem::new("SHIRT", 10).price(20)]);
    world.put("cart-1", shirts).await;
    world
}

/// Returns one unit of the session; nothing where that is refused.
async fn give_back_one(api: Arc<dyn IntegrationApi>) -> Option<IntegrationStateV2> {
    let one = [ReturnedCartItem::at(0).quantity(1)];
    api.return_cart_items(returning("cart-1", one)).await.ok()
}

/// Opens the session again; nothing where that is refused.
async fn reopen(api: Arc<dyn IntegrationApi>) -> Option<ReopenedSession> {
    api.reopen_customer_session(ReopenCustomerSession::new("cart-1")).await.ok()
}

async fn no_more_units_come_back_than_were_bought(worlds: Worlds) {
    let world = ten_shirts(worlds).await;

    let callers: JoinSet<_> = (0..CALLERS).map(|_| give_back_one(world.api.clone())).collect();
    let returns: Vec<_> = callers.join_all().await.into_iter().flatten().collect();

    let mut units: Vec<_> = returns
        .iter()
        .map(|reply| match reply.kinds()[..] {
            [EffectKind::RollbackDiscount(undone)] => undone.cart_item_sub_position,
            _ => panic!("{:?}", reply.effects),
        })
        .collect();
    units.sort_unstable();
    assert_eq!(units, (0..10).map(Some).collect::<Vec<_>>());
    let mut previous: Vec<_> =
        returns.iter().map(|reply| reply.previous_returns.as_ref().map(Vec::len)).collect();
    previous.sort_unstable();
    assert_eq!(previous, (0..10).map(Some).collect::<Vec<_>>());
    assert_eq!(world.probe().profile("anna").expect("created").total_sales, Amount::ZERO);
    assert_eq!(world.read("cart-1").await.effects, Some(Vec::new()));
}

async fn a_return_and_a_reopening_exclude_each_other(worlds: Worlds) {
    let world = ten_shirts(worlds).await;

    let (mut returning, mut reopening) = (JoinSet::new(), JoinSet::new());
    for _ in 0..CALLERS / 2 {
        returning.spawn(give_back_one(world.api.clone()));
        reopening.spawn(reopen(world.api.clone()));
    }
    let returned = returning.join_all().await.into_iter().flatten().count();
    let reopened = reopening.join_all().await.into_iter().flatten().count();

    let session = world.read("cart-1").await.customer_session.expect("always returned");
    let anna = world.probe().profile("anna").expect("created");
    let left = (session.state, anna.closed_sessions, anna.total_sales);
    if reopened == 0 {
        assert_eq!(returned, 10);
        assert_eq!(left, (SessionState::PartiallyReturned, 1, Amount::ZERO));
    } else {
        assert_eq!((returned, reopened), (0, 1));
        assert_eq!(left, (SessionState::Open, 0, Amount::ZERO));
    }
}

async fn a_session_is_reopened_once(worlds: Worlds) {
    let world = worlds.with(ten_times()).await;
    assert!(redeem(world.api.clone(), 1).await);

    let callers: JoinSet<_> = (0..CALLERS).map(|_| reopen(world.api.clone())).collect();
    let reopened: Vec<_> = callers.join_all().await.into_iter().flatten().collect();

    let types: Vec<_> = reopened.iter().map(ReadEffects::types).collect();
    assert_eq!(types, [["rollbackCoupon", "rollbackDiscount"]]);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
}
