//! The whole fake, whatever is asked of it and in whatever order.
//!
//! Bytes choose a world and then step after step from a small alphabet, so that
//! sessions, profiles and codes meet. Beside the fake there are a twin, to which every request goes
//! over HTTP and which now and then begins again from a snapshot, and books of what closed
//! sessions should have used up.

use std::fmt::Debug;
use std::rc::Rc;
use std::thread;

use arbitrary::Unstructured;
use talon_core::api::Call;
use talon_core::dispatch::{dispatch, error_to_http};
use talon_core::operation::RetrySafety;
use talon_core::prelude::*;
use talon_core::{Operation, Result};
use talon_fake::{Fake, Snapshot, World};
use talon_samples::{Sample, for_each_sample};

use crate::immediate;

mod alphabet;
mod books;
mod limits;
mod points;
mod request;
mod returns;
mod rules;
mod seen;
mod totals;
mod world;

use alphabet::{Drawn, Known, one_of};
use books::Books;
use request::Draw;
use seen::Seen;

/// Most steps of a sequence.
const STEPS: usize = 32;

/// Whatever is asked of a fake, and in whatever order:
///
/// - it answers in process as it does over HTTP, and after a restart as if there had been none;
/// - a refusal, a dry run and a question change nothing;
/// - counters, budgets and ledgers are the sums of what closed sessions did, so that cancelling
///   one gives everything back; none is negative or beyond its limit.
///
/// # Panics
/// When the property does not hold.
pub fn check(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    // Too few bytes are no world and no step.
    let _ = play(&mut bytes);
}

fn play(bytes: &mut Unstructured<'_>) -> Drawn<()> {
    let mut shop = Shop::new(world::draw(bytes)?);
    for _ in 0..STEPS {
        if bytes.is_empty() {
            break;
        }
        shop.step(bytes)?;
    }
    Ok(())
}

/// A fake, its twin, and what should have come of it all.
struct Shop {
    fake: Fake,
    twin: Fake,
    world: World,
    known: Known,
    books: Books,
    story: Story,
}

impl Shop {
    fn new(world: World) -> Self {
        let new = || Fake::new(world.clone()).expect("a drawn world is fit");
        let (fake, twin) = (new(), new());
        let known = Known::of(&world);
        let story = Story(vec![Rc::new(world.clone())]);
        Self { fake, twin, world, known, books: Books::default(), story }
    }

    fn step(&mut self, bytes: &mut Unstructured<'_>) -> Drawn<()> {
        const CALLS: u8 = 24;
        match bytes.int_in_range(0..=CALLS + 2)? {
            0..CALLS => self.draw_call(bytes)?,
            CALLS => self.restart(),
            other => self.move_clock(bytes, other == CALLS + 1)?,
        }
        Ok(())
    }

    fn move_clock(&mut self, bytes: &mut Unstructured<'_>, forth: bool) -> Drawn<()> {
        let by = one_of(bytes, alphabet::SPANS)?;
        let now = self.fake.clock().now();
        let now = if forth { now.checked_add(by) } else { now.checked_sub(by) };
        self.story.0.push(Rc::new(now));
        for fake in [&self.fake, &self.twin] {
            fake.clock().set(now.expect("the clock stays near the year 2026"));
        }
        Ok(())
    }

    /// The twin goes on from what is left of the fake when it is written down.
    fn restart(&mut self) {
        self.story.0.push(Rc::new("restart"));
        let snapshot = self.fake.snapshot();
        let json = serde_json::to_string(&snapshot).expect("a drawn world has no closures");
        let read: Snapshot = serde_json::from_str(&json).expect("what was written can be read");
        assert_equal(&read, &snapshot);
        self.twin = Fake::from_snapshot(&read).expect("the world was fit before");
        assert_equal(&self.twin.snapshot(), &snapshot);
    }

    fn call<O: Draw>(&mut self, request: &O) {
        self.story.0.push(Rc::new(request.clone()));
        let before = self.fake.snapshot();
        let reply = immediate(request.clone().call(&self.fake));
        let only_asks = O::INFO.retry == RetrySafety::ReadOnly;
        let changes = reply.is_ok() && !request.is_dry() && !only_asks;
        if changes {
            let reply = reply.as_ref().expect("it changes something");
            request.note(reply, &self.fake, &mut self.books, &mut self.known);
        }
        assert_carried(request, reply, &self.twin);
        let after = self.fake.snapshot();
        assert_equal(&after, &self.twin.snapshot());
        if changes {
            let seen = Seen::of(&after);
            totals::check(&self.books, &self.world, &seen);
            limits::check(&self.books, &self.world, &seen);
        } else {
            assert_equal(&before, &after);
        }
    }
}

type Step = fn(&mut Shop, &mut Unstructured<'_>) -> Drawn<()>;

impl Shop {
    fn draw_call(&mut self, bytes: &mut Unstructured<'_>) -> Drawn<()> {
        match bytes.int_in_range(0..=7u8)? {
            // Sessions are what all others meet in.
            0 | 2 | 4 => self.drawn::<UpdateCustomerSessionV2>(bytes),
            1 | 5 => one_of(bytes, OTHERS)?(self, bytes),
            3 | 6 => one_of(bytes, AFTER_CLOSES)?(self, bytes),
            _ => self.sample(bytes),
        }
    }

    fn drawn<O: Draw>(&mut self, bytes: &mut Unstructured<'_>) -> Drawn<()> {
        let request = O::draw(bytes, &self.known)?;
        self.call(&request);
        Ok(())
    }

    /// Any operation, by its sample. What comes of it is in no book, so only copies are asked.
    fn sample(&mut self, bytes: &mut Unstructured<'_>) -> Drawn<()> {
        let ids = [alphabet::SESSIONS, alphabet::PROFILES].concat();
        let id = one_of(bytes, &ids)?;
        let mut samples: Vec<fn(&mut Self, &str)> = Vec::new();
        for_each_sample!(|O| samples.push(|shop, id| shop.call_on_copies(&O::sample(id))));
        one_of(bytes, &samples)?(self, id);
        Ok(())
    }

    fn call_on_copies<O: Call>(&mut self, request: &O) {
        self.story.0.push(Rc::new(request.clone()));
        let before = self.fake.snapshot();
        let copy = || Fake::from_snapshot(&before).expect("the world was fit before");
        let (fake, twin) = (copy(), copy());
        let reply = immediate(request.clone().call(&fake));
        let is_refused = reply.is_err();
        assert_carried(request, reply, &twin);
        let after = fake.snapshot();
        assert_equal(&after, &twin.snapshot());
        if is_refused || O::INFO.retry == RetrySafety::ReadOnly {
            assert_equal(&before, &after);
        }
    }
}

/// Operations whose effects the books know.
const OTHERS: &[Step] = &[
    Shop::drawn::<CreateCouponReservation>,
    Shop::drawn::<CreateReferral>,
    Shop::drawn::<DeleteCouponReservation>,
    Shop::drawn::<DeleteCustomerData>,
    Shop::drawn::<GetCustomerInventory>,
    Shop::drawn::<GetReservedCustomers>,
    Shop::drawn::<TrackEvent>,
    Shop::drawn::<UpdateCustomerProfile>,
    Shop::drawn::<UpdateCustomerProfileV2>,
    Shop::drawn::<UpdateCustomerSession>,
    Shop::drawn::<UpdateCustomerSessionV2>,
];

/// Operations on sessions that were closed.
const AFTER_CLOSES: &[Step] = &[
    Shop::drawn::<ReturnCartItems>,
    Shop::drawn::<ReopenCustomerSession>,
    Shop::drawn::<GetCustomerSession>,
    Shop::drawn::<ReturnCartItems>,
];

/// The fake answers over HTTP what it answered in process, to the byte.
fn assert_carried<O: Operation>(request: &O, direct: Result<O::Reply>, twin: &Fake) {
    let request = match request.to_http() {
        Ok(request) => request,
        Err(error) => {
            let direct = direct.expect_err("what cannot be sent is refused in process as well");
            return assert_eq!(direct.kind(), error.kind());
        }
    };
    let carried = immediate(dispatch(twin, &request));
    assert!(!carried.status().is_server_error(), "{request:?} was answered {carried:?}");
    let direct = direct.and_then(|reply| O::reply_to_http(&reply)).unwrap_or_else(error_to_http);
    assert_eq!((direct.status(), direct.body()), (carried.status(), carried.body()));
    if carried.status().is_success() {
        O::reply_from_http(carried).expect("a client can read it");
    }
}

/// Finding the difference takes long: only when there is one.
fn assert_equal(one: &Snapshot, other: &Snapshot) {
    assert!(one == other, "{}", one.diff(other).join("\n"));
}

/// What happened so far, for whoever has to find out why a property does not hold.
struct Story(Vec<Rc<dyn Debug>>);

impl Drop for Story {
    fn drop(&mut self) {
        if thread::panicking() {
            for step in &self.0 {
                eprintln!("{step:?}");
            }
        }
    }
}
