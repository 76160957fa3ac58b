//! The requests of a customer, encoded once.

use std::fmt::Write;

use talon_core::auth::API_KEY_PREFIX;
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::prelude::*;
use talon_core::{CampaignId, Result};

/// Placeholder for the id of the customer; ids have the same length.
const PLACEHOLDER: &str = "customer-00000000";
/// API key of the demo world.
const KEY: &str = "demo-key";
const CAMPAIGN: i64 = 1;
/// A campaign that does not exist.
const NO_CAMPAIGN: i64 = 99;

/// The steps of a customer in order; they cover all operations.
#[derive(Debug)]
pub(super) struct Scenario(pub(super) Vec<Step>);

/// One encoded request.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) operation: &'static str,
    /// The expected status of the reply.
    pub(super) status: u16,
    bytes: Vec<u8>,
    /// Positions of the customer's id in `bytes`.
    offsets: Vec<usize>,
}

impl Scenario {
    /// The scenario of a new customer, which stores a profile, two sessions, two events and two referrals, or of
    /// an existing one, which stores nothing new.
    pub(super) fn new(is_new: bool) -> Result<Self> {
        let mut steps = Vec::new();
        browse(&mut steps, is_new)?;
        reserve(&mut steps)?;
        pay(&mut steps, is_new)?;
        events_and_batches(&mut steps, is_new)?;
        refusals_and_deletion(&mut steps)?;
        Ok(Self(steps))
    }
}

impl Step {
    fn new<O: Operation>(operation: &O, status: u16) -> Result<Self> {
        let (head, body) = operation.to_http()?.into_parts();
        let mut text = format!("{} {} HTTP/1.1\r\n", head.method, head.uri);
        for (name, value) in &head.headers {
            let value = value.to_str().expect("the codec writes ASCII");
            write!(text, "{name}: {value}\r\n").expect("a string takes everything");
        }
        // Closing a session carries an idempotency key, as the clients of this workspace send it.
        if O::INFO.idempotency_key && body.windows(8).any(|part| part == b"\"closed\"") {
            write!(text, "{IDEMPOTENCY_KEY}: {PLACEHOLDER}\r\n")
                .expect("a string takes everything");
        }
        let length = body.len();
        write!(
            text,
            "host: localhost\r\nauthorization: {API_KEY_PREFIX} {KEY}\r\n\
             content-length: {length}\r\n\r\n"
        )
        .expect("a string takes everything");
        text.push_str(str::from_utf8(&body).expect("JSON is UTF-8"));
        let offsets = text.match_indices(PLACEHOLDER).map(|(at, _)| at).collect();
        Ok(Self { operation: O::INFO.id, status, bytes: text.into_bytes(), offsets })
    }

    /// The request for the customer with this number, of which the last eight digits are used.
    pub(super) fn request_for(&mut self, customer: u64) -> &[u8] {
        let mut digits = [b'0'; 8];
        let mut rest = customer;
        for digit in digits.iter_mut().rev() {
            *digit = b"0123456789"[usize::try_from(rest % 10).expect("a digit")];
            rest /= 10;
        }
        for offset in &self.offsets {
            let end = offset + PLACEHOLDER.len();
            self.bytes[end - digits.len()..end].copy_from_slice(&digits);
        }
        &self.bytes
    }
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
    UpdateCustomerSessionV2::new(session_id(is_new), IntegrationRequest::new(session))
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
        Step::new(&TrackEvent::new(shared_link(is_new)), 201)?,
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
        give_back(steps, true)?;
        steps.extend([
            Step::new(&closed, 200)?,
            // A closed session cannot be opened again.
            Step::new(&update(is_new, cart(1, &[]).state(SessionState::Open)), 400)?,
            Step::new(&update(is_new, cancelled), 200)?,
            Step::new(&refer(CAMPAIGN), 201)?,
        ]);
    } else {
        give_back(steps, false)?;
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
fn give_back(steps: &mut Vec<Step>, is_new: bool) -> Result<()> {
    let first = format!("first-{}", session_id(true));
    let id = if is_new { first } else { format!("unknown-{PLACEHOLDER}") };
    let items = ReturnRequest::new([ReturnedCartItem::at(0).quantity(1)]);
    let (status, reopened) = if is_new { (200, 400) } else { (404, 404) };
    steps.extend([
        Step::new(&GetCustomerSession::new(&*id), status)?,
        Step::new(&ReturnCartItems::new(&*id, items), status)?,
        // A session of which items came back cannot be opened again.
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

    #[test]
    fn all_operations_are_in_both_scenarios() {
        for is_new in [true, false] {
            let operations: BTreeSet<_> =
                Scenario::new(is_new).unwrap().0.iter().map(|step| step.operation).collect();

            assert_eq!(operations, OPERATIONS.iter().map(|info| info.id).collect());
        }
    }

    #[test]
    fn the_number_of_the_customer_is_patched_in() {
        let mut step = Step::new(&DeleteCustomerData::new(PLACEHOLDER), 204).unwrap();

        let text = String::from_utf8(step.request_for(1_234).to_vec()).unwrap();

        assert!(text.starts_with("DELETE /v1/customer_data/customer-00001234 HTTP/1.1\r\n"));
    }
}
