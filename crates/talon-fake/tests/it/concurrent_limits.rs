//! Limits hold under concurrency.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};
use std::thread;

use talon_core::model::{Giveaway, LimitAction, LimitConfig, LimitEntity};
use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::world::{LedgerEntry, ReturnPolicy};
use talon_fake::{Campaign, Coupon, Fake, LoyaltyProgram, Referral, World};

use crate::shop::now;

/// A world in which everything has a limit of ten.
fn scarce() -> World {
    let limit = |action, limit: i64, entities: &[LimitEntity]| LimitConfig {
        action,
        limit: limit.into(),
        entities: entities.to_vec(),
        period: None,
    };
    let codes: Vec<_> = (0..10).map(|n| format!("GIFT-{n}")).collect();
    let codes: Vec<_> = codes.iter().map(String::as_str).collect();
    let lets_others = Condition::check(|_| {
        thread::yield_now();
        true
    });
    World::new()
        .now("2026-03-01T09:00:00Z")
        .loyalty_program(LoyaltyProgram::new(1))
        .giveaways(1, "Gifts", &codes)
        .campaign(
            Campaign::new("Coupon")
                .reevaluate_on_return()
                .coupon(Coupon::new("TENTIMES").usage_limit(10))
                .rule(Rule::new("coupon").when(Condition::coupon_valid()).when(lets_others)),
        )
        .campaign(
            Campaign::new("Referral")
                .referral(Referral::new("FRIENDS", "ada").usage_limit(10))
                .rule(Rule::new("referral").when(Condition::referral_valid())),
        )
        .campaign(
            Campaign::new("Budget")
                .reevaluate_on_return()
                .limit(limit(LimitAction::SetDiscount, 50, &[]))
                .rule(Rule::new("5 off").then(Reward::set_discount("5 off", Discount::amount(5)))),
        )
        .campaign(Campaign::new("Gifts").rule(Rule::new("gift").then(Reward::AwardGiveaway(1))))
        .campaign(
            Campaign::new("Once each")
                .coupon("ONCEEACH")
                .limit(limit(LimitAction::RedeemCoupon, 1, &[LimitEntity::Profile]))
                .rule(Rule::new("once").when(Condition::coupon_valid())),
        )
}

fn count(replies: &[IntegrationStateV2], of: impl Fn(&EffectKind) -> bool) -> usize {
    let effects = replies.iter().flat_map(|reply| &reply.effects);
    effects.filter(|effect| of(&effect.kind)).count()
}

fn accepted(code: &'static str) -> impl Fn(&EffectKind) -> bool {
    move |kind| matches!(kind, EffectKind::AcceptCoupon(accepted) if accepted.value == code)
}

/// Closes a session with two mugs and every code.
fn buy(talon: &Fake, id: &str, profile: &str) -> IntegrationStateV2 {
    let cart = NewCustomerSessionV2::default()
        .profile(profile)
        .coupon_codes(["TENTIMES", "ONCEEACH"])
        .referral_code("FRIENDS")
        .cart_items([CartItem::new("MUG", 2).price(25)])
        .state(SessionState::Closed);
    let request = UpdateCustomerSessionV2::new(id, cart);
    now(talon.update_customer_session_v2(request)).expect("it is served")
}

/// Returns one mug after another, or opens the session again and closes it, and then cancels it.
fn give_back(talon: &Fake, id: &str, profile: &str, returns: bool) {
    let one = || ReturnRequest::new([ReturnedCartItem::at(0).quantity(1)]);
    for _ in 0..2 {
        if returns {
            let request = ReturnCartItems::new(id, one()).run_rule_engine(true);
            now(talon.return_cart_items(request)).expect("a mug is left");
        } else {
            now(talon.reopen_customer_session(ReopenCustomerSession::new(id))).expect("closed");
            buy(talon, id, profile);
        }
        assert!(talon.coupon("TENTIMES").expect("of the world").usage_counter <= 10);
    }
    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let request = UpdateCustomerSessionV2::new(id, cancelled);
    now(talon.update_customer_session_v2(request)).expect("it can be cancelled");
}

#[test]
fn sixty_four_concurrent_callers_who_give_everything_back_use_nothing_up() {
    let talon = Fake::new(scarce()).unwrap();
    let start = Arc::new(Barrier::new(64));
    let callers = (0..64).map(|caller| {
        let (talon, start) = (talon.clone(), start.clone());
        thread::spawn(move || {
            let (id, profile) = (format!("cart-{caller}"), format!("friend-{}", caller / 2));
            start.wait();
            buy(&talon, &id, &profile);
            give_back(&talon, &id, &profile, caller % 2 == 0);
        })
    });
    let callers: Vec<_> = callers.collect();
    for caller in callers {
        caller.join().unwrap();
    }

    let coupon = talon.coupon("TENTIMES").unwrap();
    let referral = talon.referral("FRIENDS").unwrap();
    assert_eq!((coupon.usage_counter, referral.usage_counter), (0, 0));
    for friend in 0..32 {
        let profile = talon.profile(format!("friend-{friend}")).unwrap();
        assert_eq!((profile.closed_sessions, profile.total_sales), (0, Amount::ZERO));
    }
    // Giveaways stay, each with one profile.
    let gifts = (0..32).flat_map(|friend| inventory(&talon, &format!("friend-{friend}")));
    let gifts: Vec<_> = gifts.map(|gift| gift.code).collect();
    assert_eq!((gifts.len(), gifts.iter().collect::<BTreeSet<_>>().len()), (10, 10));
    let later =
        (0..11).map(|friend| buy(&talon, &format!("later-{friend}"), &format!("f{friend}")));
    let later: Vec<_> = later.collect();
    assert_eq!(count(&later, accepted("TENTIMES")), 10);
    assert_eq!(count(&later, accepted("ONCEEACH")), 11);
    assert_eq!(count(&later, |kind| matches!(kind, EffectKind::AcceptReferral(_))), 10);
    assert_eq!(count(&later, |kind| matches!(kind, EffectKind::SetDiscount(_))), 10);
}

#[test]
fn sixty_four_concurrent_callers_do_not_exceed_limits() {
    let talon = Fake::new(scarce()).unwrap();
    let start = Arc::new(Barrier::new(64));
    let callers = (0..64).map(|caller| {
        let (talon, start) = (talon.clone(), start.clone());
        thread::spawn(move || {
            start.wait();
            buy(&talon, &format!("cart-{caller}"), &format!("friend-{}", caller / 2))
        })
    });
    let callers: Vec<_> = callers.collect();
    let replies: Vec<_> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();

    assert_eq!(count(&replies, accepted("TENTIMES")), 10);
    assert_eq!(talon.coupon("TENTIMES").unwrap().usage_counter, 10);
    assert_eq!(count(&replies, accepted("ONCEEACH")), 32, "once for each of 32 profiles");
    assert_eq!(count(&replies, |kind| matches!(kind, EffectKind::AcceptReferral(_))), 10);
    assert_eq!(talon.referral("FRIENDS").unwrap().usage_counter, 10);
    assert_eq!(count(&replies, |kind| matches!(kind, EffectKind::SetDiscount(_))), 10);
    let gifts: BTreeSet<_> = (0..32)
        .flat_map(|friend| inventory(&talon, &format!("friend-{friend}")))
        .map(|gift| gift.code)
        .collect();
    assert_eq!(gifts.len(), 10, "each gift once: {gifts:?}");
    assert_eq!(count(&replies, |kind| matches!(kind, EffectKind::AwardGiveaway(_))), 10);
}

fn inventory(talon: &Fake, profile: &str) -> Vec<Giveaway> {
    let request =
        GetCustomerInventory { giveaways: Some(true), ..GetCustomerInventory::new(profile) };
    now(talon.get_customer_inventory(request)).expect("it is served").giveaways.unwrap_or_default()
}

#[test]
fn points_are_spent_at_most_once() {
    let spend = Rule::new("spend 10")
        .when(Condition::SessionAttribute(AttributeTest::is("Spend", true)))
        .then(Reward::deduct_loyalty_points(1, 10));
    let earn = Rule::new("earn 100")
        .when(Condition::SessionAttribute(AttributeTest::is("Spend", false)))
        .then(Reward::add_loyalty_points(1, 100));
    let world = World::new()
        .loyalty_program(LoyaltyProgram::new(1))
        .campaign(Campaign::new("Points").rule(spend).rule(earn));
    let talon = Fake::new(world).unwrap();
    let pay = |talon: &Fake, cart: String, spend: bool| {
        let session = NewCustomerSessionV2::default()
            .profile("anna")
            .attributes(Attributes::new().with("Spend", spend))
            .state(SessionState::Closed);
        let request = UpdateCustomerSessionV2::new(cart, session);
        now(talon.update_customer_session_v2(request)).expect("it is served")
    };
    pay(&talon, "first".to_owned(), false);

    let callers: Vec<_> = (0..64)
        .map(|caller| {
            let talon = talon.clone();
            thread::spawn(move || pay(&talon, format!("cart-{caller}"), true))
        })
        .collect();
    let replies: Vec<_> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();

    assert_eq!(count(&replies, |kind| matches!(kind, EffectKind::DeductLoyaltyPoints(_))), 10);
    assert_eq!(talon.points("anna", 1), 0.into());
    assert_eq!(talon.profile("anna").unwrap().closed_sessions, 65);
}

#[test]
fn no_point_is_lost_and_none_is_spent_twice() {
    let by_item = |sku: &str, reward| {
        Rule::new(sku).when(Condition::AnyItem(ItemFilter::sku(sku))).then(reward)
    };
    let campaign = Campaign::new("Points")
        .rule(by_item("EARN", Reward::add_loyalty_points(1, 5)))
        .rule(by_item("SPEND", Reward::deduct_loyalty_points(1, 10)));
    let program = LoyaltyProgram::new(1).return_policy(ReturnPolicy::Unlimited);
    let entry = LedgerEntry::new(1, "anna", 100);
    let world = World::new().loyalty_program(program).campaign(campaign).ledger_entry(entry);
    let talon = Fake::new(world).unwrap();
    let put = |talon: &Fake, cart: String, session: NewCustomerSessionV2| {
        let request = UpdateCustomerSessionV2::new(cart, session);
        now(talon.update_customer_session_v2(request)).expect("it is served")
    };

    // A third earns, a third spends, and a third earns and gives it back.
    let start = Arc::new(Barrier::new(64));
    let callers: Vec<_> = (0..64)
        .map(|caller| {
            let (talon, start) = (talon.clone(), start.clone());
            thread::spawn(move || {
                start.wait();
                let sku = if caller % 3 == 1 { "SPEND" } else { "EARN" };
                let bought = NewCustomerSessionV2::default()
                    .profile("anna")
                    .cart_items([CartItem::new(sku, 1).price(1)])
                    .state(SessionState::Closed);
                let cart = format!("cart-{caller}");
                let reply = put(&talon, cart.clone(), bought);
                let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
                if caller % 3 == 2 {
                    put(&talon, cart, cancelled);
                }
                reply
            })
        })
        .collect();
    let replies: Vec<_> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();

    let spent = count(&replies, |kind| matches!(kind, EffectKind::DeductLoyaltyPoints(_)));
    let balances = now(talon.get_loyalty_balances(GetLoyaltyBalances::new(1, "anna"))).unwrap();
    let balance = balances.balance.expect("the main ledger");
    let spent = i64::try_from(spent).unwrap() * 10;
    // 21 callers spend 10 each, unless too few have earned points before them.
    assert!((100..=210).contains(&spent), "{spent}");
    assert_eq!(balance.spent_points, Some(spent.into()));
    let left = balance.active_points.unwrap() - balance.negative_points.unwrap();
    assert_eq!(left, (100 + 22 * 5 - spent).into());
    let request = GetLoyaltyProgramProfileTransactions::new(1, "anna").page_size(1000);
    let rows = now(talon.get_loyalty_program_profile_transactions(request)).unwrap().data;
    let uuids: BTreeSet<_> = rows.iter().map(|row| &row.transaction_uuid).collect();
    // One of the seed, 43 that earn, 21 that give it back, and those that spend.
    let expected = 1 + 43 + 21 + usize::try_from(spent / 10).unwrap();
    assert_eq!((uuids.len(), rows.len()), (expected, expected));
}
