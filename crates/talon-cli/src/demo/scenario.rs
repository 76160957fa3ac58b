//! The calls of the demo, made through `IntegrationApi` alone.

use talon_core::effect::EventEffect;
use talon_core::model::IntegrationState;
use talon_core::prelude::*;
use talon_fake::Clock;

use super::printer::{Step, StepPrinter};
use super::sessions::{StepResult, kinds, print_cart, session_request};
use super::{audiences, campaigns, cards, catalogs, loyalty, today};
use crate::CliError;

/// Calls every operation.
pub(super) async fn run(
    api: &dyn IntegrationApi,
    clock: &Clock,
    printer: &mut StepPrinter,
) -> StepResult {
    create_profile(api, printer).await?;
    fill_the_cart(api, printer).await?;
    enter_expired_coupon(api, printer).await?;
    track_event(api, printer).await?;
    reserve_a_coupon(api, printer).await?;
    let code = refer_a_friend(api, printer).await?;
    friend_buys(api, printer, code).await?;
    show_inventory(api, printer).await?;
    pay(api, printer).await?;
    change_a_closed_cart(api, printer).await?;
    cancel(api, printer).await?;
    use_the_first_version(api, printer).await?;
    delete_reservation(api, printer).await?;
    today::run(api, printer).await?;
    loyalty::run(api, clock, printer).await?;
    cards::run(api, printer).await?;
    audiences::run(api, printer).await?;
    campaigns::run(api, printer).await?;
    catalogs::run(api, printer).await?;
    delete_data(api, printer).await
}

async fn create_profile(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let attributes = Attributes::new().with("Name", "Anna").with("Email", "anna@example.com");
    let profile = NewCustomerProfile::default().attributes(attributes);
    let request = UpdateCustomerProfileV2::new("anna", profile);
    let sent = "attributes Name, Email";
    let (step, reply) = printer.call(api, "Create the profile of Anna", sent, request).await;
    let profile = reply?.customer_profile.unwrap_or_default();
    printer.print(&step.with_line(format!("profile {} is stored", profile.integration_id)))
}

fn cart() -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default()
        .profile("anna")
        .cart_items([
            CartItem::new("BEANS", 2).name("Coffee beans").price(Amount::new(1250, 2)),
            CartItem::new("MUG", 1).name("Mug").price(8),
        ])
        .additional_costs([("shipping", AdditionalCost::new(Amount::new(490, 2)))])
}

async fn fill_the_cart(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = session_request("cart-1", cart().coupon_codes(["SUMMER10"]));
    let sent = "2 × Coffee beans 12.5, 1 × Mug 8, shipping 4.9; coupon SUMMER10";
    let title = "Fill a cart and enter a coupon";
    let (step, reply) = printer.call(api, title, sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn enter_expired_coupon(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = NewCustomerSessionV2::default().coupon_codes(["SUMMER10", "EXPIRED"]);
    let request = session_request("cart-1", session);
    let sent = "coupons SUMMER10, EXPIRED; other fields unchanged";
    let title = "Enter an expired coupon, which is rejected";
    let (step, reply) = printer.call(api, title, sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn track_event(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let event = NewEvent::new("shared_link", "visit-1")
        .profile("anna")
        .attributes(Attributes::new().with("channel", "mail"));
    let sent = "event shared_link; channel mail";
    let (step, reply) = printer.call(api, "Track an event", sent, TrackEvent::new(event)).await;
    let state = reply?;
    printer.print(&step.with_line(format!("event {} is stored", state.event.event_type)))
}

async fn reserve_a_coupon(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = CreateCouponReservation::new("WELCOME5", ["anna"]);
    let title = "Reserve a coupon for Anna";
    let (step, reply) = printer.call(api, title, "integrationIDs anna", request).await;
    printer.print(&step.with_line(format!("coupon {} is reserved", reply?.value)))?;

    let request = GetReservedCustomers::new("WELCOME5");
    let title = "List the reservations of the coupon";
    let (step, reply) = printer.call(api, title, "", request).await;
    let holders = reply?;
    let names: Vec<_> = holders.data.iter().map(|p| p.integration_id.to_string()).collect();
    let line = format!("{} profile: {}", holders.total_result_size, names.join(", "));
    printer.print(&step.with_line(line))
}

async fn refer_a_friend(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
) -> Result<ReferralCode, CliError> {
    let request = CreateReferral::new(NewReferral::new(1, "anna"));
    let title = "Create a referral for a friend";
    let (step, reply) = printer.call(api, title, "campaign 1, advocate anna", request).await;
    let referral = reply?;
    printer.print(&step.with_line(format!("referral code {}", referral.code)))?;
    Ok(referral.code)
}

async fn friend_buys(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    code: ReferralCode,
) -> StepResult {
    let sent = format!("profile ben, 1 × Mug 8; referral {code}; state closed");
    let session = NewCustomerSessionV2::default()
        .profile("ben")
        .referral_code(code)
        .cart_items([CartItem::new("MUG", 1).name("Mug").price(8)])
        .state(SessionState::Closed);
    let request = session_request("cart-2", session);
    let title = "The friend Ben buys a mug with the referral";
    let (step, reply) = printer.call(api, title, &sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn show_inventory(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = GetCustomerInventory::new("anna").profile(true).referrals(true).coupons(true);
    let title = "Show the inventory of Anna";
    let (mut step, reply) = printer.call(api, title, "", request).await;
    let inventory = reply?;
    for referral in inventory.referrals.iter().flatten() {
        let (code, used) = (&referral.code, referral.usage_counter);
        step = step.with_line(format!(
            "referral {code}, redeemed {used} of {} times",
            referral.usage_limit
        ));
    }
    for coupon in inventory.coupons.iter().flatten() {
        let state = coupon.state.as_ref().map_or("", |state| state.as_str());
        step = step.with_line(format!("coupon {}, {state}", coupon.value));
    }
    printer.print(&step)
}

async fn pay(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = NewCustomerSessionV2::default().coupon_codes(["SUMMER10"]);
    let request = session_request("cart-1", session.state(SessionState::Closed));
    let title = "Close the session: the coupon is redeemed and points are added";
    let sent = "coupon SUMMER10; state closed";
    let (step, reply) = printer.call(api, title, sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn change_a_closed_cart(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = NewCustomerSessionV2::default().coupon_codes(["WELCOME5"]);
    let request = session_request("cart-1", session);
    let title = "A change of a closed session is refused";
    let (step, reply) = printer.call(api, title, "coupon WELCOME5", request).await;
    match reply {
        Ok(_) => Err(CliError::call("a closed session was changed")),
        Err(error) if error.api().is_some() => printer.print(&step.with_refusal(&error)),
        Err(error) => Err(error.into()),
    }
}

async fn cancel(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let request = session_request("cart-1", session);
    let title = "Cancel the session: all effects are undone";
    let (step, reply) = printer.call(api, title, "state cancelled", request).await;
    printer.print(&step.with_rollbacks(kinds(&reply?.effects)))
}

async fn use_the_first_version(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = UpdateCustomerProfile::new("carl", NewCustomerProfile::default());
    let title = "Create the profile of Carl with version 1 of the API";
    let (step, reply) = printer.call(api, title, "only the id", request).await;
    printer.print(&step.with_line(format!("event {}", reply?.event.event_type)))?;

    let session = NewCustomerSession::default()
        .profile("carl")
        .coupon("WELCOME5")
        .cart_items([CartItem::new("MUG", 2).name("Mug").price(8)])
        .total(16)
        .state(SessionState::Closed);
    let request = UpdateCustomerSession::new("till-7", session);
    let sent = "2 × Mug 8, total 16; coupon WELCOME5; state closed";
    let (step, reply) =
        printer.call(api, "Sell two mugs with version 1 of the API", sent, request).await;
    print_v1(printer, step, &reply?)
}

async fn delete_reservation(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = DeleteCouponReservation::new("WELCOME5", ["anna"]);
    let title = "Delete the reservation of Anna";
    let (step, reply) = printer.call(api, title, "integrationIDs anna", request).await;
    reply?;
    printer.print(&step.with_line("done"))
}

async fn delete_data(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = DeleteCustomerData::new("anna");
    let (step, reply) = printer.call(api, "Delete the personal data of Anna", "", request).await;
    reply?;
    printer.print(&step.with_line("attributes are deleted"))
}

fn print_v1(printer: &StepPrinter, step: Step, state: &IntegrationState) -> StepResult {
    let effects = state.event.effects.iter().filter_map(EventEffect::typed);
    printer.print(&step.with_effects(state.session.total, effects.map(|effect| &effect.kind)))
}
