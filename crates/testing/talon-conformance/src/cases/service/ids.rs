//! Ids and codes with characters that have a meaning in URLs.

use super::paths::SPECIAL_IDS;
use crate::prelude::*;

cases! {
    "createCouponReservation" { detail any_code_may_be_reserved, }
    "deleteCouponReservation" { detail reservations_of_any_code_may_be_deleted, }
    "getReservedCustomers" { detail reservations_of_any_code_are_listed, }
    "deleteCustomerData" { detail any_profile_may_be_erased, }
    "getCustomerInventory" { detail any_profile_has_an_inventory, }
    "trackEvent" { detail any_session_may_have_events, }
    "updateCustomerProfile" { detail any_profile_may_be_updated_by_the_first_version, }
    "updateCustomerProfileV2" { detail any_profile_may_be_updated, }
    "updateCustomerSession" {
        detail any_session_may_be_updated_by_the_first_version,
    }
    "updateCustomerSessionV2" {
        detail any_session_may_be_updated,
        surprise similar_ids_are_different_sessions,
        detail an_id_may_have_a_thousand_characters,
        refused(400) an_id_of_1001_characters_is_refused,
    }
    "createReferral" { detail ids_in_bodies_may_be_anything, }
}

fn with_special_coupons() -> Seed {
    let codes = SPECIAL_IDS.map(|code| format!("CODE{code}"));
    seed::of(codes.iter().fold(seed::summer_campaign(), |campaign, code| {
        campaign.coupon(seed::Coupon::new(code.as_str()))
    }))
}

async fn any_code_may_be_reserved(worlds: Worlds) {
    let world = worlds.with(with_special_coupons()).await;

    for code in SPECIAL_IDS.map(|code| format!("CODE{code}")) {
        let coupon = world.reserve(&code, &["anna"]).await;

        assert_eq!(coupon.value, code.as_str());
    }
}

async fn reservations_of_any_code_may_be_deleted(worlds: Worlds) {
    let world = worlds.with(with_special_coupons()).await;

    for code in SPECIAL_IDS.map(|code| format!("CODE{code}")) {
        world.reserve(&code, &["anna"]).await;
        let request =
            DeleteCouponReservation::new(code.as_str(), CouponReservations::new(["anna"]));
        world.api.delete_coupon_reservation(request).await.expect("the coupon is there");

        let coupon = world.probe().coupon(code).expect("seeded");
        assert_eq!(coupon.reservation_counter, Some(Amount::ZERO));
    }
}

async fn reservations_of_any_code_are_listed(worlds: Worlds) {
    let world = worlds.with(with_special_coupons()).await;

    for code in SPECIAL_IDS.map(|code| format!("CODE{code}")) {
        world.reserve(&code, &[&code]).await;
        let request = GetReservedCustomers::new(code.as_str());
        let reply = world.api.get_reserved_customers(request).await.expect("the coupon is there");

        assert_eq!(reply.data[0].integration_id, code.as_str());
    }
}

async fn any_profile_may_be_erased(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in SPECIAL_IDS {
        world.put_profile(id, Attributes::new().with("City", "Berlin")).await;
        let request = DeleteCustomerData::new(id);
        world.api.delete_customer_data(request).await.expect("the profile is known");

        assert!(world.probe().profile(id).expect("still there").attributes.is_empty(), "{id}");
    }
}

async fn any_profile_has_an_inventory(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in SPECIAL_IDS {
        world.put_profile(id, Attributes::new()).await;
        let request = GetCustomerInventory::new(id).profile(true);
        let reply = world.api.get_customer_inventory(request).await.expect("known");

        assert_eq!(reply.profile.expect("asked for").integration_id, id);
    }
}

async fn any_session_may_have_events(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in SPECIAL_IDS {
        let reply = world.track(NewEvent::new("danced", id).profile(id)).await;

        assert_eq!(reply.session.integration_id, id);
        assert_eq!(reply.profile.integration_id, id);
    }
}

async fn any_profile_may_be_updated_by_the_first_version(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in SPECIAL_IDS {
        let reply = world.put_profile_v1(id, Attributes::new()).await;

        assert_eq!(reply.profile.integration_id, id);
    }
}

async fn any_profile_may_be_updated(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in SPECIAL_IDS {
        let profile = world.put_profile(id, Attributes::new().with(id, id)).await;

        assert_eq!(profile.integration_id, id);
        assert_eq!(profile.attributes.text(id), Some(id));
    }
}

async fn any_session_may_be_updated_by_the_first_version(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in SPECIAL_IDS {
        let reply = world.put_v1(id, NewCustomerSession::default().profile(id).coupon(id)).await;

        assert_eq!(reply.session.integration_id, id);
        assert_eq!(reply.session.profile_id, id);
        assert_eq!(reply.session.coupon, id);
    }
}

async fn any_session_may_be_updated(worlds: Worlds) {
    let world = worlds.empty().await;

    for id in SPECIAL_IDS {
        let reply = world.put(id, cart(100).profile(id).coupon_codes([id])).await;

        assert_eq!(reply.session().integration_id, id);
        assert_eq!(reply.session().profile_id, id);
        assert_eq!(world.probe().session(id).as_ref(), Some(reply.session()));
    }
}

async fn similar_ids_are_different_sessions(worlds: Worlds) {
    let world = worlds.empty().await;

    for (id, price) in [("a b", 1), ("a+b", 2), ("a%20b", 3), ("A b", 4)] {
        world.put(id, cart(price)).await;
    }

    let total = |id: &str| world.probe().session(id).expect("stored").total;
    let totals = ["a b", "a+b", "a%20b", "A b"].map(total);
    assert_eq!(totals, [1, 2, 3, 4].map(Amount::from));
}

async fn an_id_may_have_a_thousand_characters(worlds: Worlds) {
    let world = worlds.empty().await;
    let id = "ü".repeat(1000);

    let reply = world.put(&id, cart(100).profile(id.as_str())).await;

    assert_eq!(reply.session().integration_id, id.as_str());
}

async fn an_id_of_1001_characters_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.put_refused(&"a".repeat(1001), cart(100)).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.parameter.as_deref(), Some("customerSessionId"));
}

async fn ids_in_bodies_may_be_anything(worlds: Worlds) {
    let world = worlds.with(seed::of(seed::friends_campaign())).await;

    for id in SPECIAL_IDS {
        let order = CreateReferral::new(NewReferral::new(seed::CAMPAIGN, id).friend(id));
        let referral = world.api.create_referral(order).await.expect("created");

        assert_eq!(referral.advocate_profile_integration_id, id);
        assert_eq!(referral.friend_profile_integration_id, Some(id.into()));
    }
}
