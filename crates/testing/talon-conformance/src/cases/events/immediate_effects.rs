//! Effects of profile updates and events are booked immediately: there is no close that would book
//! them. BEHAVIOUR, correction (e); BEHAVIOUR-today 4.1.

use talon_core::model::{CustomerProfileUpdate, LimitAction, LimitEntity, ResponseContent};

use crate::prelude::*;

cases! {
    "updateCustomerProfileV2" {
        success a_profile_update_creates_a_coupon_immediately,
        detail a_profile_update_creates_a_referral_immediately,
        detail points_of_a_profile_update_are_booked_immediately,
        detail points_are_spent_by_a_profile_update,
        detail a_profile_update_awards_a_giveaway_immediately,
        detail a_dry_profile_update_books_nothing,
        surprise the_limits_of_a_campaign_count_profile_updates,
        detail effects_of_a_profile_update_come_in_the_order_of_the_rule,
    }
    "updateCustomerProfile" {
        success the_first_version_books_immediately_with_ledger_entries,
        detail a_dry_update_of_the_first_version_books_nothing,
    }
    "trackEvent" {
        success points_of_an_event_are_booked_immediately,
        detail an_event_creates_codes_immediately,
        detail an_event_awards_a_giveaway_immediately,
        detail a_dry_event_books_nothing,
        surprise an_event_redeems_no_coupon,
        surprise a_cancellation_keeps_the_effects_of_an_event,
    }
}

/// A campaign of one rule with these rewards, and the objects that they refer to.
fn giving(rewards: impl IntoIterator<Item = Reward>) -> Seed {
    let rule = rewards.into_iter().fold(Rule::new("Always"), Rule::then);
    let campaign = Campaign::new("Club").id(seed::CAMPAIGN).referrals("FRIEND-####").rule(rule);
    Seed::new()
        .campaign(campaign)
        .loyalty_program(LoyaltyProgram::new(7))
        .event_type("shared_link", &[])
        .giveaways(1, "Gifts", &["GIFT-1", "GIFT-2"])
        .audience(5, "Fans")
}

async fn update(world: &World, dry: bool) -> CustomerProfileUpdate {
    let content = [
        ResponseContent::CustomerProfile,
        ResponseContent::Loyalty,
        ResponseContent::AwardedGiveaways,
        ResponseContent::Event,
    ];
    let profile = NewCustomerProfile::default().response_content(content);
    let request = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(true);
    let request = if dry { request.dry(true) } else { request };
    world.api.update_customer_profile_v2(request).await.expect("the update is accepted")
}

fn types(reply: &CustomerProfileUpdate) -> Vec<&str> {
    reply.effects.iter().flatten().map(|effect| effect.kind.effect_type()).collect()
}

fn shared() -> NewEvent {
    NewEvent::new("shared_link", "cart-1").profile("anna")
}

fn left(world: &World) -> Amount {
    world.probe().points("anna", 7)
}

async fn a_profile_update_creates_a_coupon_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::CreateCoupon])).await;

    let reply = update(&world, false).await;

    assert_eq!(types(&reply), ["couponCreated"]);
    let created = reply.created_coupons.expect("always sent");
    let [coupon] = &created[..] else { panic!("{created:?}") };
    assert_eq!(coupon.recipient_integration_id, Some("anna".into()));
    assert_eq!(world.probe().coupon(coupon.value.as_str()).expect("it exists").id, coupon.id);
}

async fn a_profile_update_creates_a_referral_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::CreateReferral])).await;

    let reply = update(&world, false).await;

    assert_eq!(types(&reply), ["referralCreated"]);
    let created = reply.created_referrals.expect("always sent");
    let [referral] = &created[..] else { panic!("{created:?}") };
    assert_eq!(referral.advocate_profile_integration_id, "anna");
    assert!(world.probe().referral(referral.code.as_str()).is_some());
}

async fn points_of_a_profile_update_are_booked_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::add_loyalty_points(7, 50)])).await;

    let reply = update(&world, false).await;

    assert_eq!(types(&reply), ["addLoyaltyPoints"]);
    let ledger = reply.loyalty.expect("asked for").programs["7"].ledger.clone();
    assert_eq!(ledger.current_balance, 50.into());
    assert_eq!(ledger.tentative_current_balance, Some(50.into()));
    assert_eq!(reply.event.expect("asked for").ledger_entries[0].amount, 50);
    assert_eq!(left(&world), 50.into());
}

async fn points_are_spent_by_a_profile_update(worlds: Worlds) {
    let earn = Rule::new("Earn").then(Reward::add_loyalty_points(7, 50));
    let spend = Rule::new("Spend").then(Reward::deduct_loyalty_points(7, 20));
    let campaign = Campaign::new("Club").rule(spend).rule(earn);
    let world = worlds.with(seed::of(campaign).loyalty_program(LoyaltyProgram::new(7))).await;

    let first = update(&world, false).await;
    let second = update(&world, false).await;

    assert_eq!(types(&first), ["addLoyaltyPoints"]);
    assert_eq!(types(&second), ["deductLoyaltyPoints", "addLoyaltyPoints"]);
    assert_eq!(left(&world), 80.into());
}

async fn a_profile_update_awards_a_giveaway_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::AwardGiveaway(1)])).await;

    let reply = update(&world, false).await;

    assert_eq!(types(&reply), ["awardGiveaway"]);
    assert_eq!(reply.awarded_giveaways.expect("asked for")[0].code, "GIFT-1");
}

async fn a_dry_profile_update_books_nothing(worlds: Worlds) {
    let rewards = [
        Reward::CreateCoupon,
        Reward::add_loyalty_points(7, 50),
        Reward::AwardGiveaway(1),
        Reward::AddToAudience(5.into()),
    ];
    let world = worlds.with(giving(rewards)).await;

    let dry = update(&world, true).await;
    let first = update(&world, false).await;

    assert_eq!(types(&dry), types(&first));
    assert_eq!(dry.created_coupons, first.created_coupons);
    assert_eq!(first.awarded_giveaways.expect("asked for")[0].code, "GIFT-1");
    assert_eq!(left(&world), 50.into());
}

async fn the_limits_of_a_campaign_count_profile_updates(worlds: Worlds) {
    let rule =
        Rule::new("Always").then(Reward::CreateCoupon).then(Reward::add_loyalty_points(7, 50));
    let campaign = Campaign::new("Club")
        .id(seed::CAMPAIGN)
        .limit(seed::limit("createLoyaltyPoints".into(), 60, &[LimitEntity::Profile]))
        .limit(seed::limit(LimitAction::CreateCoupon, 1, &[]))
        .rule(rule);
    let world = worlds.with(seed::of(campaign).loyalty_program(LoyaltyProgram::new(7))).await;

    let first = update(&world, false).await;
    let second = update(&world, false).await;

    assert_eq!(types(&first), ["couponCreated", "addLoyaltyPoints"]);
    assert_eq!(types(&second), [""; 0]);
    assert_eq!(left(&world), 50.into());
}

async fn effects_of_a_profile_update_come_in_the_order_of_the_rule(worlds: Worlds) {
    let rewards = [
        Reward::AddToAudience(5.into()),
        Reward::add_loyalty_points(7, 1),
        Reward::CreateCoupon,
        Reward::AwardGiveaway(1),
    ];
    let world = worlds.with(giving(rewards)).await;

    let reply = update(&world, false).await;

    let expected = ["addToAudience", "addLoyaltyPoints", "couponCreated", "awardGiveaway"];
    assert_eq!(types(&reply), expected);
}

async fn the_first_version_books_immediately_with_ledger_entries(worlds: Worlds) {
    let rewards = [Reward::CreateCoupon, Reward::add_loyalty_points(7, 50)];
    let world = worlds.with(giving(rewards)).await;

    let reply = world.put_profile_v1("anna", Attributes::new()).await;

    assert_eq!(reply.event.types(), ["couponCreated", "addLoyaltyPoints"]);
    assert_eq!(reply.event.ledger_entries[0].amount, 50);
    let ledger = reply.loyalty.expect("of a profile").programs["7"].ledger.clone();
    assert_eq!(ledger.current_balance, 50.into());
    assert_eq!(left(&world), 50.into());
}

async fn a_dry_update_of_the_first_version_books_nothing(worlds: Worlds) {
    let world = worlds.with(giving([Reward::add_loyalty_points(7, 50)])).await;

    let request = UpdateCustomerProfile::new("anna", NewCustomerProfile::default()).dry(true);
    let reply = world.api.update_customer_profile(request).await.expect("it is accepted");

    assert_eq!(reply.event.types(), ["addLoyaltyPoints"]);
    assert_eq!(left(&world), Amount::ZERO);
}

async fn points_of_an_event_are_booked_immediately(worlds: Worlds) {
    let rule = Rule::new("Shared")
        .when(Condition::Event("shared_link".into()))
        .then(Reward::add_loyalty_points(7, 5));
    let seed = seed::rule(rule).loyalty_program(LoyaltyProgram::new(7));
    let world = worlds.with(seed.event_type("shared_link", &[])).await;

    let reply = world.track(shared()).await;

    assert_eq!(reply.event.types(), ["addLoyaltyPoints"]);
    assert_eq!(reply.event.ledger_entries[0].amount, 5);
    let ledger = reply.loyalty.expect("of a profile").programs["7"].ledger.clone();
    assert_eq!(ledger.current_balance, 5.into());
    assert_eq!(left(&world), 5.into());
}

async fn an_event_creates_codes_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::CreateReferral, Reward::CreateCoupon])).await;

    let reply = world.track(shared()).await;

    assert_eq!(reply.event.types(), ["referralCreated", "couponCreated"]);
    let request = GetCustomerInventory::new("anna").referrals(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("a profile");
    assert_eq!(inventory.referrals.expect("asked for").len(), 1);
}

async fn an_event_awards_a_giveaway_immediately(worlds: Worlds) {
    let world = worlds.with(giving([Reward::AwardGiveaway(1)])).await;

    let reply = world.track(shared()).await;

    assert_eq!(reply.event.types(), ["awardGiveaway"]);
    let request = GetCustomerInventory::new("anna").giveaways(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("a profile");
    assert_eq!(inventory.giveaways.expect("asked for")[0].code, "GIFT-1");
}

async fn a_dry_event_books_nothing(worlds: Worlds) {
    let world = worlds.with(giving([Reward::add_loyalty_points(7, 5)])).await;

    let request = TrackEvent::new(shared()).dry(true);
    let reply = world.api.track_event(request).await.expect("the event is accepted");

    assert_eq!(reply.event.types(), ["addLoyaltyPoints"]);
    assert_eq!(left(&world), Amount::ZERO);
}

async fn an_event_redeems_no_coupon(worlds: Worlds) {
    let world = worlds.with(seed::summer().event_type("shared_link", &[])).await;
    world.put("cart-1", cart(100).profile("anna").coupon_codes(["SUMMER10"])).await;

    let reply = world.track(shared()).await;

    assert_eq!(reply.event.types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(world.probe().coupon("SUMMER10").expect("it exists").usage_counter, 0);
}

async fn a_cancellation_keeps_the_effects_of_an_event(worlds: Worlds) {
    let rule = Rule::new("Shared")
        .when(Condition::Event("shared_link".into()))
        .then(Reward::add_loyalty_points(7, 5));
    let seed = seed::rule(rule).loyalty_program(LoyaltyProgram::new(7));
    let world = worlds.with(seed.event_type("shared_link", &[])).await;
    world.track(shared()).await;
    world.put("cart-1", closed()).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert_eq!(reply.types(), [""; 0]);
    assert_eq!(left(&world), 5.into());
}
