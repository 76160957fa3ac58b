//! Inventories of customers.

use crate::prelude::*;

cases! {
    "getCustomerInventory" {
        success everything_is_returned_on_request,
        surprise without_a_flag_it_is_empty,
        detail a_false_flag_requests_nothing,
        detail each_flag_requests_one_part,
        detail points_are_returned_by_program,
        detail giveaways_that_were_awarded_are_returned,
        detail missing_parts_are_empty_lists,
        surprise a_redeemed_coupon_stays_in_the_inventory,
        detail a_coupon_has_a_state,
        detail a_coupon_of_a_campaign_that_is_not_active_is_disabled,
        detail a_coupon_for_a_recipient_is_not_reserved,
        detail a_new_referral_is_in_the_inventory_of_the_advocate,
        refused(404) an_unknown_profile_has_no_inventory,
    }
}

const CODE: &str = "SUMMER10";

async fn inventory(world: &World, request: GetCustomerInventory) -> CustomerInventory {
    world.api.get_customer_inventory(request).await.expect("the profile is known")
}

fn of_anna() -> GetCustomerInventory {
    GetCustomerInventory::new("anna")
}

fn with_anna() -> Seed {
    seed::summer().profile("anna", Attributes::new().with("City", "Berlin"))
}

async fn everything_is_returned_on_request(worlds: Worlds) {
    let friends = seed::friends_campaign().id(7).referral(seed::Referral::new("FRIEND-1", "anna"));
    let world = worlds.with(with_anna().campaign(friends)).await;
    world.reserve(CODE, &["anna"]).await;

    let request = of_anna().profile(true).referrals(true).coupons(true).loyalty(true);
    let reply = inventory(&world, request.giveaways(true).achievements(true)).await;

    assert_eq!(reply.profile, world.probe().profile("anna"));
    assert_eq!(reply.referrals.expect("asked for")[0].code, "FRIEND-1");
    assert_eq!(reply.coupons.expect("asked for")[0].value, CODE);
    assert_eq!(reply.loyalty, Some(Loyalty::default()));
    assert_eq!((reply.giveaways, reply.achievements), (Some(vec![]), Some(vec![])));
}

async fn without_a_flag_it_is_empty(worlds: Worlds) {
    let world = worlds.with(with_anna()).await;

    assert_eq!(inventory(&world, of_anna()).await, CustomerInventory::default());
}

async fn a_false_flag_requests_nothing(worlds: Worlds) {
    let world = worlds.with(with_anna()).await;

    let request = of_anna().profile(false).referrals(false).coupons(false);

    assert_eq!(inventory(&world, request).await, CustomerInventory::default());
}

async fn each_flag_requests_one_part(worlds: Worlds) {
    let world = worlds.with(with_anna()).await;

    let profile = inventory(&world, of_anna().profile(true)).await;
    let referrals = inventory(&world, of_anna().referrals(true)).await;
    let coupons = inventory(&world, of_anna().coupons(true)).await;
    let loyalty = inventory(&world, of_anna().loyalty(true)).await;
    let giveaways = inventory(&world, of_anna().giveaways(true)).await;
    let achievements = inventory(&world, of_anna().achievements(true)).await;

    let none = CustomerInventory::default;
    let stored = world.probe().profile("anna");
    assert_eq!(profile, CustomerInventory { profile: stored, ..none() });
    assert_eq!(referrals, CustomerInventory { referrals: Some(vec![]), ..none() });
    assert_eq!(coupons, CustomerInventory { coupons: Some(vec![]), ..none() });
    assert_eq!(loyalty, CustomerInventory { loyalty: Some(Loyalty::default()), ..none() });
    assert_eq!(giveaways, CustomerInventory { giveaways: Some(vec![]), ..none() });
    assert_eq!(achievements, CustomerInventory { achievements: Some(vec![]), ..none() });
}

async fn points_are_returned_by_program(worlds: Worlds) {
    let rule = Rule::new("Always")
        .then(Reward::add_loyalty_points(7, 50))
        .then(Reward::add_loyalty_points(8, 5));
    let seed = seed::rule(rule).loyalty_program(LoyaltyProgram::new(7));
    let seed = seed.loyalty_program(LoyaltyProgram::new(8)).loyalty_program(LoyaltyProgram::new(9));
    let world = worlds.with(seed).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    world.put("cart-2", cart(100).profile("anna")).await;

    let loyalty = inventory(&world, of_anna().loyalty(true)).await.loyalty.expect("asked for");

    let balances = loyalty.programs.iter().map(|(id, program)| {
        let ledger = &program.ledger;
        (id.as_str(), ledger.current_balance, ledger.tentative_current_balance)
    });
    let (fifty, five) = (Amount::from(50), Amount::from(5));
    assert!(balances.eq([("7", fifty, Some(fifty)), ("8", five, Some(five))]));
}

async fn giveaways_that_were_awarded_are_returned(worlds: Worlds) {
    let seed = seed::always(Reward::AwardGiveaway(1)).giveaways(1, "Gifts", &["GIFT-1", "GIFT-2"]);
    let world = worlds.with(seed).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    world.put("cart-2", cart(100).profile("anna")).await;

    let reply = inventory(&world, of_anna().giveaways(true)).await;

    let giveaways = reply.giveaways.expect("asked for");
    let [giveaway] = &giveaways[..] else { panic!("{giveaways:?}") };
    assert_eq!((giveaway.code.as_str(), giveaway.pool_id), ("GIFT-1", 1));
    assert_eq!(giveaway.profile_integration_id, Some("anna".into()));
}

async fn missing_parts_are_empty_lists(worlds: Worlds) {
    let world = worlds.with(with_anna()).await;

    let reply = inventory(&world, of_anna().referrals(true).coupons(true)).await;

    assert_eq!((reply.referrals, reply.coupons), (Some(vec![]), Some(vec![])));
}

async fn a_redeemed_coupon_stays_in_the_inventory(worlds: Worlds) {
    let world = worlds.with(with_anna()).await;
    world.reserve(CODE, &["anna"]).await;
    let paid = cart(100).profile("anna").coupon_codes([CODE]).state(SessionState::Closed);
    world.put("cart-1", paid).await;

    let reply = inventory(&world, of_anna().coupons(true)).await;

    let coupon = &reply.coupons.expect("asked for")[0];
    assert_eq!(coupon.state, Some(CouponState::Used));
    assert_eq!(coupon.profile_redemption_count, Some(1));
}

async fn a_coupon_has_a_state(worlds: Worlds) {
    let campaign = seed::summer_campaign()
        .coupon(seed::Coupon::new("A-EXPIRES").expires(at("2026-06-01T00:00:00Z")))
        .coupon(seed::Coupon::new("B-BEGINS").starts(at("2026-12-01T00:00:00Z")))
        .coupon("C-VALID");
    let world = worlds.with(seed::of(campaign)).await;
    for code in ["A-EXPIRES", "B-BEGINS", "C-VALID"] {
        world.reserve(code, &["anna"]).await;
    }
    world.clock().set(at("2026-07-01T00:00:00Z"));

    let reply = inventory(&world, of_anna().coupons(true)).await;

    let states = reply.coupons.into_iter().flatten().filter_map(|coupon| coupon.state);
    assert!(states.eq([CouponState::Expired, CouponState::Pending, CouponState::Active]));
}

/// BEHAVIOUR 8: disabled when the campaign is not active, active while it is scheduled.
async fn a_coupon_of_a_campaign_that_is_not_active_is_disabled(worlds: Worlds) {
    use CouponState::{Active, Disabled, Expired, Used};
    let summer = Campaign {
        start_time: Some(at("2026-06-01T00:00:00Z")),
        end_time: Some(at("2026-09-01T00:00:00Z")),
        ..seed::summer_campaign().coupon("A-SUMMER").coupon("B-USED")
    };
    let summer = summer.coupon(seed::Coupon::new("C-SPRING").expires(at("2026-07-01T00:00:00Z")));
    let off = Campaign::new("Off").state(CampaignState::Disabled).coupon("D-OFF");
    let world = worlds.with(seed::of(summer).campaign(off)).await;
    for code in ["A-SUMMER", "B-USED", "C-SPRING", "D-OFF"] {
        world.reserve(code, &["anna"]).await;
    }
    let states = async |at| {
        world.clock().set(at);
        let reply = inventory(&world, of_anna().coupons(true)).await;
        let states = reply.coupons.into_iter().flatten().filter_map(|coupon| coupon.state);
        states.collect::<Vec<_>>()
    };

    let scheduled = states(at("2026-05-01T00:00:00Z")).await;
    world.clock().set(at("2026-06-01T00:00:00Z"));
    let paid = cart(100).profile("anna").coupon_codes(["B-USED"]).state(SessionState::Closed);
    world.put("cart-1", paid).await;
    let runs = states(at("2026-08-31T23:59:59Z")).await;
    let over = states(at("2026-09-01T00:00:00Z")).await;

    assert_eq!(scheduled, [Active, Active, Active, Disabled]);
    assert_eq!(runs, [Active, Used, Expired, Disabled]);
    assert_eq!(over, [Disabled, Used, Expired, Disabled]);
}

async fn a_coupon_for_a_recipient_is_not_reserved(worlds: Worlds) {
    let coupon = seed::Coupon::new(CODE).recipient("anna");
    let world = worlds.with(seed::coupon(coupon).profile("anna", Attributes::new())).await;

    let reply = inventory(&world, of_anna().coupons(true)).await;

    assert_eq!(reply.coupons, Some(vec![]));
}

async fn a_new_referral_is_in_the_inventory_of_the_advocate(worlds: Worlds) {
    let world = worlds.with(seed::of(seed::friends_campaign())).await;
    let order = CreateReferral::new(NewReferral::new(seed::CAMPAIGN, "anna").friend("bert"));
    let created = world.api.create_referral(order).await.expect("created");

    let reply = inventory(&world, of_anna().referrals(true)).await;
    let friend = world.api.get_customer_inventory(GetCustomerInventory::new("bert")).await;

    assert_eq!(reply.referrals.expect("asked for")[0].code, created.code);
    assert!(friend.is_err_and(|error| error.is_not_found()));
}

async fn an_unknown_profile_has_no_inventory(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = refusal(world.api.get_customer_inventory(of_anna().profile(true)).await);

    assert_eq!(refusal.status(), 404);
    assert_eq!(refusal.message(), "Not found: no such customer profile");
}
