//! The chapter of today's operations.

use talon_core::model::CustomerSessionV2;
use talon_core::prelude::*;
use talon_fake::Campaign;
use talon_fake::rules::{Condition, Discount, ItemFilter, Reward, Rule};

use super::printer::{Step, StepPrinter};
use super::sessions::{StepResult, kinds, print_cart, session_request};
use crate::CliError;

/// The campaign of the chapter: 1 off each mug with the coupon `MUGS`.
pub(super) fn campaign() -> Campaign {
    let off = Reward::set_discount_per_item("1 off", Discount::amount(1), ItemFilter::sku("MUG"));
    let when = Condition::CouponIs(vec!["MUGS".into()]);
    Campaign::new("Mugs").coupon("MUGS").rule(Rule::new("1 off each mug").when(when).then(off))
}

/// Returns, a reopened session, events of V2 and V3, and batches.
pub(super) async fn run(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    import_customers(api, printer).await?;
    buy_mugs(api, printer).await?;
    return_a_mug(api, printer).await?;
    look_at_what_is_left(api, printer).await?;
    reopen(api, printer).await?;
    refer_many(api, printer).await?;
    open_the_newsletter(api, printer).await?;
    review(api, printer).await
}

async fn import_customers(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let customer = |id: &str, name: &str| {
        CustomerProfileBatchItem::new(id).attributes(Attributes::new().with("Name", name))
    };
    let batch = CustomerProfileBatch::new([customer("dora", "Dora"), customer("emil", "Emil")]);
    let request = UpdateCustomerProfilesV2::new(batch).silent(false);
    let sent = "profiles dora, emil; attribute Name";
    let title = "The shop imports customers of another one";
    let (step, reply) = printer.call(api, title, sent, request).await;
    let states = reply?.and_then(|reply| reply.integration_states).unwrap_or_default();
    let ids: Vec<_> =
        states.iter().map(|state| state.customer_profile.integration_id.to_string()).collect();
    printer.print(&step.with_line(format!("profiles {} are known", ids.join(", "))))
}

fn mugs(quantity: i64) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default()
        .profile("dora")
        .cart_items([CartItem::new("MUG", quantity).name("Mug").price(8)])
}

async fn buy_mugs(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let session = mugs(2).coupon_codes(["MUGS"]).state(SessionState::Closed);
    let sent = "profile dora, 2 × Mug 8; coupon MUGS; state closed";
    let request = session_request("cart-3", session);
    let (step, reply) = printer.call(api, "Dora buys two mugs", sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn return_a_mug(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = ReturnCartItems::new("cart-3", [ReturnedCartItem::at(0).quantity(1)]);
    let title = "She returns one of them: its discount is taken back";
    let (step, reply) = printer.call(api, title, "1 unit of position 0", request).await;
    printer.print(&step.with_rollbacks(kinds(&reply?.effects)))
}

async fn look_at_what_is_left(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = GetCustomerSession::new("cart-3");
    let title = "The shop looks up what is left of her purchase";
    let (step, reply) = printer.call(api, title, "", request).await;
    let current = reply?;
    let session = current.customer_session.unwrap_or_default();
    let step = step.with_line(format!("state {}; {}", session.state, units(&session)));
    printer.print(&step.with_rollbacks(kinds(&current.effects.unwrap_or_default())))
}

/// How many units of the first line are left.
fn units(session: &CustomerSessionV2) -> String {
    let line = session.cart_items.first();
    let left = line.and_then(|line| line.remaining_quantity).unwrap_or_default();
    let all = line.map_or(0, |line| line.quantity);
    format!("{left} of {all} mugs")
}

async fn reopen(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = ReopenCustomerSession::new("cart-2");
    let title = "Ben wants a second mug: his paid cart is opened again";
    let (step, reply) = printer.call(api, title, "", request).await;
    printer.print(&step.with_rollbacks(kinds(&reply?.effects)))?;

    let session = mugs(2).profile("ben").state(SessionState::Closed);
    let sent = "2 × Mug 8; state closed";
    let title = "He pays for both, and the referral is redeemed again";
    let request = session_request("cart-2", session);
    let (step, reply) = printer.call(api, title, sent, request).await;
    print_cart(printer, step, &reply?)
}

async fn refer_many(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let batch = NewReferralBatch::new(1, ["ben", "dora"]);
    let request = CreateReferralsForMultipleAdvocates::new(batch).silent(false);
    let title = "Both become advocates";
    let (step, reply) = printer.call(api, title, "campaign 1, advocates ben, dora", request).await;
    let codes = reply?.unwrap_or_default().data;
    let lines = codes.iter().map(|referral| {
        format!("code {} is of {}", referral.code, referral.advocate_profile_integration_id)
    });
    printer.print(&lines.fold(step, Step::with_line))
}

fn by_mail() -> Attributes {
    Attributes::new().with("channel", "mail")
}

async fn open_the_newsletter(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let event = NewEventV2::new("shared_link", "dora").attributes(by_mail());
    let title = "Dora shares a link outside of any session";
    let sent = "event shared_link; channel mail";
    let (step, reply) = printer.call(api, title, sent, TrackEventV2::new(event)).await;
    reply?;
    printer.print(&step.with_line("recorded, with no reply as none was asked for"))
}

async fn review(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let event = NewEventV3::new("share-1", "shared_link", "ben").connected_session("cart-2");
    let event = event.attributes(by_mail());
    let sent = "event share-1, shared_link; connected session cart-2";
    let title = "Ben shares a link to his purchase, as an event with an id";
    let request = TrackEventV3::new(event.clone());
    let (step, reply) = printer.call(api, title, sent, request).await;
    reply?;
    printer.print(&step.with_line("recorded"))?;

    let title = "Sent twice, it is refused";
    let (step, reply) = printer.call(api, title, sent, TrackEventV3::new(event)).await;
    match reply {
        Ok(_) => return Err(CliError::call("an event was recorded twice")),
        Err(error) if error.api().is_some() => printer.print(&step.with_refusal(&error))?,
        Err(error) => return Err(error.into()),
    }

    let (step, reply) =
        printer.call(api, "The event is looked up by its id", "", GetEventV3::new("share-1")).await;
    let event = reply?;
    let line = format!("{} of {}", event.event_type, event.profile_id.unwrap_or_default());
    printer.print(&step.with_line(line))
}
