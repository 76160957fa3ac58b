//! Limits of sizes: the maximum is accepted, and one more is refused.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        refused(400) a_cart_has_at_most_a_thousand_lines,
        refused(400) a_cart_has_at_most_ten_thousand_units,
        refused(400) characters_of_a_coupon_code,
        refused(400) characters_of_a_referral_code,
        refused(400) identifiers_of_a_session,
        refused(400) loyalty_cards_of_a_session,
        refused(400) characters_of_a_loyalty_card,
        refused(400) characters_of_a_store,
        refused(400) characters_of_a_profile,
        surprise a_hundred_codes_are_accepted,
    }
    "updateCustomerSession" { refused(400) characters_of_a_coupon_code_of_the_first_version, }
    "createCouponReservation" {
        refused(400) profiles_of_a_reservation,
        refused(400) characters_of_a_profile_of_a_reservation,
    }
    "createReferral" {
        refused(400) the_usage_limit_of_a_referral_is_within_bounds,
        refused(400) characters_of_an_advocate_and_a_friend,
    }
    "trackEvent" { refused(400) characters_of_ids_of_an_event, }
}

type Session = NewCustomerSessionV2;

/// Asserts that the first session is accepted, and the second is refused with this problem.
async fn fits(worlds: Worlds, just: Session, beyond: Session, title: &str, pointer: &str) {
    let world = worlds.empty().await;
    world.put("cart-1", just).await;

    let refusal = world.put_refused("cart-2", beyond).await;

    assert_problem(&refusal, title, &format!("/customerSession{pointer}"));
    assert!(world.probe().session("cart-2").is_none());
}

/// Asserts that the refusal has exactly this problem.
#[track_caller]
fn assert_problem(refusal: &ApiError, title: &str, pointer: &str) {
    let [problem] = refusal.problems() else { panic!("{refusal:?}") };
    let found = (problem.title.as_str(), problem.source.pointer.as_deref());
    assert_eq!(found, (title, Some(pointer)));
}

fn of_lines(lines: usize, quantity: i64) -> Session {
    let items = (0..lines).map(|line| CartItem::new(format!("SKU-{line}"), quantity).price(1));
    Session::default().cart_items(items)
}

async fn a_cart_has_at_most_a_thousand_lines(worlds: Worlds) {
    let (just, beyond) = (of_lines(1000, 1), of_lines(1001, 1));
    fits(worlds, just, beyond, "maxItems", "/cartItems").await;
}

async fn a_cart_has_at_most_ten_thousand_units(worlds: Worlds) {
    let (just, beyond) = (of_lines(4, 2500), of_lines(3, 3334));
    fits(worlds, just, beyond, "maximum", "/cartItems").await;
}

async fn characters_of_a_coupon_code(worlds: Worlds) {
    let code = |length| cart(1).coupon_codes(["ONE".to_owned(), "ä".repeat(length)]);
    fits(worlds, code(100), code(101), "maxLength", "/couponCodes/1").await;
}

async fn characters_of_a_referral_code(worlds: Worlds) {
    let code = |length| cart(1).referral_code("é".repeat(length));
    fits(worlds, code(100), code(101), "maxLength", "/referralCode").await;
}

async fn identifiers_of_a_session(worlds: Worlds) {
    let of = |count: usize| {
        let identifiers = (0..count).map(|index| format!("device-{index}")).collect();
        Session { identifiers: Some(identifiers), ..cart(1) }
    };
    fits(worlds, of(5), of(6), "maxItems", "/identifiers").await;
}

fn with_cards(cards: &[&str]) -> Session {
    let cards = cards.iter().copied().map(str::to_owned).collect();
    Session { loyalty_cards: Some(cards), ..cart(1) }
}

async fn loyalty_cards_of_a_session(worlds: Worlds) {
    let (just, beyond) = (with_cards(&["card-1"]), with_cards(&["card-1", "card-2"]));
    fits(worlds, just, beyond, "maxItems", "/loyaltyCards").await;
}

async fn characters_of_a_loyalty_card(worlds: Worlds) {
    let longest = "a".repeat(108);
    for (just, beyond, title) in [
        ("a.%+", "abc".to_owned(), "length"),
        (longest.as_str(), "a".repeat(109), "length"),
        ("A_z-9@", "card 1".to_owned(), "pattern"),
    ] {
        let (just, beyond) = (with_cards(&[just]), with_cards(&[&beyond]));
        fits(worlds, just, beyond, title, "/loyaltyCards/0").await;
    }
}

async fn characters_of_a_store(worlds: Worlds) {
    let of = |store: String| Session { store_integration_id: Some(store), ..cart(1) };
    let pointer = "/storeIntegrationId";
    fits(worlds, of("s".repeat(1000)), of("s".repeat(1001)), "maxLength", pointer).await;
    fits(worlds, of("s".into()), of(String::new()), "minLength", pointer).await;
}

async fn characters_of_a_profile(worlds: Worlds) {
    let of = |length| cart(1).profile("p".repeat(length));
    fits(worlds, of(1000), of(1001), "maxLength", "/profileId").await;
}

async fn a_hundred_codes_are_accepted(worlds: Worlds) {
    let codes: Vec<_> = (0..100).map(|index| format!("CODE-{index}")).collect();
    let campaign = codes.iter().fold(seed::summer_campaign(), |c, code| c.coupon(code.as_str()));
    let world = worlds.with(seed::of(campaign)).await;

    let reply = world.put("cart-1", cart(100).coupon_codes(codes)).await;

    assert_eq!(reply.accepted().len(), 100);
    assert_eq!(reply.discounts().len(), 100);
}

async fn characters_of_a_coupon_code_of_the_first_version(worlds: Worlds) {
    let world = worlds.empty().await;
    let of = |length: usize| NewCustomerSession::default().coupon("c".repeat(length));
    world.put_v1("cart-1", of(100)).await;

    let refusal = world.put_v1_refused("cart-2", of(101)).await;

    assert_problem(&refusal, "maxLength", "/coupon");
}

async fn profiles_of_a_reservation(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    let of = |count: usize| {
        let profiles = CouponReservations::new((0..count).map(|index| format!("profile-{index}")));
        world.api.create_coupon_reservation(CreateCouponReservation::new("SUMMER10", profiles))
    };
    of(1000).await.expect("not too many");

    let refusal = refusal(of(1001).await);

    assert_problem(&refusal, "maxItems", "/integrationIDs");
}

async fn characters_of_a_profile_of_a_reservation(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let profiles = CouponReservations::new(["anna".to_owned(), "p".repeat(1001)]);
    let request = CreateCouponReservation::new("SUMMER10", profiles);
    let refusal = refusal(world.api.create_coupon_reservation(request).await);

    assert_problem(&refusal, "maxLength", "/integrationIDs/1");
}

async fn the_usage_limit_of_a_referral_is_within_bounds(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;
    let of = |limit| {
        let order =
            NewReferral { usage_limit: Some(limit), ..NewReferral::new(seed::CAMPAIGN, "anna") };
        world.api.create_referral(CreateReferral::new(order))
    };
    of(999_999).await.expect("not too many");

    assert_problem(&refusal(of(1_000_000).await), "maximum", "/usageLimit");
    assert_problem(&refusal(of(-1).await), "maximum", "/usageLimit");
}

async fn characters_of_an_advocate_and_a_friend(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;
    let of = |advocate: usize, friend: usize| {
        let friend_profile_integration_id = Some("f".repeat(friend).into());
        let order = NewReferral::new(seed::CAMPAIGN, "a".repeat(advocate));
        let order = NewReferral { friend_profile_integration_id, ..order };
        world.api.create_referral(CreateReferral::new(order))
    };
    of(1000, 1000).await.expect("not too long");

    let (advocate, friend) = (refusal(of(1001, 1).await), refusal(of(1, 1001).await));

    assert_problem(&advocate, "maxLength", "/advocateProfileIntegrationId");
    assert_problem(&friend, "maxLength", "/friendProfileIntegrationId");
}

async fn characters_of_ids_of_an_event(worlds: Worlds) {
    let world = worlds.empty().await;
    let of = |session: usize, profile: usize| {
        NewEvent::new("shared", "s".repeat(session)).profile("p".repeat(profile))
    };
    world.track(of(1000, 1000)).await;

    assert_problem(&world.track_refused(of(1001, 1)).await, "maxLength", "/sessionId");
    assert_problem(&world.track_refused(of(1, 1001)).await, "maxLength", "/profileId");
}
