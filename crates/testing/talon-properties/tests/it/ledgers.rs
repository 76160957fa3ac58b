//! Balances of points are the sum of the transactions, at every instant of a moving clock.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};
use talon_core::model::{
    LoyaltyBalanceWithTier, LoyaltyBalancesWithTiers, LoyaltyProgramBalance, LoyaltyTransactionType,
};
use talon_core::prelude::*;
use talon_fake::rules::{
    Condition, ItemFilter, Pending, Period, Points, PointsExtension, Reward, Rule, Validity,
};
use talon_fake::world::{JoinPolicy, LoyaltyTier, ReturnPolicy};
use talon_fake::{Campaign, Fake, LoyaltyProgram, World};
use talon_samples::immediate;

use crate::runner::holds_for_every;

const CASES: u32 = 96;
const PROGRAM: i64 = 7;

/// What happens to the ledgers of Anna. Sessions are named by their number.
#[derive(Clone, Debug)]
enum Step {
    Buy(&'static str),
    Cancel(usize),
    Reopen(usize),
    Return(usize),
    Activate(usize),
    Wait(u64),
}

const SKUS: [&str; 8] = ["EARN", "LATER", "SHORT", "WAIT", "MUGS", "SPEND", "SPEND-MUGS", "EXTEND"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..SKUS.len()).prop_map(|sku| Step::Buy(SKUS[sku])),
        2 => (0..12_usize).prop_map(Step::Cancel),
        1 => (0..12_usize).prop_map(Step::Reopen),
        2 => (0..12_usize).prop_map(Step::Return),
        2 => (0..12_usize).prop_map(Step::Activate),
        4 => (1..80_u64).prop_map(Step::Wait),
    ]
}

fn policy() -> impl Strategy<Value = ReturnPolicy> {
    prop_oneof![
        Just(ReturnPolicy::OnlyPending),
        Just(ReturnPolicy::WithinBalance),
        Just(ReturnPolicy::Unlimited),
    ]
}

fn world(policy: ReturnPolicy) -> World {
    let points = |points: i64| Points {
        program_id: PROGRAM.into(),
        points: points.into(),
        ..Points::default()
    };
    let of_mugs = |points| Points { sub_ledger_id: "mugs".into(), ..points };
    let each = Points { items: Some(ItemFilter::default()), ..points(30) };
    let rewards = [
        Reward::AddLoyaltyPoints(points(50)),
        Reward::AddLoyaltyPoints(Points { pending: Some(Pending::days(1)), ..points(40) }),
        Reward::AddLoyaltyPoints(Points { validity: Some(Validity::days(2)), ..each }),
        Reward::AddLoyaltyPoints(Points {
            pending: Some(Pending::OnAction),
            validity: Some(Validity::days(1)),
            ..points(20)
        }),
        Reward::AddLoyaltyPoints(of_mugs(points(15))),
        Reward::DeductLoyaltyPoints(points(35)),
        Reward::DeductLoyaltyPoints(of_mugs(points(10))),
        Reward::ExtendLoyaltyPointsExpiryDate(PointsExtension {
            program_id: PROGRAM.into(),
            extension_duration: Period::days(1),
            ..PointsExtension::default()
        }),
    ];
    let rules = SKUS.into_iter().zip(rewards).map(|(sku, reward)| {
        Rule::new(sku).when(Condition::AnyItem(ItemFilter::sku(sku))).then(reward)
    });
    let program =
        LoyaltyProgram { tiers_expire_in: Some(Period::days(3)), ..LoyaltyProgram::new(PROGRAM) };
    let program = program
        .return_policy(policy)
        .join_policy(JoinPolicy::PointsActivated)
        .tier(LoyaltyTier::new("silver", 60))
        .tier(LoyaltyTier::new("gold", 150));
    World::new()
        .profile("anna", Attributes::new())
        .loyalty_program(program)
        .campaign(rules.fold(Campaign::new("Points"), Campaign::rule))
}

/// Makes a step; one that the state of its session does not allow is refused and changes nothing.
fn make(talon: &Fake, number: usize, step: &Step) {
    let put = |id: usize, session: NewCustomerSessionV2| {
        let request = UpdateCustomerSessionV2::new(format!("cart-{id}"), session);
        drop(immediate(talon.update_customer_session_v2(request)));
    };
    let state = |state| NewCustomerSessionV2::default().state(state);
    match step {
        Step::Buy(sku) => {
            let bought = state(SessionState::Closed).profile("anna");
            put(number, bought.cart_items([CartItem::new(*sku, 2).price(1)]));
        }
        Step::Cancel(id) => put(*id, state(SessionState::Cancelled)),
        Step::Reopen(id) => {
            let request = ReopenCustomerSession::new(format!("cart-{id}"));
            drop(immediate(talon.reopen_customer_session(request)));
        }
        Step::Return(id) => {
            let request =
                ReturnCartItems::new(format!("cart-{id}"), [ReturnedCartItem::at(0).quantity(1)]);
            drop(immediate(talon.return_cart_items(request)));
        }
        Step::Activate(id) => {
            let points = LoyaltyPointsActivation::of_session(format!("cart-{id}"));
            let request = ActivateLoyaltyPoints::new(PROGRAM, points);
            drop(immediate(talon.activate_loyalty_points(request)));
        }
        Step::Wait(hours) => talon.clock().advance(Duration::from_secs(hours * 60 * 60)),
    }
}

fn balances(talon: &Fake, at: Option<Timestamp>) -> LoyaltyBalancesWithTiers {
    let request = GetLoyaltyBalances::new(PROGRAM, "anna").include_tiers(true);
    let request = GetLoyaltyBalances { end_date: at, ..request };
    immediate(talon.get_loyalty_balances(request)).expect("anna is known")
}

fn ledger(balances: &LoyaltyBalancesWithTiers, subledger: &str) -> LoyaltyBalanceWithTier {
    let balance = match subledger {
        "" => balances.balance.as_ref(),
        id => balances.subledger_balances.as_ref().and_then(|all| all.get(id)),
    };
    balance.cloned().unwrap_or_default()
}

/// The balances agree with the transactions, with the points that are left, and with replies.
fn check(talon: &Fake) {
    let balances = balances(talon, None);
    let request = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "anna").page_size(1000);
    let rows =
        immediate(talon.get_loyalty_program_profile_transactions(request)).expect("a page").data;
    for subledger in ["", "mugs"] {
        let balance = ledger(&balances, subledger);
        let [active, pending, expired, negative] = [
            balance.active_points,
            balance.pending_points,
            balance.expired_points,
            balance.negative_points,
        ]
        .map(Option::unwrap_or_default);
        let mine = rows.iter().filter(|row| row.subledger_id == subledger);
        let sum: Amount = mine
            .map(|row| match row.transaction_type {
                LoyaltyTransactionType::Addition => row.amount,
                _ => -row.amount,
            })
            .sum();
        assert_eq!(active + pending + expired - negative, sum, "{subledger:?}: {rows:#?}");
        assert!(negative.is_zero() || active.is_zero(), "{balance:?}");
        assert!(![active, pending, expired, negative].iter().any(|points| points.is_negative()));
        for (status, expected) in [
            (LoyaltyPointsStatus::Active, active),
            (LoyaltyPointsStatus::Pending, pending),
            (LoyaltyPointsStatus::Expired, expired),
        ] {
            let request =
                GetLoyaltyProgramProfilePoints::new(PROGRAM, "anna").status(status.clone());
            let request = request.subledger_ids([subledger]).page_size(1000);
            let left =
                immediate(talon.get_loyalty_program_profile_points(request)).expect("a page").data;
            let left: Amount = left.iter().map(|row| row.amount).sum();
            assert_eq!(left, expected, "{status} points of {subledger:?}");
        }
        check_inventory(talon, subledger, &balance);
    }
}

fn check_inventory(talon: &Fake, subledger: &str, balance: &LoyaltyBalanceWithTier) {
    let request = GetCustomerInventory::new("anna").loyalty(true);
    let inventory = immediate(talon.get_customer_inventory(request)).expect("anna is known");
    let programs = inventory.loyalty.expect("asked for").programs;
    let shown = programs.get("7").map(|program| match subledger {
        "" => program.ledger.clone(),
        id => program
            .sub_ledgers
            .iter()
            .flatten()
            .find(|(known, _)| *known == id)
            .map_or_else(LoyaltyProgramBalance::default, |(_, ledger)| ledger.clone()),
    });
    let shown = shown.unwrap_or_default();
    assert_eq!(shown.current_balance, balance.active_points.unwrap_or_default());
    let zero = Some(Amount::ZERO);
    assert_eq!(shown.pending_balance.or(zero), balance.pending_points.or(zero));
    assert_eq!(shown.negative_balance.or(zero), balance.negative_points.or(zero));
}

#[test]
fn balances_are_the_sum_of_the_transactions_at_every_instant() {
    holds_for_every(CASES, (policy(), vec(step(), 1..40)), |(policy, steps)| {
        let talon = Fake::new(world(policy)).expect("the world is valid");
        let mut known = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            if matches!(step, Step::Wait(_)) {
                known.push((talon.clock().now(), balances(&talon, None)));
            }
            make(&talon, number % 12, step);
            check(&talon);
        }
        // What was shown at an instant is shown of it ever after.
        for (at, shown) in known {
            let again = balances(&talon, Some(at));
            for subledger in ["", "mugs"] {
                let [shown, again] = [&shown, &again].map(|all| ledger(all, subledger));
                assert_eq!(shown, again, "{policy:?}, {subledger:?} at {at}");
            }
        }
    });
}
