//! Bookings that are reverted in part.

use std::sync::Arc;

use talon_core::effect::{Effect, EffectKind, RollbackCoupon, RollbackDiscount};
use talon_core::model::{CartItem, LimitAction, LimitConfig, NewCustomerSessionV2, SessionState};
use talon_core::{Amount, SessionId};

use super::booking::{RemainingLimits, cancel, revert};
use super::lifecycle::{Update, update};
use super::outcome::EvaluationOptions;
use crate::rules::{Condition, Discount, ItemFilter, Reward, Rule};
use crate::state::{BudgetKey, State, StoredSession, Transaction};
use crate::world::{Campaign, Coupon, World};

/// 5 off every unit of the cart, with a coupon that limits its discounts and a campaign that limits
/// sum, number and redemptions.
fn state() -> State {
    let rule = Rule::new("5 off")
        .when(Condition::coupon_valid())
        .then(Reward::set_discount_per_item("5 off", Discount::amount(5), ItemFilter::default()));
    let limit = |action| LimitConfig { action, limit: 100.into(), ..LimitConfig::default() };
    let campaign = Campaign::new("Five")
        .coupon(Coupon::new("FIVEOFF").discount_limit(100))
        .limit(limit(LimitAction::SetDiscount))
        .limit(limit(LimitAction::SetDiscountEffect))
        .limit(limit(LimitAction::RedeemCoupon))
        .rule(rule);
    State::load(&Arc::new(World::new().campaign(campaign)))
}

/// A closed session of anna: shoes for 60, and two shirts for 20 each.
fn closed(state: &State) -> (Transaction<'_>, StoredSession) {
    let mut tx = Transaction::new(state);
    let items = [("shoes", 1, 60), ("shirt", 2, 20)].map(|(sku, quantity, price)| CartItem {
        price: Some(price.into()),
        ..CartItem::new(sku, quantity)
    });
    let session = NewCustomerSessionV2 {
        profile_id: Some("anna".into()),
        coupon_codes: Some(vec!["FIVEOFF".into()]),
        cart_items: Some(items.into()),
        state: Some(SessionState::Closed),
        ..NewCustomerSessionV2::default()
    };
    let id = SessionId::from("cart-1");
    let close = Update {
        id: &id,
        session: &session,
        prefix: "",
        own_total: None,
        ignores_stored: false,
        options: EvaluationOptions::default(),
    };
    update(&mut tx, &close).expect("the session closes");
    let stored = tx.take_session(&id).expect("the session is stored");
    (tx, stored)
}

/// Whether an effect belongs to one unit of one item.
fn of_unit(position: i64, unit: i64) -> impl Fn(&Effect) -> bool {
    move |effect| match &effect.kind {
        EffectKind::SetDiscountPerItem(discount) => {
            (discount.position, discount.sub_position) == (position, Some(unit))
        }
        _ => false,
    }
}

fn rollback(position: i64, unit: i64) -> EffectKind {
    RollbackDiscount {
        name: format!("5 off#{position}"),
        value: 5.into(),
        cart_item_position: Some(position),
        cart_item_sub_position: Some(unit),
        ..RollbackDiscount::default()
    }
    .into()
}

fn kinds(effects: Vec<Effect>) -> Vec<EffectKind> {
    effects.into_iter().map(|effect| effect.kind).collect()
}

/// What is used of the three limits: sum, number, redemptions.
fn used(tx: &Transaction<'_>) -> [Amount; 3] {
    [0, 1, 2].map(|limit| tx.budget(&BudgetKey::new(1.into(), limit, &[], None)))
}

fn amounts(amounts: [i64; 3]) -> [Amount; 3] {
    amounts.map(Amount::from)
}

/// Redemptions of coupons, sum and number of discounts that the campaign counts.
fn counts(tx: &Transaction<'_>) -> (i64, Amount, i64) {
    let counts = tx.counts(1.into());
    (counts.coupon_redemptions, counts.discount, counts.discount_effects)
}

#[test]
fn one_unit_is_reverted_and_the_others_stay() {
    let state = state();
    let (mut tx, mut stored) = closed(&state);
    assert_eq!(used(&tx), amounts([15, 3, 1]));
    assert_eq!(counts(&tx), (1, 15.into(), 3));

    let effects = revert(&mut tx, &mut stored, RemainingLimits::Keep, of_unit(1, 0));

    assert_eq!(kinds(effects), [rollback(1, 0)]);
    assert_eq!(used(&tx), amounts([10, 2, 1]));
    assert_eq!(counts(&tx), (1, 10.into(), 2));
    let coupon = &tx.coupon(&"FIVEOFF".into()).expect("the coupon").coupon;
    assert_eq!(coupon.usage_counter, 1);
    let discounts = (coupon.discount_counter, coupon.discount_remainder);
    assert_eq!(discounts, (Some(10.into()), Some(90.into())));
    let profile = &tx.profile(&"anna".into()).expect("the profile").profile;
    assert_eq!((profile.closed_sessions, profile.total_sales), (1, 100.into()));
    let left = stored
        .bookings
        .iter()
        .filter(|booking| matches!(booking.effect.kind, EffectKind::SetDiscountPerItem(_)));
    assert_eq!(left.count(), 2);
}

#[test]
fn a_unit_is_reverted_once() {
    let state = state();
    let (mut tx, mut stored) = closed(&state);
    revert(&mut tx, &mut stored, RemainingLimits::Keep, of_unit(1, 0));

    let effects = revert(&mut tx, &mut stored, RemainingLimits::Keep, of_unit(1, 0));

    assert_eq!(effects, []);
    assert_eq!(used(&tx), amounts([10, 2, 1]));
}

#[test]
fn a_cancellation_reverts_what_a_return_left() {
    let state = state();
    let (mut tx, mut stored) = closed(&state);
    revert(&mut tx, &mut stored, RemainingLimits::Keep, of_unit(1, 0));

    let effects = cancel(&mut tx, &mut stored, RemainingLimits::Release);

    let coupon = RollbackCoupon { value: "FIVEOFF".into() }.into();
    assert_eq!(kinds(effects), [coupon, rollback(0, 0), rollback(1, 1)]);
    assert_eq!(used(&tx), amounts([0, 0, 0]));
    assert_eq!(counts(&tx), (0, 0.into(), 0));
    let coupon = &tx.coupon(&"FIVEOFF".into()).expect("the coupon").coupon;
    assert_eq!((coupon.usage_counter, coupon.discount_counter), (0, Some(0.into())));
    let profile = &tx.profile(&"anna".into()).expect("the profile").profile;
    assert_eq!((profile.closed_sessions, profile.total_sales), (0, 0.into()));
    assert_eq!(stored.bookings, []);
}
