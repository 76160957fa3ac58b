//! Notes of an evaluation in events of the first version.

use crate::prelude::*;

cases! {
    "updateCustomerSession" {
        detail the_coupon_is_returned_with_its_attributes,
        detail a_rejected_coupon_has_a_reason_in_the_notes,
        detail a_rejected_referral_has_a_reason_in_the_notes,
        surprise newer_reasons_are_mapped_to_those_of_2020,
        detail an_unknown_code_has_zero_ids,
        detail campaigns_with_attributes_are_in_the_notes,
    }
}

fn session() -> NewCustomerSession {
    NewCustomerSession::default()
}

async fn the_coupon_is_returned_with_its_attributes(worlds: Worlds) {
    let described = Attributes::new().with("Description", "some text");
    let coupon = seed::Coupon { attributes: described.clone(), ..seed::Coupon::new("SUMMER10") };
    let world = worlds.with(seed::coupon(coupon)).await;

    let reply = world.put_v1("cart-1", session().coupon("SUMMER10")).await;

    let coupon = reply.coupon.expect("the coupon is there");
    assert_eq!(coupon.attributes, Some(described.clone()));
    let notes = reply.event.meta.expect("notes").coupons.expect("coupons");
    assert_eq!(notes, [("SUMMER10".to_owned(), described)].into());
}

async fn a_rejected_coupon_has_a_reason_in_the_notes(worlds: Worlds) {
    let expired = seed::Coupon::new("SUMMER10").expires(at("2025-01-01T00:00:00Z"));
    let world = worlds.with(seed::coupon(expired)).await;

    let reply = world.put_v1("cart-1", session().coupon("SUMMER10")).await;

    assert_eq!(reply.event.types(), ["rejectCoupon"]);
    let notes = reply.event.meta.expect("notes").coupon_rejection_reason.expect("rejected");
    let coupon = world.probe().coupon("SUMMER10").expect("seeded");
    assert_eq!(notes.reason, CouponRejection::CouponExpired);
    assert_eq!((notes.campaign_id, notes.coupon_id), (seed::campaign_id(), coupon.id));
}

async fn a_rejected_referral_has_a_reason_in_the_notes(worlds: Worlds) {
    let world = worlds.with(seed::friends()).await;

    let reply = world.put_v1("cart-1", session().profile("anna").referral("FRIEND-1")).await;

    let reason = ReferralRejection::ReferralRecipientIdSameAsAdvocate;
    assert_eq!(reply.event.types(), ["rejectReferral"]);
    assert_eq!(reply.event.referral_reason(), reason);
}

async fn newer_reasons_are_mapped_to_those_of_2020(worlds: Worlds) {
    let reserved = seed::Coupon::new("SUMMER10").mandatory_reservation();
    let world = worlds.with(seed::coupon(reserved)).await;

    let reply = world.put_v1("cart-1", session().coupon("SUMMER10")).await;

    let reason = CouponRejection::CouponRecipientDoesNotMatch;
    assert_eq!(reply.event.coupon_reason(), reason);
}

async fn an_unknown_code_has_zero_ids(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put_v1("cart-1", session().coupon("NOBODY")).await;

    let notes = reply.event.meta.expect("notes").coupon_rejection_reason.expect("rejected");
    assert_eq!((notes.campaign_id.get(), notes.coupon_id.get()), (0, 0));
    assert_eq!(notes.reason, CouponRejection::CouponNotFound);
}

async fn campaigns_with_attributes_are_in_the_notes(worlds: Worlds) {
    let segment = Attributes::new().with("Segment", "vip");
    let campaign = Campaign { attributes: segment.clone(), ..seed::summer_campaign() };
    let world = worlds.with(seed::of(campaign).campaign(Campaign::new("Bare"))).await;

    let reply = world.put_v1("cart-1", session()).await;

    let notes = reply.event.meta.expect("notes").campaigns.expect("campaigns");
    assert_eq!(notes, [(seed::CAMPAIGN.to_string(), segment)].into());
}
