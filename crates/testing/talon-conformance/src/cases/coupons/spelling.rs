//! Upper and lower case of codes.

use talon_core::effect::{AcceptCoupon, AcceptReferral, RejectCoupon, RejectReferral};
use talon_fake::world::CaseSensitivity;

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_case_sensitive_code_of_another_case_is_another_code,
        success a_case_insensitive_code_is_accepted_in_any_case,
        surprise an_accepted_code_is_returned_in_the_stored_case,
        surprise a_rejected_code_is_returned_in_the_stored_case,
        surprise an_unknown_code_is_returned_in_the_case_of_the_request,
        surprise the_session_keeps_the_case_of_the_request,
        detail a_test_finds_a_code_in_any_case,
        surprise a_code_in_two_cases_is_one_coupon,
        detail a_redemption_counts_in_any_case,
        detail a_rollback_is_returned_in_the_stored_case,
        detail a_rule_for_one_code_accepts_any_case,
        detail a_created_coupon_is_stored_in_the_case_of_the_application,
        detail a_returned_coupon_is_in_the_stored_case,
    }
    "createReferral" {
        detail a_new_referral_is_stored_in_the_case_of_the_application,
    }
    "createCouponReservation" {
        surprise a_reservation_accepts_any_case,
    }
    "deleteCouponReservation" {
        detail a_reservation_is_removed_by_a_code_in_any_case,
    }
    "getReservedCustomers" {
        detail reservations_are_listed_for_a_code_in_any_case,
    }
    "getCustomerInventory" {
        detail the_inventory_has_the_stored_case,
    }
}

use CaseSensitivity::{InsensitiveLowercase, InsensitiveUppercase, Sensitive};

/// The coupon `Summer10` and the referral `Friend-1`.
fn codes(case: CaseSensitivity) -> Seed {
    let friends = seed::friends_campaign().id(7).referral(seed::Referral::new("Friend-1", "anna"));
    seed::coupon("Summer10").campaign(friends).case_sensitivity(case)
}

fn typed(coupon: &str) -> NewCustomerSessionV2 {
    cart(100).profile("bert").coupon_codes([coupon])
}

fn both(coupon: &str, referral: &str) -> NewCustomerSessionV2 {
    typed(coupon).referral_code(referral)
}

fn expired() -> Seed {
    let passed = at("2025-01-01T00:00:00Z");
    let friend = seed::Referral::new("Friend-1", "anna").expires(passed);
    let campaign = seed::friends_campaign().id(7).referral(friend);
    seed::coupon(seed::Coupon::new("Summer10").expires(passed)).campaign(campaign)
}

async fn holders(world: &World, code: &str) -> i64 {
    let request = GetReservedCustomers::new(code);
    let reply = world.api.get_reserved_customers(request).await.expect("the coupon is there");
    reply.total_result_size
}

async fn a_case_sensitive_code_of_another_case_is_another_code(worlds: Worlds) {
    let world = worlds.with(codes(Sensitive)).await;

    let same = world.put("cart-1", both("Summer10", "Friend-1")).await;
    let other = world.put("cart-2", both("SUMMER10", "FRIEND-1")).await;

    assert_eq!(same.accepted(), ["Summer10"]);
    assert_eq!(other.coupon_rejection(), CouponRejection::CouponNotFound);
    assert_eq!(other.referral_rejection(), ReferralRejection::ReferralNotFound);
}

async fn a_case_insensitive_code_is_accepted_in_any_case(worlds: Worlds) {
    for case in [InsensitiveUppercase, InsensitiveLowercase] {
        let world = worlds.with(codes(case)).await;
        for (index, code) in ["Summer10", "SUMMER10", "summer10", "sUmMeR10"].iter().enumerate() {
            let reply = world.put(&format!("cart-{index}"), both(code, "fRIEND-1")).await;

            let types = ["acceptCoupon", "setDiscount", "acceptReferral", "setDiscount"];
            assert_eq!(reply.types(), types, "{case:?}: {code}");
        }
    }
}

async fn an_accepted_code_is_returned_in_the_stored_case(worlds: Worlds) {
    let upper = worlds.with(codes(InsensitiveUppercase)).await;
    let lower = worlds.with(codes(InsensitiveLowercase)).await;

    let upper = upper.put("cart-1", both("sUMMER10", "fRIEND-1")).await;
    let lower = lower.put("cart-1", both("sUMMER10", "fRIEND-1")).await;

    let accept = |coupon: &str, referral: &str| -> [EffectKind; 2] {
        [AcceptCoupon::new(coupon).into(), AcceptReferral { value: referral.into() }.into()]
    };
    assert_eq!([upper.kinds()[0], upper.kinds()[2]], accept("SUMMER10", "FRIEND-1").each_ref());
    assert_eq!([lower.kinds()[0], lower.kinds()[2]], accept("summer10", "friend-1").each_ref());
}

async fn a_rejected_code_is_returned_in_the_stored_case(worlds: Worlds) {
    let world = worlds.with(expired().case_sensitivity(InsensitiveUppercase)).await;

    let reply = world.put("cart-1", both("summer10", "friend-1")).await;

    let coupon = RejectCoupon::new("SUMMER10", CouponRejection::CouponExpired);
    let referral = RejectReferral {
        value: "FRIEND-1".into(),
        rejection_reason: ReferralRejection::ReferralExpired,
        ..RejectReferral::default()
    };
    assert_eq!(reply.kinds(), [&EffectKind::from(coupon), &EffectKind::from(referral)]);
}

async fn an_unknown_code_is_returned_in_the_case_of_the_request(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveUppercase)).await;

    let reply = world.put("cart-1", typed("Nobody")).await;

    let rejected = RejectCoupon::new("Nobody", CouponRejection::CouponNotFound);
    assert_eq!(reply.kinds(), [&EffectKind::from(rejected)]);
}

async fn the_session_keeps_the_case_of_the_request(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveUppercase)).await;

    let reply = world.put("cart-1", both("summer10", "friend-1")).await;

    assert_eq!(reply.session().coupon_codes, Some(vec!["summer10".into()]));
    assert_eq!(reply.session().referral_code, Some("friend-1".into()));
}

async fn a_code_in_two_cases_is_one_coupon(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveUppercase)).await;
    let twice = || cart(100).coupon_codes(["Summer10", "SUMMER10"]);

    let accepted = world.put("cart-1", twice()).await;
    world.put("cart-1", closed()).await;
    let expired = worlds.with(expired().case_sensitivity(InsensitiveUppercase)).await;
    let rejected = expired.put("cart-1", twice()).await;

    assert_eq!(accepted.types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 1);
    assert_eq!(rejected.types(), ["rejectCoupon"]);
}

async fn a_redemption_counts_in_any_case(worlds: Worlds) {
    let coupon = seed::Coupon::new("Summer10").usage_limit(1);
    let world = worlds.with(seed::coupon(coupon).case_sensitivity(InsensitiveLowercase)).await;
    world.put("cart-1", typed("SUMMER10").state(SessionState::Closed)).await;

    let reply = world.put("cart-2", typed("Summer10")).await;

    assert_eq!(reply.coupon_rejection(), CouponRejection::CouponLimitReached);
}

async fn a_rollback_is_returned_in_the_stored_case(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveUppercase)).await;
    world.put("cart-1", both("summer10", "friend-1").state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    let values = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::RollbackCoupon(undone) => Some(undone.value.as_str()),
        EffectKind::RollbackReferral(undone) => Some(undone.value.as_str()),
        _ => None,
    });
    assert!(values.eq(["SUMMER10", "FRIEND-1"]));
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
    assert_eq!(world.probe().referral("FRIEND-1").expect("seeded").usage_counter, 0);
}

async fn a_rule_for_one_code_accepts_any_case(worlds: Worlds) {
    let rule = seed::ten_percent().when(Condition::CouponIs(vec!["Summer10".into()]));
    let campaign = Campaign::new("One code").coupon("Summer10").rule(rule);
    for case in [InsensitiveUppercase, InsensitiveLowercase] {
        let world = worlds.with(seed::of(campaign.clone()).case_sensitivity(case)).await;

        let reply = world.put("cart-1", typed("sUMMER10")).await;

        assert_eq!(reply.types(), ["acceptCoupon", "setDiscount"], "{case:?}");
    }
}

async fn a_created_coupon_is_stored_in_the_case_of_the_application(worlds: Worlds) {
    let always = Rule::new("Always").then(Reward::CreateCoupon);
    let redeem = seed::ten_percent().when(Condition::coupon_valid());
    let seed = seed::of(Campaign::new("Create").rule(always).rule(redeem));
    let world = worlds.with(seed.case_sensitivity(InsensitiveLowercase)).await;

    let reply = world.put("cart-1", cart(1).profile("bert").state(SessionState::Closed)).await;
    let code = reply.created_coupons[0].value.as_str();
    let redeemed = world.put("cart-2", typed(&code.to_uppercase())).await;

    assert_eq!(code, code.to_lowercase());
    assert_eq!(redeemed.accepted(), [code]);
}

async fn a_returned_coupon_is_in_the_stored_case(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveUppercase)).await;

    let paid = both("summer10", "friend-1").state(SessionState::Closed);
    let reply = world.put("cart-1", paid).await;

    let coupon = &reply.coupons.as_ref().expect("asked for")[0];
    assert_eq!((coupon.value.as_str(), coupon.usage_counter), ("SUMMER10", 1));
    assert_eq!(coupon.profile_redemption_count, Some(1));
    assert_eq!(reply.referral.expect("asked for").code, "FRIEND-1");
}

async fn a_new_referral_is_stored_in_the_case_of_the_application(worlds: Worlds) {
    let seed = seed::of(seed::friends_campaign()).case_sensitivity(InsensitiveLowercase);
    let world = worlds.with(seed).await;

    let request = CreateReferral::new(NewReferral::new(seed::CAMPAIGN, "anna"));
    let code = world.api.create_referral(request).await.expect("created").code;
    let upper = code.as_str().to_uppercase();
    let reply = world.put("cart-1", cart(100).profile("bert").referral_code(upper)).await;

    assert!(code.as_str().starts_with("friend-"), "{code}");
    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
}

async fn a_reservation_accepts_any_case(worlds: Worlds) {
    let coupon = seed::Coupon::new("Summer10").mandatory_reservation();
    let world = worlds.with(seed::coupon(coupon).case_sensitivity(InsensitiveUppercase)).await;

    let reserved = world.reserve("summer10", &["bert"]).await;
    let reply = world.put("cart-1", typed("sUMMER10")).await;

    assert_eq!(reserved.value, "SUMMER10");
    assert_eq!(reply.accepted(), ["SUMMER10"]);
}

async fn a_reservation_is_removed_by_a_code_in_any_case(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveUppercase)).await;
    world.reserve("Summer10", &["bert"]).await;

    let request = DeleteCouponReservation::new("sUMMER10", ["bert"]);
    world.api.delete_coupon_reservation(request).await.expect("removed");

    assert_eq!(holders(&world, "SUMMER10").await, 0);
}

async fn reservations_are_listed_for_a_code_in_any_case(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveLowercase)).await;
    world.reserve("SUMMER10", &["bert"]).await;

    assert_eq!(holders(&world, "Summer10").await, 1);
}

async fn the_inventory_has_the_stored_case(worlds: Worlds) {
    let world = worlds.with(codes(InsensitiveUppercase)).await;
    world.reserve("summer10", &["bert"]).await;
    world.put("cart-1", typed("Summer10").state(SessionState::Closed)).await;

    let request = GetCustomerInventory::new("bert").coupons(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("known");

    let coupons = inventory.coupons.expect("asked for");
    assert_eq!(coupons.len(), 1);
    assert_eq!((coupons[0].value.as_str(), coupons[0].usage_counter), ("SUMMER10", 1));
    assert_eq!(coupons[0].profile_redemption_count, Some(1));
}

async fn a_test_finds_a_code_in_any_case(worlds: Worlds) {
    for case in [InsensitiveUppercase, InsensitiveLowercase] {
        let world = worlds.with(codes(case)).await;

        assert!(world.probe().coupon("sUmMeR10").is_some(), "{case:?}");
        assert!(world.probe().referral("fRiEnD-1").is_some(), "{case:?}");
    }
    let sensitive = worlds.with(codes(Sensitive)).await;
    assert!(sensitive.probe().coupon("sUmMeR10").is_none());
}
