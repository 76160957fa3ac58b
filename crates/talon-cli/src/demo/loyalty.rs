//! The chapter of loyalty points: earned, pending, spent, activated and deleted.

use std::time::Duration;

use talon_core::model::LoyaltyBalanceWithTier;
use talon_core::prelude::*;
use talon_fake::rules::{
    Condition, ItemFilter, LedgerBalance, Pending, Period, Points, Range, Reward, Rule, Validity,
};
use talon_fake::world::LoyaltyTier;
use talon_fake::{Campaign, Clock, LoyaltyProgram, World};

use super::printer::{Step, StepPrinter};
use super::sessions::{StepResult, print_cart, session_request};

const PROGRAM: i64 = 2;
const TWO_WEEKS: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Adds a program with tiers: 2 points for each euro of a lamp after two weeks, a teapot for 100
/// points, and 30 points for a review, when it is read.
pub(super) fn add_to(world: World) -> World {
    let points = Points { program_id: PROGRAM.into(), ..Points::default() };
    let lamp = Points {
        factor: Some(2.into()),
        pending: Some(Pending::For(Period::days(14))),
        validity: Some(Validity::days(365)),
        ..points.clone()
    };
    let review = Points { points: 30.into(), pending: Some(Pending::OnAction), ..points };
    let bought = |sku: &str| Condition::AnyItem(ItemFilter::sku(sku));
    let enough = LedgerBalance::current(PROGRAM, Range::at_least(100));
    let campaign = Campaign::new("Stars")
        .rule(Rule::new("Lamps").when(bought("LAMP")).then(Reward::AddLoyaltyPoints(lamp)))
        .rule(
            Rule::new("A teapot for 100 stars")
                .when(bought("TEAPOT").and(Condition::LoyaltyBalance(enough)))
                .then(Reward::deduct_loyalty_points(PROGRAM, 100)),
        )
        .rule(Rule::new("Reviews").when(bought("REVIEW")).then(Reward::AddLoyaltyPoints(review)));
    let program = LoyaltyProgram {
        title: "Stars".to_owned(),
        tiers_expire_in: Some(Period::days(180)),
        ..LoyaltyProgram::new(PROGRAM)
    };
    let program = program.tier(LoyaltyTier::new("silver", 100)).tier(LoyaltyTier::new("gold", 500));
    world.loyalty_program(program).campaign(campaign)
}

pub(super) async fn run(
    api: &dyn IntegrationApi,
    clock: &Clock,
    printer: &mut StepPrinter,
) -> StepResult {
    join(api, printer).await?;
    let title = "He buys a lamp: its points are pending for two weeks";
    buy(api, printer, "cart-4", ("LAMP", 75), title).await?;
    show_balance(api, printer, "The shop shows what he has").await?;
    clock.advance(TWO_WEEKS);
    show_balance(api, printer, "Two weeks later he can spend the points, and is silver").await?;
    let title = "He gets a teapot for 100 of them";
    buy(api, printer, "cart-5", ("TEAPOT", 0), title).await?;
    let title = "He writes a review: its points wait for an activation";
    buy(api, printer, "cart-6", ("REVIEW", 0), title).await?;
    activate(api, printer).await?;
    list_points(api, printer).await?;
    list_transactions(api, printer).await?;
    delete(api, printer).await
}

async fn join(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = JoinLoyaltyProgram::new(PROGRAM, "finn");
    let (step, reply) = printer.call(api, "Finn joins the program of stars", "", request).await;
    reply?;
    printer.print(&step.with_line("profile finn is a member"))
}

async fn buy(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    id: &str,
    (sku, price): (&str, i64),
    title: &str,
) -> StepResult {
    let session = NewCustomerSessionV2::default()
        .profile("finn")
        .cart_items([CartItem::new(sku, 1).price(price)])
        .state(SessionState::Closed);
    let sent = format!("profile finn, 1 × {sku} {price}; state closed");
    let (step, reply) = printer.call(api, title, &sent, session_request(id, session)).await;
    print_cart(printer, step, &reply?)
}

async fn show_balance(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    title: &str,
) -> StepResult {
    let request = GetLoyaltyBalances::new(PROGRAM, "finn").include_tiers(true);
    let (step, reply) = printer.call(api, title, "", request).await;
    let balance = reply?.balance.unwrap_or_default();
    let (active, pending) = (balance.active_points, balance.pending_points);
    let line = format!(
        "{} points can be spent, {} are pending",
        active.unwrap_or_default(),
        pending.unwrap_or_default()
    );
    printer.print(&step.with_line(line).with_line(tier(&balance)))
}

fn tier(balance: &LoyaltyBalanceWithTier) -> String {
    let name = balance.current_tier.as_ref().and_then(|tier| tier.known());
    let name = name.map_or("no tier", |tier| tier.name.as_str());
    match balance.points_to_next_tier {
        Some(missing) => format!("{name}; {missing} points to the next tier"),
        None => name.to_owned(),
    }
}

async fn activate(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let points = LoyaltyPointsActivation::of_session("cart-6");
    let request = ActivateLoyaltyPoints::new(PROGRAM, points);
    let title = "The review is read";
    let (step, reply) = printer.call(api, title, "session cart-6", request).await;
    let entries = reply?.ledger_entries.unwrap_or_default();
    let lines = entries.iter().map(|entry| format!("{} points are active", entry.amount));
    printer.print(&lines.fold(step, Step::with_line))
}

async fn list_points(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request =
        GetLoyaltyProgramProfilePoints::new(PROGRAM, "finn").sort("expiryDate".to_owned());
    let (step, reply) = printer.call(api, "The points that he has left", "", request).await;
    let points = reply?.data;
    let lines = points.iter().map(|row| format!("{} points until {}", row.amount, row.expiry_date));
    printer.print(&lines.fold(step, Step::with_line))
}

async fn list_transactions(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = GetLoyaltyProgramProfileTransactions::new(PROGRAM, "finn").page_size(10);
    let (step, reply) = printer.call(api, "How he got there, the latest first", "", request).await;
    let rows = reply?.data;
    let lines = rows.iter().map(|row| {
        let rule = row.rule_name.as_deref().unwrap_or_default();
        format!("{} of {} points, by \"{rule}\"", row.transaction_type, row.amount)
    });
    printer.print(&lines.fold(step, Step::with_line))
}

async fn delete(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let all = LoyaltyTransactionsDeletion::all();
    let request = DeleteLoyaltyTransactionsFromLedgers::new(PROGRAM, "finn", all);
    let title = "All his points are deleted";
    let (step, reply) = printer.call(api, title, "scope AllSubledgers", request).await;
    reply?;
    printer.print(&step.with_line("no transaction is left"))
}
