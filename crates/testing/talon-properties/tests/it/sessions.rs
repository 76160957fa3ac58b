//! Updates of sessions and profiles.

use proptest::arbitrary::any;
use proptest::collection::vec;
use proptest::option;
use proptest::sample::select;
use proptest::strategy::Strategy;
use talon_core::api::Call;
use talon_core::model::CustomerSessionV2;
use talon_core::prelude::*;
use talon_fake::{Fake, World};
use talon_samples::immediate;

use crate::attributes::{attributes, merged};
use crate::runner::holds_for_every;

const CASES: u32 = 48;

/// Codes of the demo world, and an unknown one.
const CODES: &[&str] = &["SUMMER10", "WELCOME5", "LIMITED1", "EXPIRED", "SUMMER25%OFF", "NONE"];

const REFERRALS: &[&str] = &["", "FRIEND-0000"];

const STORES: &[&str] = &["store-1", "store-2"];

const CARDS: &[&str] = &["card-0001", "card-0002"];

/// One profile: the customer of a session cannot change.
const PROFILES: &[&str] = &["", "anna"];

/// Any update of an open session that the demo world accepts.
fn update() -> impl Strategy<Value = NewCustomerSessionV2> {
    let profile = option::of(select(PROFILES).prop_map(ProfileId::from));
    let items = option::of(vec(item(), 0..=3));
    let codes = option::of(vec(select(CODES).prop_map(CouponCode::from), 0..=3));
    let referral = option::of(select(REFERRALS).prop_map(ReferralCode::from));
    let store = option::of(select(STORES).prop_map(ToOwned::to_owned));
    let cards = option::of(vec(select(CARDS).prop_map(ToOwned::to_owned), 0..=1));
    let place = (profile, store, cards);
    (any::<NewCustomerSessionV2>(), place, items, codes, referral).prop_map(
        |(session, place, cart_items, coupon_codes, referral_code)| NewCustomerSessionV2 {
            profile_id: place.0,
            store_integration_id: place.1,
            loyalty_cards: place.2,
            cart_items,
            coupon_codes,
            referral_code,
            state: session.state.map(|_| SessionState::Open),
            evaluable_campaign_ids: None,
            ..session
        },
    )
}

fn item() -> impl Strategy<Value = CartItem> {
    (any::<CartItem>(), 1..=9_i64).prop_map(|(mut item, quantity)| {
        if let Some(adjustment) = &mut item.adjustment {
            adjustment.point_payment = adjustment.point_payment.max(1);
            adjustment.remaining_price =
                adjustment.remaining_price.map(|price| price.max(0.into()));
        }
        CartItem { quantity, sku: format!("SKU-{}", item.sku), ..item }
    })
}

/// Splits the members of an update into two updates: those with `true` go to the first.
macro_rules! split {
    ($update:ident by $mask:ident { $( $member:ident ),+ $(,)? }) => {{
        let mut mask = $mask.into_iter().cycle();
        let (mut first, mut second) = (NewCustomerSessionV2::default(), NewCustomerSessionV2::default());
        $(
            let part = if mask.next() == Some(true) { &mut first } else { &mut second };
            part.$member = $update.$member.clone();
        )+
        (first, second)
    }};
}

/// An update, and its members split into two updates.
fn split_update() -> impl Strategy<Value = [NewCustomerSessionV2; 3]> {
    (update(), vec(any::<bool>(), 11)).prop_map(|(update, mask)| {
        let (first, second) = split!(update by mask {
            profile_id, store_integration_id, coupon_codes, referral_code, loyalty_cards, state,
            cart_items, experiment_variant_allocations, additional_costs, identifiers, attributes,
        });
        [update, first, second]
    })
}

fn call<O: Call>(fake: &Fake, request: O) -> O::Reply {
    immediate(request.call(fake)).expect("the request is valid")
}

/// The session after these updates.
fn after(updates: &[&NewCustomerSessionV2]) -> CustomerSessionV2 {
    let fake = Fake::new(World::demo()).expect("the demo world is valid");
    for update in updates {
        call(&fake, UpdateCustomerSessionV2::new("cart-1", (*update).clone()));
    }
    let session = fake.session("cart-1").expect("it was updated");
    assert_eq!(session.update_count, i64::try_from(updates.len()).ok());
    CustomerSessionV2 { update_count: None, ..session }
}

#[test]
fn an_update_applied_twice_is_applied_once() {
    holds_for_every(CASES, (update(), update()), |(old, new)| {
        assert_eq!(after(&[&old, &new, &new]), after(&[&old, &new]));
    });
}

#[test]
fn updates_of_different_members_commute() {
    holds_for_every(CASES, (update(), split_update()), |(old, [whole, first, second])| {
        let at_once = after(&[&old, &whole]);
        assert_eq!(after(&[&old, &first, &second]), at_once);
        assert_eq!(after(&[&old, &second, &first]), at_once);
    });
}

#[test]
fn an_empty_update_changes_nothing() {
    holds_for_every(CASES, update(), |session| {
        let empty = NewCustomerSessionV2::default();
        assert_eq!(after(&[&session, &empty]), after(&[&session]));
    });
}

#[test]
fn attributes_are_merged() {
    let fake = Fake::new(World::new()).expect("an empty world is valid");
    holds_for_every(CASES, (attributes(), attributes()), |(old, new)| {
        fake.reset();
        for attributes in [&old, &new] {
            let session = NewCustomerSessionV2::default().attributes(attributes.clone());
            call(&fake, UpdateCustomerSessionV2::new("cart-1", session));
            let profile = NewCustomerProfile::default().attributes(attributes.clone());
            call(&fake, UpdateCustomerProfileV2::new("anna", profile));
        }

        let expected = merged(merged(Attributes::new(), &old), &new);
        assert_eq!(fake.session("cart-1").map(|stored| stored.attributes), Some(expected.clone()));
        assert_eq!(fake.profile("anna").map(|stored| stored.attributes), Some(expected));
    });
}
