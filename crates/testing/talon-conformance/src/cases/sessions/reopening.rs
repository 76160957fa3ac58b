//! Closed sessions that are reopened.

use talon_core::effect::{ShowNotification, UpdateAttribute};

use crate::prelude::*;

cases! {
    "reopenCustomerSession" {
        success reopening_rolls_back_as_a_cancellation,
        success a_reopened_session_is_an_open_one,
        refused(404) an_unknown_session_cannot_be_reopened,
        refused(400) an_open_session_cannot_be_reopened,
        refused(400) a_cancelled_session_cannot_be_reopened,
        refused(400) a_partially_returned_session_cannot_be_reopened,
        detail reopening_reverts_the_sales_of_the_profile,
        surprise effects_without_a_rollback_stay,
        surprise budgets_of_effects_that_stay_are_used,
        detail budgets_of_discounts_revert,
        detail points_are_rolled_back_and_restored,
        surprise closing_again_repeats_the_giveaway,
        surprise closing_again_creates_another_coupon,
        detail closing_again_redeems_again,
        detail reopening_counts_as_an_update_and_as_activity,
        detail a_reopened_session_may_be_changed,
        detail a_session_that_was_reopened_may_be_cancelled,
        detail a_session_may_be_reopened_again,
    }
}

const POOL: i64 = 3;

fn bought() -> NewCustomerSessionV2 {
    cart(100).profile("anna").state(SessionState::Closed)
}

/// All effects that a reopened session keeps, and a discount, which it does not keep.
fn everything() -> Campaign {
    let note = ShowNotification {
        notification_type: "Info".into(),
        title: "Thanks".into(),
        body: "Come again".into(),
    };
    let path = "Profile.Attributes.Tier".to_owned();
    let update = UpdateAttribute { path, value: "gold".into() };
    let rule = seed::ten_percent()
        .then(Reward::add_free_item("GIFT", "A gift"))
        .then(Reward::UpdateAttribute(update))
        .then(Reward::CreateCoupon)
        .then(Reward::AwardGiveaway(POOL))
        .then(Reward::ReserveCoupon("NEXT".into()))
        .then(Reward::ShowNotification(note));
    Campaign::new("Everything").id(seed::CAMPAIGN).coupon("NEXT").rule(rule)
}

fn everything_with(campaign: Campaign) -> Seed {
    seed::of(campaign).giveaways(POOL, "Tickets", &["T-1", "T-2"])
}

/// Asserts that the session is refused because of its state, and that nothing has changed.
async fn assert_refused(world: &World) {
    let before = world.probe().snapshot();

    let request = ReopenCustomerSession::new("cart-1");
    let refusal = refusal(world.api.reopen_customer_session(request).await);

    let problem =
        Problem::at("/state", "Invalid state transition", "only a closed session can be reopened");
    assert_eq!((refusal.status().as_u16(), refusal.problems()), (400, &[problem][..]));
    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn reopening_rolls_back_as_a_cancellation(worlds: Worlds) {
    let reopened = worlds.with(seed::summer()).await;
    let cancelled_one = worlds.with(seed::summer()).await;
    for world in [&reopened, &cancelled_one] {
        world.put("cart-1", bought().coupon_codes(["SUMMER10"])).await;
    }

    let reply = reopened.reopen("cart-1").await;
    let cancel = cancelled_one.put("cart-1", cancelled()).await;

    assert_eq!(reply.types(), ["rollbackCoupon", "rollbackDiscount"]);
    assert_eq!(reply.effects, cancel.effects);
    assert_eq!(reopened.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
}

async fn a_reopened_session_is_an_open_one(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    let closed = world.put("cart-1", bought().coupon_codes(["SUMMER10"])).await;

    world.reopen("cart-1").await;

    let session = world.read("cart-1").await.customer_session.expect("always there");
    assert_eq!(session.state, SessionState::Open);
    assert_eq!(session.cart_items, closed.session().cart_items);
    assert_eq!(session.coupon_codes, closed.session().coupon_codes);
}

async fn an_unknown_session_cannot_be_reopened(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = ReopenCustomerSession::new("cart-1");
    let refusal = refusal(world.api.reopen_customer_session(request).await);

    assert_eq!(refusal.status(), 404);
}

async fn an_open_session_cannot_be_reopened(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;

    assert_refused(&world).await;
}

async fn a_cancelled_session_cannot_be_reopened(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", bought()).await;
    world.put("cart-1", cancelled()).await;

    assert_refused(&world).await;
}

async fn a_partially_returned_session_cannot_be_reopened(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", bought()).await;
    world.give_back("cart-1", [ReturnedCartItem::at(0)]).await;

    assert_refused(&world).await;
}

async fn reopening_reverts_the_sales_of_the_profile(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", bought()).await;
    world.put("cart-2", cart(50).profile("anna").state(SessionState::Closed)).await;

    world.reopen("cart-1").await;

    let profile = world.probe().profile("anna").expect("stored");
    assert_eq!((profile.closed_sessions, profile.total_sales), (1, 50.into()));
}

async fn effects_without_a_rollback_stay(worlds: Worlds) {
    let world = worlds.with(everything_with(everything())).await;
    let close = world.put("cart-1", bought()).await;

    let reply = world.reopen("cart-1").await;

    assert_eq!(reply.types(), ["rollbackDiscount"]);
    assert_eq!(world.read("cart-1").await.effects, Some(close.effects[1..].to_vec()));
    assert_eq!(close.effects.len(), 7);
    let tier = Attributes::new().with("Tier", "gold");
    assert_eq!(world.probe().profile("anna").expect("stored").attributes, tier);
    let created = close.created_coupons[0].value.clone();
    assert!(world.probe().coupon(created).is_some());
    let holders = GetReservedCustomers::new("NEXT");
    let holders = world.api.get_reserved_customers(holders).await.expect("known");
    assert_eq!(holders.data.len(), 1);
}

async fn budgets_of_effects_that_stay_are_used(worlds: Worlds) {
    let campaign = Campaign::new("Gifts")
        .rule(Rule::new("Gift").then(Reward::add_free_item("GIFT", "A gift")))
        .limit(seed::limit("addFreeItemEffect".into(), 1, &[]));
    let world = worlds.with(seed::of(campaign)).await;
    world.put("cart-1", bought()).await;

    world.reopen("cart-1").await;

    assert!(!world.fires("cart-2", cart(100)).await);
}

async fn budgets_of_discounts_revert(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 10, &[]);
    let campaign = Campaign::new("Ten off").rule(seed::ten_percent()).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;
    world.put("cart-1", bought()).await;
    let full = !world.fires("cart-2", cart(100)).await;

    world.reopen("cart-1").await;

    assert!(full && world.fires("cart-2", cart(100)).await);
}

async fn points_are_rolled_back_and_restored(worlds: Worlds) {
    let campaign = Campaign::new("Points")
        .rule(Rule::new("Spend").then(Reward::deduct_loyalty_points(7, 20)))
        .rule(Rule::new("Earn").then(Reward::add_loyalty_points(7, 50)));
    let seed = Seed::new().loyalty_program(seed::program(7)).campaign(campaign);
    let world = worlds.with(seed).await;
    world.put("cart-0", bought()).await;
    world.put("cart-1", bought()).await;

    let reply = world.reopen("cart-1").await;

    let types = ["rollbackDeductedLoyaltyPoints", "rollbackAddedLoyaltyPoints"];
    assert_eq!(reply.types(), types);
    assert_eq!(world.probe().points("anna", 7), 50.into());
}

async fn closing_again_repeats_the_giveaway(worlds: Worlds) {
    let world = worlds.with(everything_with(everything())).await;
    let first = world.put("cart-1", bought()).await;
    world.reopen("cart-1").await;

    let again = world.put("cart-1", closed()).await;

    assert_eq!((first.awarded(), again.awarded()), (vec!["T-1"], vec!["T-1"]));
    let inventory = GetCustomerInventory::new("anna").giveaways(true);
    let inventory = world.api.get_customer_inventory(inventory).await.expect("known");
    assert_eq!(inventory.giveaways.expect("asked for").len(), 1);
    assert_eq!(world.put("cart-2", bought()).await.awarded(), ["T-2"]);
}

async fn closing_again_creates_another_coupon(worlds: Worlds) {
    let world = worlds.with(everything_with(everything())).await;
    let first = world.put("cart-1", bought()).await;
    world.reopen("cart-1").await;

    let again = world.put("cart-1", closed()).await;

    let codes = [&first, &again].map(|reply| reply.created_coupons[0].value.clone());
    assert_ne!(codes[0], codes[1]);
    assert!(codes.iter().all(|code| world.probe().coupon(code.clone()).is_some()));
}

async fn closing_again_redeems_again(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    let first = world.put("cart-1", bought().coupon_codes(["SUMMER10"])).await;
    world.reopen("cart-1").await;

    let again = world.put("cart-1", closed()).await;

    assert_eq!(again.effects, first.effects);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 1);
    assert_eq!(again.profile().closed_sessions, 1);
    assert_eq!(again.profile().total_sales, 100.into());
}

async fn reopening_counts_as_an_update_and_as_activity(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", bought()).await;
    let later = at("2027-01-01T00:00:00Z");
    world.clock().set(later);

    world.reopen("cart-1").await;

    let session = world.probe().session("cart-1").expect("stored");
    assert_eq!((session.update_count, session.updated), (Some(2), Some(later)));
    assert_eq!(world.probe().profile("anna").expect("stored").last_activity, later);
}

async fn a_reopened_session_may_be_changed(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;
    world.put("cart-1", bought()).await;
    world.reopen("cart-1").await;

    let open = world.put("cart-1", cart(50)).await;
    let paid = world.put("cart-1", closed()).await;

    assert_eq!(open.event.expect("asked for").event_type, "talon_session_updated");
    assert_eq!(paid.discounts(), [("10 % off", 5.into())]);
    assert_eq!(paid.profile().total_sales, 50.into());
}

async fn a_session_that_was_reopened_may_be_cancelled(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", bought().coupon_codes(["SUMMER10"])).await;
    world.reopen("cart-1").await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.event.expect("asked for").event_type, "talon_session_cancelled");
    assert_eq!(reply.customer_profile.expect("asked for").closed_sessions, 0);
}

async fn a_session_may_be_reopened_again(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", bought().coupon_codes(["SUMMER10"])).await;
    let first = world.reopen("cart-1").await;
    world.put("cart-1", closed()).await;

    let second = world.reopen("cart-1").await;

    assert_eq!(first, second);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
}
