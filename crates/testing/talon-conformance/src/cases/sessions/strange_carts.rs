//! Unusual but valid carts, with every condition and reward.

use talon_core::effect::{CustomEffect, ShowNotification, UpdateAttribute};
use talon_fake::rules::{AttributeTest, CostDiscount, Days, Weekday};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        surprise an_empty_cart_is_evaluated,
        surprise a_negative_price_gives_no_negative_discount,
        surprise a_negative_total_restores_no_budget,
        surprise a_price_of_zero_has_a_discount_of_zero,
        detail a_thousand_lines_are_evaluated,
        detail ten_thousand_units_are_discounted_one_by_one,
        surprise a_hundred_unknown_codes_are_rejected_one_by_one,
        detail codes_may_contain_any_script,
        detail names_may_contain_any_script,
        surprise the_largest_amounts_are_added_exactly,
        refused(400) a_quantity_of_zero_is_refused,
        refused(400) a_negative_quantity_is_refused,
        refused(400) a_cost_above_the_maximum_is_refused,
    }
    "updateCustomerSession" { detail the_first_version_accepts_the_same, }
    "trackEvent" { detail an_event_of_a_strange_session_is_evaluated, }
}

/// Every condition that data can express.
fn conditions() -> Vec<Condition> {
    let any = || AttributeTest::exists("A");
    let anything = Range::default();
    vec![
        Condition::Always,
        Condition::CartTotal(anything),
        Condition::SessionTotal(anything),
        Condition::ItemCount(anything),
        Condition::AnyItem(ItemFilter::default()),
        Condition::FirstSession(true),
        Condition::ClosedSessions(anything),
        Condition::TotalSales(anything),
        Condition::SessionState(SessionState::Open),
        !Condition::ProfileAttribute(any()),
        !Condition::SessionAttribute(any()),
        !Condition::Event("none".into()),
        !Condition::EventAttribute(any()),
        Condition::Date(Days::default()),
        Condition::Weekday(vec![Weekday::Thursday]),
        Condition::Hour(anything),
        Condition::All(vec![Condition::Always]),
        Condition::Any(vec![
            Condition::coupon_valid(),
            Condition::referral_valid(),
            Condition::Always,
        ]),
    ]
}

/// Every reward that data can express.
fn rewards() -> Vec<Reward> {
    let cost = |percent: i64| CostDiscount {
        name: "cost".into(),
        cost: "shipping".into(),
        percent: Some(percent.into()),
        amount: None,
    };
    let update = UpdateAttribute { path: "Session.Attributes.B".into(), value: 1.into() };
    vec![
        Reward::set_discount("10 %", Discount::percent(10)),
        Reward::set_discount("5", Discount::amount(5)),
        Reward::set_discount_per_item("each", Discount::percent(10), ItemFilter::default()),
        Reward::SetDiscountPerAdditionalCost(cost(50)),
        Reward::SetDiscountPerAdditionalCostPerItem(cost(50)),
        Reward::add_free_item("GIFT", "A gift"),
        Reward::add_loyalty_points(7, 5),
        Reward::deduct_loyalty_points(7, 5),
        Reward::CreateCoupon,
        Reward::CreateReferral,
        Reward::RedeemReferral,
        Reward::ReserveCoupon("GIFT-CARD".into()),
        Reward::AddToAudience(5.into()),
        Reward::RemoveFromAudience(5.into()),
        Reward::AwardGiveaway(3),
        Reward::ShowNotification(ShowNotification::default()),
        Reward::UpdateAttribute(update),
        Reward::CustomEffect(CustomEffect::default()),
    ]
}

/// A rule for each condition with all rewards, and limits for all actions.
fn everything() -> Seed {
    let rule = |condition| rewards().into_iter().fold(Rule::new("r").when(condition), Rule::then);
    let campaign = conditions().into_iter().map(rule).fold(
        seed::friends_campaign().coupon(seed::Coupon::new("GIFT-CARD").discount_limit(50)),
        Campaign::rule,
    );
    let actions = ["setDiscount", "setDiscountEffect", "createCoupon", "createLoyaltyPoints"];
    let campaign = actions.iter().fold(campaign.partial_rewards(), |campaign, action| {
        campaign.limit(seed::limit((*action).into(), 1_000_000, &[LimitEntity::Profile]))
    });
    seed::of(campaign).loyalty_program(LoyaltyProgram::new(7)).audience(5, "VIP").giveaways(
        3,
        "Tickets",
        &["T-1"],
    )
}

/// Opens, closes and cancels the cart for a customer. Each request must succeed.
async fn live(worlds: Worlds, session: NewCustomerSessionV2) -> IntegrationStateV2 {
    let world = worlds.with(everything()).await;
    let open = world.put("cart-1", session.clone().profile("anna")).await;
    world.try_out("cart-1", session.clone()).await;
    world.put("cart-1", session.state(SessionState::Closed)).await;
    world.put("cart-1", cancelled()).await;
    let profile = world.probe().profile("anna").expect("created");
    assert_eq!((profile.closed_sessions, profile.total_sales), (0, 0.into()));
    open
}

fn lines(lines: usize, quantity: i64, price: &str) -> NewCustomerSessionV2 {
    let price = amount(price);
    let items = (0..lines).map(|line| CartItem::new(format!("SKU-{line}"), quantity).price(price));
    NewCustomerSessionV2::default().cart_items(items)
}

/// The values of all discounts.
fn values(reply: &IntegrationStateV2) -> Vec<Amount> {
    let values = reply.kinds().into_iter().filter_map(|kind| match kind {
        EffectKind::SetDiscount(discount) => Some(discount.value),
        EffectKind::SetDiscountPerItem(discount) => Some(discount.value),
        _ => None,
    });
    values.collect()
}

async fn an_empty_cart_is_evaluated(worlds: Worlds) {
    let reply = live(worlds, NewCustomerSessionV2::default()).await;

    assert_eq!(reply.session().total, 0.into());
    assert!(reply.types().contains(&"addFreeItem"));
}

async fn a_negative_price_gives_no_negative_discount(worlds: Worlds) {
    let reply = live(worlds, lines(2, 1, "-19.99")).await;

    assert_eq!(reply.session().total, amount("-39.98"));
    assert!(values(&reply).iter().all(|value| *value == 5.into()), "{:?}", values(&reply));
}

async fn a_negative_total_restores_no_budget(worlds: Worlds) {
    let limit = seed::limit(LimitAction::SetDiscount, 10, &[]);
    let campaign = Campaign::new("Budget").rule(seed::ten_percent()).limit(limit);
    let world = worlds.with(seed::of(campaign)).await;
    world.put("cart-1", lines(1, 1, "-1000").state(SessionState::Closed)).await;

    let beyond = world.fires("cart-2", cart(101)).await;
    let within = world.fires("cart-2", cart(100)).await;

    assert_eq!((beyond, within), (false, true));
}

async fn a_price_of_zero_has_a_discount_of_zero(worlds: Worlds) {
    let reply = live(worlds, lines(1, 3, "0")).await;

    assert!(values(&reply).contains(&0.into()));
}

async fn a_thousand_lines_are_evaluated(worlds: Worlds) {
    let reply = live(worlds, lines(1000, 1, "0.01")).await;

    assert_eq!(reply.session().total, 10.into());
    assert_eq!(reply.session().cart_items[999].position, Some(999.into()));
}

async fn ten_thousand_units_are_discounted_one_by_one(worlds: Worlds) {
    let each = Reward::set_discount_per_item("each", Discount::percent(10), ItemFilter::default());
    let world = worlds.with(seed::always(each)).await;

    let reply = world.put("cart-1", lines(1, 10_000, "1")).await;

    assert_eq!(reply.effects.len(), 10_000);
    let sum: Amount = values(&reply).into_iter().sum();
    assert_eq!(sum, 1000.into());
}

async fn a_hundred_unknown_codes_are_rejected_one_by_one(worlds: Worlds) {
    let codes = (0..100).map(|index| format!("NOBODY-{index}"));
    let reply = live(worlds, cart(100).coupon_codes(codes).referral_code("NOBODY")).await;

    let rejected = reply.types().into_iter().filter(|name| *name == "rejectCoupon");
    assert_eq!(rejected.count(), 100);
    assert_eq!(reply.types().last(), Some(&"rejectReferral"));
}

async fn codes_may_contain_any_script(worlds: Worlds) {
    for code in ["ЛЕТО-10", "夏季折扣", "خصم-10", "🎁🎁🎁🎁", "a b/c?d#e%f", "ẞ-SALE", "e\u{301}té"]
    {
        let world = worlds.with(seed::coupon(code)).await;

        let reply = world.put("cart-1", cart(100).coupon_codes([code])).await;

        assert_eq!(reply.accepted(), [code]);
        assert_eq!(world.reserve(code, &["anna"]).await.value, code);
    }
}

async fn names_may_contain_any_script(worlds: Worlds) {
    let world = worlds.with(everything()).await;
    let item = CartItem::new("Größe/42 \"é\" 👟", 1).name("\u{202e}odd\0").price(1);
    let session = NewCustomerSessionV2::default().profile("Ωmega ✓").cart_items([item.clone()]);

    let reply = world.put("carrito ñ/1?", session).await;

    let stored = &reply.session().cart_items[0];
    assert_eq!((&stored.sku, &stored.name), (&item.sku, &item.name));
    assert_eq!(reply.profile().integration_id, "Ωmega ✓");
    assert_eq!(reply.session().integration_id, "carrito ñ/1?");
}

async fn the_largest_amounts_are_added_exactly(worlds: Worlds) {
    let reply = live(worlds, lines(10, 10, "1000000000000000")).await;

    assert_eq!(reply.session().total, amount("100000000000000000"));
}

/// Asserts that the refusal of this item names this member.
async fn assert_refused(worlds: Worlds, item: CartItem, title: &str, member: &str) {
    let world = worlds.with(everything()).await;

    let items = [CartItem::new("SKU-1", 1), item];
    let refusal =
        world.put_refused("cart-1", NewCustomerSessionV2::default().cart_items(items)).await;

    let [problem] = refusal.problems() else { panic!("{refusal:?}") };
    assert_eq!(problem.title, title);
    let pointer = format!("/customerSession/cartItems/1/{member}");
    assert_eq!(problem.source.pointer, Some(pointer));
}

async fn a_quantity_of_zero_is_refused(worlds: Worlds) {
    assert_refused(worlds, CartItem::new("SKU-2", 0), "minimum", "quantity").await;
}

async fn a_negative_quantity_is_refused(worlds: Worlds) {
    assert_refused(worlds, CartItem::new("SKU-2", i64::MIN), "minimum", "quantity").await;
}

async fn a_cost_above_the_maximum_is_refused(worlds: Worlds) {
    let cost = AdditionalCost { price: amount("-1000000000000001") };
    let additional_costs = Some([("ship/ping".to_owned(), cost)].into());
    let item = CartItem { additional_costs, ..CartItem::new("SKU-2", 1) };

    assert_refused(worlds, item, "maximum", "additionalCosts/ship~1ping/price").await;
}

async fn the_first_version_accepts_the_same(worlds: Worlds) {
    let world = worlds.with(everything()).await;
    let items = lines(1000, 10, "-0.01").cart_items.expect("lines");
    let session = NewCustomerSession::default()
        .profile("anna")
        .coupon("خصم-10")
        .cart_items(items)
        .state(SessionState::Closed);

    let reply = world.put_v1("cart-1", session).await;

    assert_eq!(reply.session.total, (-100).into());
    assert!(reply.session.discounts.values().all(|value| !value.is_negative()));
}

async fn an_event_of_a_strange_session_is_evaluated(worlds: Worlds) {
    let world = worlds.with(everything()).await;
    world.put("cart-1", lines(10, 1, "-1").coupon_codes(["🎁🎁🎁🎁"])).await;

    let reply = world.track(NewEvent::new("🎉", "cart-1").profile("anna")).await;

    assert!(reply.event.types().contains(&"rejectCoupon"));
}
