//! The calls of the demo, made through `IntegrationApi` alone.

use talon_core::effect::{Effect, EffectKind, EventEffect};
use talon_core::model::IntegrationState;
use talon_core::prelude::*;

use super::printer::{Step, StepPrinter};
use super::today;
use crate::CliError;

pub(super) type StepResult = Result<(), CliError>;

/// Calls every operation.
pub(super) async fn run(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    sign_up(api, printer).await?;
    fill_the_cart(api, printer).await?;
    try_an_expired_coupon(api, printer).await?;
    share_a_link(api, printer).await?;
    reserve_a_coupon(api, printer).await?;
    let code = refer_a_friend(api, printer).await?;
    friend_buys(api, printer, code).await?;
    look_at_the_inventory(api, printer).await?;
    pay(api, printer).await?;
    change_a_closed_cart(api, printer).await?;
    send_everything_back(api, printer).await?;
    use_the_first_version(api, printer).await?;
    give_up_the_reservation(api, printer).await?;
    today::run(api, printer).await?;
    forget(api, printer).await
}

async fn sign_up(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let attributes = Attributes::new().with("Name", "Anna").with("Email", "anna@example.com");
    let profile = NewCustomerProfile::default().attributes(attributes);
    let request = UpdateCustomerProfileV2::new("anna", profile);
    let sent = "attributes Name, Email";
    let (step, reply) = printer.call(api, "Anna signs up", sent, request).await;
    let profile = reply?.customer_profile.unwrap_or_default();
    printer.print(&step.with_line(format!("profile {} is known", profile.integration_id)))
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
    let title = "She fills a cart and enters a coupon";
    let (step, reply) = printer.call(api, title, sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn try_an_expired_coupon(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = NewCustomerSessionV2::default().coupon_codes(["SUMMER10", "EXPIRED"]);
    let request = session_request("cart-1", session);
    let sent = "coupons SUMMER10, EXPIRED; all else stays as it is";
    let title = "She tries a coupon of last year, which is refused";
    let (step, reply) = printer.call(api, title, sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn share_a_link(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let event = NewEvent::new("shared_link", "visit-1")
        .profile("anna")
        .attributes(Attributes::new().with("channel", "mail"));
    let sent = "event shared_link; channel mail";
    let (step, reply) = printer.call(api, "She shares a link", sent, TrackEvent::new(event)).await;
    let state = reply?;
    printer.print(&step.with_line(format!("event {} is recorded", state.event.event_type)))
}

async fn reserve_a_coupon(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = CreateCouponReservation::new("WELCOME5", CouponReservations::new(["anna"]));
    let title = "The shop reserves a coupon for her";
    let (step, reply) = printer.call(api, title, "integrationIDs anna", request).await;
    printer.print(&step.with_line(format!("coupon {} is reserved", reply?.value)))?;

    let request = GetReservedCustomers::new("WELCOME5");
    let title = "It looks up who holds reservations";
    let (step, reply) = printer.call(api, title, "", request).await;
    let holders = reply?;
    let names: Vec<_> = holders.data.iter().map(|p| p.integration_id.to_string()).collect();
    let line = format!("{} holder: {}", holders.total_result_size, names.join(", "));
    printer.print(&step.with_line(line))
}

async fn refer_a_friend(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
) -> Result<ReferralCode, CliError> {
    let request = CreateReferral::new(NewReferral::new(1, "anna"));
    let title = "She refers a friend";
    let (step, reply) = printer.call(api, title, "campaign 1, advocate anna", request).await;
    let referral = reply?;
    printer.print(&step.with_line(format!("code {} is hers", referral.code)))?;
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
    let title = "Ben buys a mug with her referral";
    let (step, reply) = printer.call(api, title, &sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn look_at_the_inventory(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = GetCustomerInventory::new("anna").profile(true).referrals(true).coupons(true);
    let title = "Anna looks at what is hers";
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
    let title = "She pays: now the coupon is redeemed and points are booked";
    let sent = "coupon SUMMER10; state closed";
    let (step, reply) = printer.call(api, title, sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn change_a_closed_cart(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = NewCustomerSessionV2::default().coupon_codes(["WELCOME5"]);
    let request = session_request("cart-1", session);
    let title = "A late change of the paid cart is refused";
    let (step, reply) = printer.call(api, title, "coupon WELCOME5", request).await;
    match reply {
        Ok(_) => Err(CliError::call("a closed session was changed")),
        Err(error) if error.api().is_some() => printer.print(&step.with_refusal(&error)),
        Err(error) => Err(error.into()),
    }
}

async fn send_everything_back(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let request = session_request("cart-1", session);
    let title = "She sends everything back: all of it is undone";
    let (step, reply) = printer.call(api, title, "state cancelled", request).await;
    printer.print(&step.with_rollbacks(kinds(&reply?.effects)))
}

async fn use_the_first_version(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = UpdateCustomerProfile::new("carl", NewCustomerProfile::default());
    let title = "An old till greets Carl, over the first version of the API";
    let (step, reply) = printer.call(api, title, "nothing but the id", request).await;
    printer.print(&step.with_line(format!("event {}", reply?.event.event_type)))?;

    let session = NewCustomerSession::default()
        .profile("carl")
        .coupon("WELCOME5")
        .cart_items([CartItem::new("MUG", 2).name("Mug").price(8)])
        .total(16)
        .state(SessionState::Closed);
    let request = UpdateCustomerSession::new("till-7", session);
    let sent = "2 × Mug 8, total 16; coupon WELCOME5; state closed";
    let (step, reply) = printer.call(api, "The till sells him two mugs", sent, request).await;
    print_v1(printer, step, &reply?)
}

async fn give_up_the_reservation(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
) -> StepResult {
    let request = DeleteCouponReservation::new("WELCOME5", CouponReservations::new(["anna"]));
    let title = "The shop takes the reservation back";
    let (step, reply) = printer.call(api, title, "integrationIDs anna", request).await;
    reply?;
    printer.print(&step.with_line("done"))
}

async fn forget(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = DeleteCustomerData::new("anna");
    let (step, reply) = printer.call(api, "Anna asks to be forgotten", "", request).await;
    reply?;
    printer.print(&step.with_line("her attributes are erased"))
}

/// An update whose reply contains the session.
pub(super) fn session_request(id: &str, session: NewCustomerSessionV2) -> UpdateCustomerSessionV2 {
    let request = IntegrationRequest::new(session);
    UpdateCustomerSessionV2::new(id, request.response_content([ResponseContent::CustomerSession]))
}

pub(super) fn print_cart(
    printer: &StepPrinter,
    step: Step,
    state: &IntegrationStateV2,
) -> StepResult {
    let total = state.customer_session.as_ref().map(|session| session.total);
    printer.print(&step.with_effects(total.unwrap_or_default(), kinds(&state.effects)))
}

fn print_v1(printer: &StepPrinter, step: Step, state: &IntegrationState) -> StepResult {
    let effects = state.event.effects.iter().filter_map(EventEffect::typed);
    printer.print(&step.with_effects(state.session.total, effects.map(|effect| &effect.kind)))
}

pub(super) fn kinds(effects: &[Effect]) -> impl Iterator<Item = &EffectKind> {
    effects.iter().map(|effect| &effect.kind)
}
