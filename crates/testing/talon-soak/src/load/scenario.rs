//! The requests of a customer, in order.

use talon_core::prelude::*;
use talon_core::{CampaignId, Result};
use talon_fake::{Fake, World};

use super::derived::{add_derived, replay};
use super::step::{PLACEHOLDER, Step};

const CAMPAIGN: i64 = 1;
/// A campaign that does not exist.
const NO_CAMPAIGN: i64 = 99;

/// The scenarios of customers. Each calls all operations.
#[derive(Clone, Debug)]
pub(super) struct Scenarios {
    /// Stores a profile, sessions, events and referrals.
    pub(super) new_customer: Vec<Step>,
    /// Stores nothing new.
    pub(super) existing_customer: Vec<Step>,
}

impl Scenarios {
    pub(super) async fn new() -> Result<Self> {
        let fake = Fake::new(World::demo()).expect("the demo world is valid");
        let new_customer = steps(&fake, true).await?;
        Ok(Self { new_customer, existing_customer: steps(&fake, false).await? })
    }
}

/// The explicit steps, with derived steps of all other operations before the deletion.
async fn steps(fake: &Fake, is_new: bool) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    browse(&mut steps, is_new)?;
    reserve(&mut steps)?;
    pay(&mut steps, is_new)?;
    events_and_batches(&mut steps, is_new)?;
    let mut last = Vec::new();
    refusals_and_deletion(&mut last)?;
    replay(fake, &steps).await;
    add_derived(fake, &mut steps, &last, is_new).await?;
    replay(fake, &last).await;
    steps.extend(last);
    Ok(steps)
}

/// The session of a new customer is closed and cancelled later; that of an existing one stays open.
fn session_id(is_new: bool) -> String {
    format!("{}-{PLACEHOLDER}", if is_new { "cart" } else { "open" })
}

fn cart(items: i64, codes: &[&str]) -> NewCustomerSessionV2 {
    let items = (0..items).map(|line| {
        CartItem::new(format!("SKU-{line:05}"), 1 + line % 3).price(10).category("drinks")
    });
    NewCustomerSessionV2::default()
        .profile(PLACEHOLDER)
        .coupon_codes(codes.iter().copied())
        .cart_items(items)
}

fn update(is_new: bool, session: NewCustomerSessionV2) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(session_id(is_new), session)
}

fn attributes(name: &str) -> NewCustomerProfile {
    NewCustomerProfile::default().attributes(Attributes::new().with(name, "Anna Example"))
}

fn shared_link(is_new: bool) -> NewEvent {
    NewEvent::new("shared_link", session_id(is_new))
        .profile(PLACEHOLDER)
        .attributes(Attributes::new().with("channel", "mail"))
}

fn browse(steps: &mut Vec<Step>, is_new: bool) -> Result<()> {
    let codes = ["SUMMER10", "EXPIRED"];
    let inventory =
        GetCustomerInventory::new(PLACEHOLDER).profile(true).referrals(true).coupons(true);
    steps.extend([
        Step::new(&UpdateCustomerProfileV2::new(PLACEHOLDER, attributes("Name")), 200)?,
        Step::new(&update(is_new, cart(1, &[])), 200)?,
        Step::new(&update(is_new, cart(3, &[])), 200)?,
        Step::new(&update(is_new, cart(3, &codes)).dry(true), 200)?,
        Step::new(&TrackEvent::new(shared_link(is_new)).dry(!is_new), 201)?,
        Step::new(&update(is_new, cart(10, &codes)), 200)?,
        Step::new(&inventory, 200)?,
        Step::new(&UpdateCustomerProfile::new(PLACEHOLDER, attributes("Email")), 200)?,
    ]);
    Ok(())
}

fn reserve(steps: &mut Vec<Step>) -> Result<()> {
    let holders = || CouponReservations::new([PLACEHOLDER]);
    steps.extend([
        Step::new(&CreateCouponReservation::new("WELCOME5", holders()), 201)?,
        Step::new(&GetReservedCustomers::new("WELCOME5"), 200)?,
        Step::new(&DeleteCouponReservation::new("WELCOME5", holders()), 204)?,
    ]);
    Ok(())
}

fn pay(steps: &mut Vec<Step>, is_new: bool) -> Result<()> {
    let codes = ["SUMMER10", "WELCOME5"];
    let closed = update(is_new, cart(10, &codes).state(SessionState::Closed));
    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let refer =
        |campaign| CreateReferral::new(NewReferral::new(CampaignId::from(campaign), PLACEHOLDER));
    let v1 = |state| NewCustomerSession {
        profile_id: Some(PLACEHOLDER.into()),
        coupon: Some("SUMMER10".into()),
        state: Some(state),
        cart_items: Some(vec![CartItem::new("SKU-1", 2).price(50)]),
        total: Some(100.into()),
        ..NewCustomerSession::default()
    };
    let v1 = |state| UpdateCustomerSession::new(format!("first-{}", session_id(is_new)), v1(state));
    if is_new {
        steps.extend([
            Step::new(&v1(SessionState::Open), 200)?,
            Step::new(&v1(SessionState::Closed), 200)?,
        ]);
        return_item(steps, true)?;
        steps.extend([
            Step::new(&closed, 200)?,
            // A closed session cannot be opened by an update.
            Step::new(&update(is_new, cart(1, &[]).state(SessionState::Open)), 400)?,
            Step::new(&update(is_new, cancelled), 200)?,
            Step::new(&refer(CAMPAIGN), 201)?,
        ]);
    } else {
        return_item(steps, false)?;
        steps.extend([
            Step::new(&v1(SessionState::Open), 200)?,
            Step::new(&v1(SessionState::Closed).dry(true), 200)?,
            Step::new(&closed.dry(true), 200)?,
            Step::new(&update(is_new, cart(10, &codes)), 200)?,
            // A dry request does not see earlier dry requests, and an open session cannot be
            // cancelled.
            Step::new(&update(is_new, cancelled).dry(true), 400)?,
            Step::new(&refer(NO_CAMPAIGN), 400)?,
        ]);
    }
    Ok(())
}

/// Returns an item of the closed session of V1 of a new customer. An existing customer names a
/// session that does not exist.
fn return_item(steps: &mut Vec<Step>, is_new: bool) -> Result<()> {
    let first = format!("first-{}", session_id(true));
    let id = if is_new { first } else { format!("unknown-{PLACEHOLDER}") };
    let (status, reopened) = if is_new { (200, 400) } else { (404, 404) };
    steps.extend([
        Step::new(&GetCustomerSession::new(&*id), status)?,
        Step::new(&ReturnCartItems::new(&*id, [ReturnedCartItem::at(0).quantity(1)]), status)?,
        // A session with returned items cannot be reopened.
        Step::new(&ReopenCustomerSession::new(&*id), reopened)?,
    ]);
    Ok(())
}

/// Events outside of sessions, and batches.
fn events_and_batches(steps: &mut Vec<Step>, is_new: bool) -> Result<()> {
    let attributes = || Attributes::new().with("channel", "mail");
    let second = NewEventV2::new("shared_link", PLACEHOLDER).attributes(attributes());
    let id = format!("{}-{PLACEHOLDER}", if is_new { "event" } else { "unknown" });
    let third = NewEventV3::new(&*id, "shared_link", PLACEHOLDER).attributes(attributes());
    let profiles = CustomerProfileBatch::new([CustomerProfileBatchItem::new(PLACEHOLDER)]);
    let campaign = if is_new { CAMPAIGN } else { NO_CAMPAIGN };
    let referrals = NewReferralBatch::new(campaign, [PLACEHOLDER]);
    let (read, created) = if is_new { (200, 204) } else { (404, 400) };
    steps.extend([
        Step::new(&UpdateCustomerProfilesV2::new(profiles), 204)?,
        Step::new(&TrackEventV2::new(second).dry(!is_new), 204)?,
        Step::new(&TrackEventV3::new(third).dry(!is_new), 204)?,
        Step::new(&GetEventV3::new(&*id), read)?,
        Step::new(&CreateReferralsForMultipleAdvocates::new(referrals), created)?,
    ]);
    Ok(())
}

/// Refused requests, and the deletion of the customer's data.
fn refusals_and_deletion(steps: &mut Vec<Step>) -> Result<()> {
    let undeclared = NewEvent::new("never_declared", session_id(false)).profile(PLACEHOLDER);
    let nobody = GetCustomerInventory::new("nobody").profile(true);
    steps.extend([
        Step::new(&TrackEvent::new(undeclared), 400)?,
        Step::new(&nobody, 404)?,
        Step::new(&DeleteCustomerData::new(PLACEHOLDER), 204)?,
    ]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use talon_core::OPERATIONS;

    use super::*;

    #[tokio::test]
    async fn all_operations_are_in_both_scenarios() {
        let Scenarios { new_customer, existing_customer } = Scenarios::new().await.unwrap();

        for steps in [new_customer, existing_customer] {
            let operations: BTreeSet<_> = steps.iter().map(|step| step.operation).collect();
            assert_eq!(operations, OPERATIONS.iter().map(|info| info.id).collect());
        }
    }

    #[tokio::test]
    async fn each_step_has_its_expected_status_for_several_customers() {
        let Scenarios { new_customer, existing_customer } = Scenarios::new().await.unwrap();
        let fake = Fake::new(World::demo()).unwrap();

        for customer in [7, 8] {
            for step in new_customer.iter().chain(&existing_customer).chain(&existing_customer) {
                let status = step.send(&fake, customer).await;
                assert_eq!(status, step.status, "{} of {customer}", step.operation);
            }
        }
    }

    /// The number of rows of each table.
    fn rows(fake: &Fake) -> Vec<(String, Option<usize>)> {
        let snapshot = serde_json::to_value(fake.snapshot()).unwrap();
        let tables = snapshot["state"]["tables"].as_object().unwrap();
        let rows = tables.iter().map(|(name, rows)| {
            let count = rows.as_object().map(serde_json::Map::len);
            (name.clone(), count.or(rows.as_array().map(Vec::len)))
        });
        rows.collect()
    }

    #[tokio::test]
    async fn an_existing_customer_adds_no_row() {
        let Scenarios { new_customer, existing_customer } = Scenarios::new().await.unwrap();
        let fake = Fake::new(World::demo()).unwrap();
        for step in new_customer.iter().chain(&existing_customer) {
            step.send(&fake, 7).await;
        }
        let before = rows(&fake);

        for step in &existing_customer {
            step.send(&fake, 7).await;
        }

        assert_eq!(rows(&fake), before);
    }
}
