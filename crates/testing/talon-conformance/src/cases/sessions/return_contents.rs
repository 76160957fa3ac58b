//! Parts of replies that returns request.

use crate::prelude::*;

cases! {
    "returnCartItems" {
        success every_part_is_returned_on_request,
        detail each_part_is_returned_alone,
        surprise the_referral_is_returned_although_it_stays_redeemed,
    }
}

/// The eight parts that a return may request; an update of a session has more.
const PARTS: [ResponseContent; 8] = [
    ResponseContent::CustomerSession,
    ResponseContent::CustomerProfile,
    ResponseContent::Coupons,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Referral,
    ResponseContent::Loyalty,
    ResponseContent::Event,
    ResponseContent::PreviousReturns,
];

/// Two shirts of `bert`, paid with a coupon, a referral, and 5 points for each.
async fn two_shirts(worlds: Worlds) -> World {
    let friends = seed::friends_campaign().id(7).referral(seed::Referral::new("FRIEND-1", "anna"));
    let points = Reward::add_loyalty_points_per_item(1, 5, ItemFilter::default());
    let points = Campaign::new("Points").id(8).rule(Rule::new("Points").then(points));
    let seed = seed::summer().campaign(friends).campaign(points);
    let world = worlds.with(seed.loyalty_program(LoyaltyProgram::new(1))).await;
    let shirts = closed().profile("bert").cart_items([CartItem::new("SHIRT", 2).price(20)]);
    world.put("cart-1", shirts.coupon_codes(["SUMMER10"]).referral_code("FRIEND-1")).await;
    world
}

async fn give_back(world: &World, parts: &[ResponseContent]) -> IntegrationStateV2 {
    let one = [ReturnedCartItem::at(0).quantity(1)];
    world
        .api
        .return_cart_items(
            ReturnCartItems::new("cart-1", one).response_content(parts.iter().cloned()),
        )
        .await
        .expect("accepted")
}

async fn every_part_is_returned_on_request(worlds: Worlds) {
    let world = two_shirts(worlds).await;
    let first = give_back(&world, &[]).await.returned.expect("always returned");

    let reply = give_back(&world, &PARTS).await;

    assert_eq!(reply.customer_session, world.probe().session("cart-1"));
    assert_eq!(reply.customer_profile, world.probe().profile("bert"));
    let coupons = reply.coupons.expect("requested");
    let used = coupons.iter().map(|it| (it.value.as_str(), it.usage_counter));
    assert_eq!(used.collect::<Vec<_>>(), [("SUMMER10", 1)]);
    // Without rules no campaign is evaluated.
    assert_eq!(reply.triggered_campaigns, Some(Vec::new()));
    let loyalty = reply.loyalty.expect("requested").programs;
    assert_eq!(loyalty["1"].ledger.current_balance, world.probe().points("bert", 1));
    let event = reply.event.expect("requested");
    assert_eq!(event.event_type, "talon_session_partially_returned");
    assert_eq!(event.session_id, Some("cart-1".into()));
    assert_eq!(reply.returned.expect("always returned").event_id, event.id);
    assert_eq!(reply.previous_returns, Some(vec![first]));
}

/// The reply without the part.
fn without(part: &ResponseContent, reply: IntegrationStateV2) -> IntegrationStateV2 {
    match part {
        ResponseContent::CustomerSession => IntegrationStateV2 { customer_session: None, ..reply },
        ResponseContent::CustomerProfile => IntegrationStateV2 { customer_profile: None, ..reply },
        ResponseContent::Coupons => IntegrationStateV2 { coupons: None, ..reply },
        ResponseContent::TriggeredCampaigns => {
            IntegrationStateV2 { triggered_campaigns: None, ..reply }
        }
        ResponseContent::Referral => IntegrationStateV2 { referral: None, ..reply },
        ResponseContent::Loyalty => IntegrationStateV2 { loyalty: None, ..reply },
        ResponseContent::Event => IntegrationStateV2 { event: None, ..reply },
        ResponseContent::PreviousReturns => IntegrationStateV2 { previous_returns: None, ..reply },
        other => panic!("{other} is not a part of a return"),
    }
}

async fn each_part_is_returned_alone(worlds: Worlds) {
    let world = two_shirts(worlds).await;

    for part in PARTS {
        let one = [ReturnedCartItem::at(0).quantity(1)];
        let request =
            ReturnCartItems::new("cart-1", one).response_content([part.clone()]).dry(true);
        let reply = world.api.return_cart_items(request).await.expect("accepted");

        let bare = IntegrationStateV2 {
            effects: reply.effects.clone(),
            returned: reply.returned.clone(),
            ..IntegrationStateV2::default()
        };
        assert_ne!(reply, bare, "{part} is returned");
        assert_eq!(without(&part, reply), bare, "{part}");
    }
}

async fn the_referral_is_returned_although_it_stays_redeemed(worlds: Worlds) {
    let world = two_shirts(worlds).await;

    let reply = give_back(&world, &[ResponseContent::Referral]).await;

    let referral = reply.referral.expect("requested");
    assert_eq!((referral.code.as_str(), referral.usage_counter), ("FRIEND-1", 1));
    assert_eq!(referral.referred_customers, Some(vec!["bert".into()]));
    assert!(!reply.effects.iter().any(|it| it.kind.effect_type() == "rollbackReferral"));
}
