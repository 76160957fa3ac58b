//! Arbitrary sequences of requests to the fake, checked against a reference model.
//!
//! Bytes choose a world and then steps. Steps use few ids and codes, so that they affect each other.
//! The same requests go over HTTP to a replica, which sometimes restarts from a snapshot. The reference
//! model (`Expected`) computes the counters, budgets and ledgers from the replies.

use std::fmt::Debug;
use std::rc::Rc;
use std::thread;

use arbitrary::{Result, Unstructured};
use talon_core::Operation;
use talon_core::api::Call;
use talon_core::dispatch::{dispatch, error_to_http};
use talon_core::operation::RetrySafety;
use talon_core::operations::{
    ActivateLoyaltyPoints, CreateCouponReservation, CreateReferral, DeleteAudienceMembershipsV2,
    DeleteCouponReservation, DeleteCustomerData, GenerateLoyaltyCard, GetCustomerInventory,
    GetCustomerSession, GetLoyaltyCardBalances, GetReservedCustomers, LinkLoyaltyCardToProfile,
    ReopenCustomerSession, ReturnCartItems, TrackEvent, UnlinkLoyaltyCardFromProfile,
    UpdateAudienceCustomersAttributes, UpdateAudienceV2, UpdateCustomerProfile,
    UpdateCustomerProfileAudiences, UpdateCustomerProfileV2, UpdateCustomerSession,
    UpdateCustomerSessionV2,
};
use talon_fake::{Fake, Snapshot, World};
use talon_samples::{Sample, for_each_sample};

use talon_samples::immediate;

mod audiences;
mod cancellation;
mod cards;
mod closed_session;
mod expected;
mod limits;
mod points;
mod reevaluation;
mod request;
mod returns;
mod rules;
mod state;
mod totals;
mod values;
mod world;

use expected::Expected;
use request::GenerateRequest;
use state::StoredState;
use values::{KnownCodes, one_of};

const MAX_STEPS: usize = 32;

/// For every sequence of requests:
///
/// - the fake replies equally in process, over HTTP, and after a restart;
/// - refusals, dry runs and reads change nothing;
/// - counters, budgets and ledgers are the sums of the effects of closed sessions; none is negative or
///   exceeds its limit;
/// - returns and a cancellation revert them: what is left is what a session leaves that is never
///   closed, and effects that are never rolled back, once.
///
/// # Panics
/// When the property does not hold.
pub fn check(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    // An error means that there are too few bytes for a world or a step.
    let _ = run(&mut bytes);
}

fn run(bytes: &mut Unstructured<'_>) -> Result<()> {
    let mut sequence = Sequence::new(world::generate(bytes)?);
    for _ in 0..MAX_STEPS {
        if bytes.is_empty() {
            break;
        }
        sequence.step(bytes)?;
    }
    Ok(())
}

/// The fake, its replica, and the expected state of both.
struct Sequence {
    fake: Fake,
    replica: Fake,
    world: World,
    codes: KnownCodes,
    expected: Expected,
    trace: Trace,
}

impl Sequence {
    fn new(world: World) -> Self {
        let new = || Fake::new(world.clone()).expect("a generated world is valid");
        let (fake, replica) = (new(), new());
        let codes = KnownCodes::from_world(&world);
        let trace = Trace(vec![Rc::new(world.clone())]);
        let expected = Expected::new(&world);
        Self { fake, replica, world, codes, expected, trace }
    }

    fn step(&mut self, bytes: &mut Unstructured<'_>) -> Result<()> {
        const CALLS: u8 = 24;
        match bytes.int_in_range(0..=CALLS + 2)? {
            0..CALLS => self.call_any(bytes)?,
            CALLS => self.restart(),
            other => self.move_clock(bytes, other == CALLS + 1)?,
        }
        Ok(())
    }

    fn move_clock(&mut self, bytes: &mut Unstructured<'_>, forward: bool) -> Result<()> {
        let span = one_of(bytes, values::SPANS)?;
        let now = self.fake.clock().now();
        let now = if forward { now.checked_add(span) } else { now.checked_sub(span) };
        self.trace.0.push(Rc::new(now));
        for fake in [&self.fake, &self.replica] {
            fake.clock().set(now.expect("the clock stays near the year 2026"));
        }
        Ok(())
    }

    /// Replaces the replica by one that is restored from a snapshot of the fake.
    fn restart(&mut self) {
        self.trace.0.push(Rc::new("restart"));
        let snapshot = self.fake.snapshot();
        let json = serde_json::to_string(&snapshot).expect("a generated world has no closures");
        let read: Snapshot = serde_json::from_str(&json).expect("what was written can be read");
        assert_equal(&read, &snapshot);
        self.replica = Fake::from_snapshot(&read).expect("the world was valid before");
        assert_equal(&self.replica.snapshot(), &snapshot);
    }

    fn call<O: GenerateRequest>(&mut self, request: &O) {
        self.trace.0.push(Rc::new(request.clone()));
        let before = self.fake.snapshot();
        let reply = immediate(request.clone().call(&self.fake));
        let is_read = O::INFO.retry == RetrySafety::ReadOnly;
        let changes = reply.is_ok() && !request.is_dry() && !is_read;
        if changes {
            let reply = reply.as_ref().expect("it is a success");
            request.record(reply, &self.fake, &mut self.expected, &mut self.codes);
        }
        assert_equal_over_http(request, reply, &self.replica);
        let after = self.fake.snapshot();
        assert_equal(&after, &self.replica.snapshot());
        if changes {
            let state = StoredState::from_snapshot(&after);
            totals::check(&self.expected, &self.world, &state);
            audiences::check(&self.expected, &state);
            cards::check(&self.expected, &state);
            limits::check(&self.expected, &self.world, &state);
        } else {
            assert_equal(&before, &after);
        }
    }
}

type Step = fn(&mut Sequence, &mut Unstructured<'_>) -> Result<()>;

impl Sequence {
    fn call_any(&mut self, bytes: &mut Unstructured<'_>) -> Result<()> {
        match bytes.int_in_range(0..=8u8)? {
            // Most other operations depend on sessions.
            0 | 2 | 4 => self.call_generated::<UpdateCustomerSessionV2>(bytes),
            1 | 5 => one_of(bytes, MODELLED_CALLS)?(self, bytes),
            3 | 6 => one_of(bytes, CALLS_AFTER_CLOSE)?(self, bytes),
            7 => {
                let before = self.fake.snapshot();
                cancellation::check(&before, &self.world, (bytes, &self.codes), &mut self.trace)
            }
            _ => self.call_sample(bytes),
        }
    }

    fn call_generated<O: GenerateRequest>(&mut self, bytes: &mut Unstructured<'_>) -> Result<()> {
        let request = O::generate(bytes, &self.codes)?;
        self.call(&request);
        Ok(())
    }

    /// Calls any operation with its sample. The reference model does not know its effects, so copies of
    /// the fake and the replica are called.
    fn call_sample(&mut self, bytes: &mut Unstructured<'_>) -> Result<()> {
        let ids = [values::SESSIONS, values::PROFILES].concat();
        let id = one_of(bytes, &ids)?;
        let mut samples: Vec<fn(&mut Self, &str)> = Vec::new();
        for_each_sample!(|O| samples.push(|sequence, id| sequence.call_copies(&O::sample(id))));
        one_of(bytes, &samples)?(self, id);
        Ok(())
    }

    fn call_copies<O: Call>(&mut self, request: &O) {
        self.trace.0.push(Rc::new(request.clone()));
        let before = self.fake.snapshot();
        let copy = || Fake::from_snapshot(&before).expect("the world was valid before");
        let (fake, replica) = (copy(), copy());
        let reply = immediate(request.clone().call(&fake));
        let is_refused = reply.is_err();
        assert_equal_over_http(request, reply, &replica);
        let after = fake.snapshot();
        assert_equal(&after, &replica.snapshot());
        if is_refused || O::INFO.retry == RetrySafety::ReadOnly {
            assert_equal(&before, &after);
        }
    }
}

/// Operations whose effects the reference model knows.
const MODELLED_CALLS: &[Step] = &[
    Sequence::call_generated::<ActivateLoyaltyPoints>,
    Sequence::call_generated::<CreateCouponReservation>,
    Sequence::call_generated::<CreateReferral>,
    Sequence::call_generated::<DeleteAudienceMembershipsV2>,
    Sequence::call_generated::<DeleteCouponReservation>,
    Sequence::call_generated::<DeleteCustomerData>,
    Sequence::call_generated::<GenerateLoyaltyCard>,
    Sequence::call_generated::<GetCustomerInventory>,
    Sequence::call_generated::<GetLoyaltyCardBalances>,
    Sequence::call_generated::<GetReservedCustomers>,
    Sequence::call_generated::<LinkLoyaltyCardToProfile>,
    Sequence::call_generated::<TrackEvent>,
    Sequence::call_generated::<UnlinkLoyaltyCardFromProfile>,
    Sequence::call_generated::<UpdateAudienceCustomersAttributes>,
    Sequence::call_generated::<UpdateAudienceV2>,
    Sequence::call_generated::<UpdateCustomerProfile>,
    Sequence::call_generated::<UpdateCustomerProfileAudiences>,
    Sequence::call_generated::<UpdateCustomerProfileV2>,
    Sequence::call_generated::<UpdateCustomerSession>,
    Sequence::call_generated::<UpdateCustomerSessionV2>,
];

/// Operations on closed sessions.
const CALLS_AFTER_CLOSE: &[Step] = &[
    Sequence::call_generated::<ReturnCartItems>,
    Sequence::call_generated::<ReopenCustomerSession>,
    Sequence::call_generated::<GetCustomerSession>,
    Sequence::call_generated::<ReturnCartItems>,
];

/// The replica returns the same reply over HTTP, byte for byte.
fn assert_equal_over_http<O: Operation>(
    request: &O,
    direct: talon_core::Result<O::Reply>,
    replica: &Fake,
) {
    let request = match request.to_http() {
        Ok(request) => request,
        Err(error) => {
            let direct = direct.expect_err("the fake refuses what cannot be sent");
            return assert_eq!(direct.kind(), error.kind());
        }
    };
    let response = immediate(dispatch(replica, &request));
    assert!(!response.status().is_server_error(), "{request:?} was answered {response:?}");
    let direct = direct.and_then(|reply| O::reply_to_http(&reply)).unwrap_or_else(error_to_http);
    assert_eq!((direct.status(), direct.body()), (response.status(), response.body()));
    if response.status().is_success() {
        O::reply_from_http(response).expect("a client can read it");
    }
}

/// Computes the difference only if there is one: that takes long.
fn assert_equal(one: &Snapshot, other: &Snapshot) {
    assert!(one == other, "{}", one.diff(other).join("\n"));
}

/// The steps so far; printed when a property does not hold.
struct Trace(Vec<Rc<dyn Debug>>);

impl Drop for Trace {
    fn drop(&mut self) {
        if thread::panicking() {
            for step in &self.0 {
                eprintln!("{step:?}");
            }
        }
    }
}
