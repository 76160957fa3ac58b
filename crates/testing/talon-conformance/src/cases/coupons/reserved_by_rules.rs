//! Coupons that rules reserve.

use talon_core::effect::ReserveCoupon;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_rule_reserves_a_coupon,
        surprise a_reservation_is_new_only_once,
        detail a_limit_of_reservations_is_enforced,
        detail a_reservation_by_request_is_not_new_to_a_rule,
        surprise an_open_session_reserves,
        surprise a_cancellation_keeps_the_reservation,
        detail an_anonymous_customer_reserves_nothing,
        detail an_unknown_coupon_is_not_reserved,
        detail a_reserved_coupon_may_be_redeemed_afterwards,
    }
}

const CODE: &str = "FOR-LATER";

/// Shoes reserve a coupon that requires a reservation.
fn reserving() -> Seed {
    let shoes = Condition::AnyItem(ItemFilter::sku("SKU-1"));
    let rule = Rule::new("Reserve").when(shoes).then(Reward::ReserveCoupon(CODE.into()));
    let coupon = seed::Coupon::new(CODE).mandatory_reservation();
    seed::of(seed::summer_campaign().coupon(coupon).rule(rule))
}

fn reserved(is_new_reservation: bool) -> EffectKind {
    let profile_integration_id = "anna".into();
    ReserveCoupon { coupon_value: CODE.into(), profile_integration_id, is_new_reservation }.into()
}

fn shoes() -> NewCustomerSessionV2 {
    cart(100).profile("anna")
}

async fn holders(world: &World) -> i64 {
    let request = GetReservedCustomers::new(CODE);
    let reply = world.api.get_reserved_customers(request).await.expect("the coupon is there");
    reply.total_result_size
}

async fn a_rule_reserves_a_coupon(worlds: Worlds) {
    let world = worlds.with(reserving()).await;

    let reply = world.put("cart-1", shoes()).await;

    assert_eq!(reply.kinds(), [&reserved(true)]);
    assert_eq!(holders(&world).await, 1);
    let coupon = world.probe().coupon(CODE).expect("seeded");
    assert_eq!(coupon.reservation_counter, Some(1.into()));
}

async fn a_reservation_is_new_only_once(worlds: Worlds) {
    let world = worlds.with(reserving()).await;
    world.put("cart-1", shoes()).await;

    let reply = world.put("cart-1", shoes()).await;

    assert_eq!(reply.kinds(), [&reserved(false)]);
    assert_eq!(holders(&world).await, 1);
}

async fn a_reservation_by_request_is_not_new_to_a_rule(worlds: Worlds) {
    let world = worlds.with(reserving()).await;
    world.reserve(CODE, &["anna"]).await;

    let reply = world.put("cart-1", shoes()).await;

    assert_eq!(reply.kinds(), [&reserved(false)]);
}

async fn an_open_session_reserves(worlds: Worlds) {
    let world = worlds.with(reserving()).await;

    let dry = world.try_out("cart-1", shoes()).await;
    let before = holders(&world).await;
    world.put("cart-1", shoes()).await;

    assert_eq!(dry.kinds(), [&reserved(true)]);
    assert_eq!((before, holders(&world).await), (0, 1));
}

async fn a_cancellation_keeps_the_reservation(worlds: Worlds) {
    let world = worlds.with(reserving()).await;
    world.put("cart-1", shoes().state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(holders(&world).await, 1);
}

async fn an_anonymous_customer_reserves_nothing(worlds: Worlds) {
    let world = worlds.with(reserving()).await;

    assert!(!world.fires("cart-1", cart(100)).await);
    assert_eq!(holders(&world).await, 0);
}

async fn an_unknown_coupon_is_not_reserved(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::ReserveCoupon("NOBODY".into()))).await;

    assert!(!world.fires("cart-1", shoes()).await);
}

async fn a_reserved_coupon_may_be_redeemed_afterwards(worlds: Worlds) {
    let world = worlds.with(reserving()).await;
    let socks = NewCustomerSessionV2::default().cart_items([CartItem::new("SOCK", 1).price(10)]);
    let socks = || socks.clone().profile("anna").coupon_codes([CODE]);
    let before = world.put("cart-1", socks()).await;
    world.put("cart-2", shoes()).await;

    let after = world.put("cart-1", socks()).await;

    assert_eq!(before.coupon_rejection(), CouponRejection::CouponReservationRequired);
    assert_eq!(after.accepted(), [CODE]);
}

async fn a_limit_of_reservations_is_enforced(worlds: Worlds) {
    let limit = seed::limit("reserveCoupon".into(), 1, &[]);
    let campaign = reserving().campaigns.remove(0).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;

    let first = world.put("cart-1", shoes()).await;
    let again = world.put("cart-2", shoes()).await;
    let other = world.put("cart-3", shoes().profile("bert")).await;

    assert_eq!((first.kinds(), again.kinds()), (vec![&reserved(true)], vec![&reserved(false)]));
    assert!(other.effects.is_empty());
    assert_eq!(holders(&world).await, 1);
}
