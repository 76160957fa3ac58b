//! Conditions on the session and the customer's history.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        detail a_rule_without_a_condition_always_runs,
        detail the_cart_total_is_within_bounds,
        surprise the_cart_total_excludes_additional_costs,
        detail the_session_total_includes_additional_costs,
        surprise the_item_count_is_the_number_of_units,
        surprise an_anonymous_session_is_always_the_first,
        detail the_first_session_stays_the_first,
        detail a_later_session_is_not_the_first,
        surprise closed_sessions_are_earlier_ones,
        detail a_cancelled_session_is_not_counted_as_closed,
        detail total_sales_are_those_of_earlier_sessions,
        surprise anonymous_customers_have_no_history,
        detail the_state_is_that_of_the_request,
        detail all_must_hold,
        detail any_may_hold,
        surprise an_empty_all_holds_and_an_empty_any_does_not,
        detail not_negates_a_condition,
        surprise a_rule_may_require_a_cart_without_a_coupon,
        surprise a_coupon_may_be_one_of_several_alternatives,
        detail a_closure_reads_the_facts,
        detail every_condition_that_is_added_must_hold,
    }
}

fn shipped(price: i64, shipping: i64) -> NewCustomerSessionV2 {
    cart(price).additional_costs([("shipping", AdditionalCost::new(shipping))])
}

fn units(quantities: &[i64]) -> NewCustomerSessionV2 {
    let items = quantities.iter().map(|quantity| CartItem::new("SKU", *quantity).price(1));
    NewCustomerSessionV2::default().cart_items(items)
}

fn of_anna(price: i64) -> NewCustomerSessionV2 {
    cart(price).profile("anna")
}

fn bought(price: i64) -> NewCustomerSessionV2 {
    of_anna(price).state(SessionState::Closed)
}

fn large() -> Condition {
    Condition::cart_total(Range::at_least(100))
}

fn many() -> Condition {
    Condition::ItemCount(Range::at_least(2))
}

async fn a_rule_without_a_condition_always_runs(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::Always)).await;

    assert!(world.fires("cart-1", NewCustomerSessionV2::default()).await);
}

async fn the_cart_total_is_within_bounds(worlds: Worlds) {
    let bounds = Range { below: Some(200.into()), ..Range::at_least(100) };
    let world = worlds.with(seed::when(Condition::cart_total(bounds))).await;

    assert!(!world.fires("cart-1", cart(amount("99.99"))).await);
    assert!(world.fires("cart-1", cart(100)).await);
    assert!(world.fires("cart-1", cart(amount("199.99"))).await);
    assert!(!world.fires("cart-1", cart(200)).await);
}

async fn the_cart_total_excludes_additional_costs(worlds: Worlds) {
    let world = worlds.with(seed::when(large())).await;

    assert!(!world.fires("cart-1", shipped(99, 5)).await);
}

async fn the_session_total_includes_additional_costs(worlds: Worlds) {
    let total = Condition::SessionTotal(Range::at_least(104));
    let world = worlds.with(seed::when(total)).await;

    assert!(!world.fires("cart-1", shipped(99, 4)).await);
    assert!(world.fires("cart-1", shipped(99, 5)).await);
}

async fn the_item_count_is_the_number_of_units(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::ItemCount(Range::exactly(3)))).await;

    assert!(!world.fires("cart-1", units(&[1, 1])).await);
    assert!(world.fires("cart-1", units(&[1, 2])).await);
    assert!(!world.fires("cart-1", units(&[4])).await);
}

async fn an_anonymous_session_is_always_the_first(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::FirstSession(true))).await;

    assert!(world.fires("cart-1", cart(100)).await);
    assert!(world.fires("cart-2", cart(100)).await);
}

async fn the_first_session_stays_the_first(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::FirstSession(true))).await;

    let first = world.fires("cart-1", of_anna(100)).await;
    let second = world.fires("cart-2", of_anna(100)).await;
    let first_again = world.fires("cart-1", of_anna(100)).await;

    assert_eq!((first, second, first_again), (true, false, true));
}

async fn a_later_session_is_not_the_first(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::FirstSession(false))).await;

    assert!(!world.fires("cart-1", of_anna(100)).await);
    assert!(world.fires("cart-2", of_anna(100)).await);
}

async fn closed_sessions_are_earlier_ones(worlds: Worlds) {
    let loyal = Condition::ClosedSessions(Range::at_least(1));
    let world = worlds.with(seed::when(loyal)).await;

    assert!(!world.fires("cart-1", bought(100)).await);
    assert!(world.fires("cart-2", of_anna(100)).await);
}

async fn a_cancelled_session_is_not_counted_as_closed(worlds: Worlds) {
    let loyal = Condition::ClosedSessions(Range::at_least(1));
    let world = worlds.with(seed::when(loyal)).await;
    world.put("cart-1", bought(100)).await;
    world.put("cart-1", cancelled()).await;

    assert!(!world.fires("cart-2", of_anna(100)).await);
}

async fn total_sales_are_those_of_earlier_sessions(worlds: Worlds) {
    let spender = Condition::TotalSales(Range::at_least(150));
    let world = worlds.with(seed::when(spender)).await;

    assert!(!world.fires("cart-1", bought(149)).await);
    assert!(!world.fires("cart-2", bought(1)).await);
    assert!(world.fires("cart-3", of_anna(1)).await);
}

async fn anonymous_customers_have_no_history(worlds: Worlds) {
    let none =
        Condition::ClosedSessions(Range::exactly(0)).and(Condition::TotalSales(Range::exactly(0)));
    let world = worlds.with(seed::when(none)).await;
    world.put("cart-1", cart(100).state(SessionState::Closed)).await;

    assert!(world.fires("cart-2", cart(100)).await);
}

async fn the_state_is_that_of_the_request(worlds: Worlds) {
    let paid = Condition::SessionState(SessionState::Closed);
    let world = worlds.with(seed::when(paid)).await;

    assert!(!world.fires("cart-1", cart(100)).await);
    assert!(world.fires("cart-1", closed()).await);
}

async fn all_must_hold(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::All(vec![large(), many()]))).await;

    assert!(!world.fires("cart-1", cart(100)).await);
    assert!(!world.fires("cart-1", units(&[2])).await);
    assert!(world.fires("cart-1", units(&[100])).await);
}

async fn any_may_hold(worlds: Worlds) {
    let world = worlds.with(seed::when(Condition::Any(vec![large(), many()]))).await;

    assert!(world.fires("cart-1", cart(100)).await);
    assert!(world.fires("cart-1", units(&[2])).await);
    assert!(!world.fires("cart-1", cart(99)).await);
}

async fn an_empty_all_holds_and_an_empty_any_does_not(worlds: Worlds) {
    let all = worlds.with(seed::when(Condition::All(vec![]))).await;
    let any = worlds.with(seed::when(Condition::Any(vec![]))).await;

    assert!(all.fires("cart-1", cart(100)).await);
    assert!(!any.fires("cart-1", cart(100)).await);
}

async fn not_negates_a_condition(worlds: Worlds) {
    let world = worlds.with(seed::when(!large())).await;

    assert!(world.fires("cart-1", cart(99)).await);
    assert!(!world.fires("cart-1", cart(100)).await);
}

async fn a_closure_reads_the_facts(worlds: Worlds) {
    let noon = at("2026-05-01T12:00:00Z");
    let check = Condition::check(move |facts| {
        facts.now == noon
            && facts.event.is_none()
            && facts.coupon.is_some_and(|coupon| coupon.value == "SUMMER10")
            && facts.referral.is_some_and(|referral| referral.code == "FRIEND-1")
    });
    let codes = Condition::coupon_valid().and(Condition::referral_valid());
    let campaign = Campaign::new("Codes")
        .coupon("SUMMER10")
        .referral(seed::Referral::new("FRIEND-1", "anna"))
        .rule(seed::ten_percent().when(codes).when(check));
    let world = worlds.with(seed::of(campaign).now("2026-05-01T12:00:00Z")).await;

    let codes = cart(100).profile("bert").coupon_codes(["SUMMER10"]).referral_code("FRIEND-1");
    let reply = world.put("cart-1", codes).await;

    assert_eq!(reply.types(), ["acceptCoupon", "acceptReferral", "setDiscount"]);
}

async fn every_condition_that_is_added_must_hold(worlds: Worlds) {
    let rule = seed::ten_percent().when(large()).when(many()).when(Condition::FirstSession(true));
    let world = worlds.with(seed::rule(rule)).await;

    assert!(!world.fires("cart-1", units(&[2])).await);
    assert!(world.fires("cart-1", units(&[100])).await);
}

async fn a_rule_may_require_a_cart_without_a_coupon(worlds: Worlds) {
    let campaign = seed::summer_campaign()
        .coupon("SUMMER10")
        .rule(Rule::new("Hint").when(!Condition::coupon_valid()).then(hint()));
    let world = worlds.with(seed::of(campaign)).await;

    let without = world.put("cart-1", cart(100)).await;
    let with = world.put("cart-1", cart(100).coupon_codes(["SUMMER10"])).await;

    assert_eq!(without.types(), ["addFreeItem"]);
    assert_eq!(with.types(), ["acceptCoupon", "setDiscount"]);
}

async fn a_coupon_may_be_one_of_several_alternatives(worlds: Worlds) {
    let first_or_coupon = Condition::Any(vec![Condition::coupon_valid(), large_cart()]);
    let campaign = Campaign::new("Either").coupon("SUMMER10");
    let rule = Rule::new("Either").when(first_or_coupon).then(hint());
    let world = worlds.with(seed::of(campaign.rule(rule))).await;

    let neither = world.put("cart-1", cart(1)).await;
    let large = world.put("cart-2", cart(1000)).await;
    let coupon = world.put("cart-3", cart(1).coupon_codes(["SUMMER10"])).await;

    assert!(neither.effects.is_empty());
    assert_eq!(large.types(), ["addFreeItem"]);
    assert_eq!(coupon.types(), ["acceptCoupon", "addFreeItem"]);
}

fn hint() -> Reward {
    Reward::add_free_item("HINT", "A hint")
}

fn large_cart() -> Condition {
    Condition::cart_total(Range::at_least(1000))
}
