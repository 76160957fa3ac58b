//! The chapter of loyalty cards: a card that two customers share.

use talon_core::model::LoyaltyCard;
use talon_core::prelude::*;
use talon_fake::Campaign;
use talon_fake::rules::{Condition, ItemFilter, Reward, Rule};

use super::printer::{Step, StepPrinter};
use super::sessions::{StepResult, print_cart, session_request};
use crate::CliError;

/// The card-based program of the demo world.
const PROGRAM: i64 = 3;

/// The campaign of the chapter: 10 points for each plate, and a bowl for 15 points.
pub(super) fn campaign() -> Campaign {
    let plates = ItemFilter::sku("PLATE");
    let bowl = Condition::card_valid(PROGRAM).and(Condition::AnyItem(ItemFilter::sku("BOWL")));
    Campaign::new("Cards")
        .rule(Rule::new("Plates").then(Reward::add_loyalty_points_per_item(PROGRAM, 10, plates)))
        .rule(Rule::new("A bowl").when(bowl).then(Reward::deduct_loyalty_points(PROGRAM, 15)))
}

pub(super) async fn run(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let card = generate(api, printer).await?;
    link(api, printer, &card).await?;
    let title = "Dora buys two plates: the points are on the card";
    buy(api, printer, &card, ("dora", "PLATE", 2), title).await?;
    let title = "Emil gets a bowl for points of the card";
    buy(api, printer, &card, ("emil", "BOWL", 1), title).await?;
    show_balances(api, printer, &card).await?;
    list_points(api, printer, &card).await?;
    list_transactions(api, printer, &card).await?;
    unlink(api, printer, &card).await
}

async fn generate(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> Result<String, CliError> {
    let request = GenerateLoyaltyCard::new(PROGRAM, NewLoyaltyCard::default().profiles(["dora"]));
    let title = "Dora gets a loyalty card";
    let (step, reply) = printer.call(api, title, "customerProfileIds dora", request).await;
    let card = reply?;
    printer.print(&step.with_line(format!("card {} {}", card.identifier, shared_by(&card))))?;
    Ok(card.identifier)
}

async fn link(api: &dyn IntegrationApi, printer: &mut StepPrinter, card: &str) -> StepResult {
    let emil = LoyaltyCardRegistration::new("emil");
    let request = LinkLoyaltyCardToProfile::new(PROGRAM, card, emil);
    let title = "She shares it with Emil";
    let (step, reply) = printer.call(api, title, "integrationId emil", request).await;
    printer.print(&step.with_line(shared_by(&reply?)))
}

async fn unlink(api: &dyn IntegrationApi, printer: &mut StepPrinter, card: &str) -> StepResult {
    let dora = LoyaltyCardRegistration::new("dora");
    let request = UnlinkLoyaltyCardFromProfile::new(PROGRAM, card, dora);
    let title = "Dora leaves the card to him";
    let (step, reply) = printer.call(api, title, "integrationId dora", request).await;
    printer.print(&step.with_line(shared_by(&reply?)))
}

fn shared_by(card: &LoyaltyCard) -> String {
    let profiles = card.profiles.iter().flatten();
    let ids: Vec<_> = profiles.map(|profile| profile.integration_id.to_string()).collect();
    format!("of {}", ids.join(" and "))
}

async fn buy(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    card: &str,
    (profile, sku, quantity): (&str, &str, i64),
    title: &str,
) -> StepResult {
    let session = NewCustomerSessionV2::default()
        .profile(profile)
        .loyalty_cards([card])
        .cart_items([CartItem::new(sku, quantity).price(6)])
        .state(SessionState::Closed);
    let sent = format!("profile {profile}, {quantity} × {sku} 6; card {card}; state closed");
    let id = format!("{profile}-{sku}");
    let (step, reply) = printer.call(api, title, &sent, session_request(&id, session)).await;
    print_cart(printer, step, &reply?)
}

async fn show_balances(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    card: &str,
) -> StepResult {
    let request = GetLoyaltyCardBalances::new(PROGRAM, card);
    let (step, reply) = printer.call(api, "The shop shows what the card has", "", request).await;
    let balance = reply?.balance.unwrap_or_default();
    let (active, spent) = (balance.active_points, balance.spent_points);
    let line = format!(
        "{} points can be spent, {} were spent",
        active.unwrap_or_default(),
        spent.unwrap_or_default()
    );
    printer.print(&step.with_line(line))
}

async fn list_points(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    card: &str,
) -> StepResult {
    let request = GetLoyaltyCardPoints::new(PROGRAM, card).sort("-startDate".to_owned());
    let (step, reply) = printer.call(api, "The points that are left", "", request).await;
    let points = reply?.data;
    let lines = points.iter().map(|row| {
        let profile = row.customer_profile_id.clone().unwrap_or_default();
        format!("{} points that {profile} earned", row.amount)
    });
    printer.print(&lines.fold(step, Step::with_line))
}

async fn list_transactions(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    card: &str,
) -> StepResult {
    let request = GetLoyaltyCardTransactions::new(PROGRAM, card).page_size(10);
    let (step, reply) = printer.call(api, "Its transactions, the latest first", "", request).await;
    let rows = reply?.data;
    let lines = rows.iter().map(|row| {
        let session = row.customer_session_id.clone().unwrap_or_default();
        format!("{} of {} points, in {session}", row.transaction_type, row.amount)
    });
    printer.print(&lines.fold(step, Step::with_line))
}
