//! What changes and readings of memberships cost in an audience with a thousand members and with a
//! million.
//!
//! `cargo bench -p talon-fake --bench memberships`. Times are shown, since they belong to a machine;
//! the number of rows that each touches is held to its bound by the tests of the engine.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use talon_core::prelude::*;
use talon_fake::world::Audience;
use talon_fake::{Fake, World};

const CROWD: i64 = 7;
/// Profiles that join and leave in turn.
const CHANGES: u32 = 1_000;

fn main() {
    for size in [1_000, 1_000_000] {
        let members = (0..size).map(|number| format!("customer-{number:07}"));
        let crowd = Audience::new(CROWD, "Crowd").members(members);
        let world = World::new().add_audience(crowd);
        let (talon, seeded) = timed(|| Fake::new(world).expect("the world is fit"));
        println!("{size} members: seeded in {seeded:?}");
        measure(&talon, size);
    }
}

fn measure(talon: &Fake, size: usize) {
    talon.keep_calls(0);
    let (count, counted) = timed(|| talon.member_count(CROWD));
    let (members, listed) = timed(|| talon.members_of(CROWD));
    assert_eq!((count, members.len()), (size, size));
    println!("  counted in {counted:?}, listed in {listed:?}");
    // Snapshots share the members; a change afterwards must not copy them.
    let snapshot = talon.snapshot();
    let ((), changed) = timed(|| (0..CHANGES).for_each(|number| join_and_leave(talon, number)));
    assert_eq!(talon.member_count(CROWD), size);
    println!("  joined and left in {:?}, while a snapshot is kept", changed / CHANGES);
    drop(snapshot);
    let clear = DeleteAudienceMembershipsV2::new(CROWD);
    let (cleared, ended) = timed(|| now(talon.delete_audience_memberships_v2(clear)));
    cleared.expect("the audience is there");
    assert_eq!(talon.member_count(CROWD), 0);
    println!("  cleared in {ended:?}");
    let (profile, read) = timed(|| talon.profile("customer-0000001").expect("seeded"));
    assert_eq!(profile.audience_memberships, Some(Vec::new()));
    println!("  a former member read in {read:?}");
}

fn join_and_leave(talon: &Fake, number: u32) {
    let profile = format!("visitor-{number}");
    let changes = [AudienceChange::add(CROWD, &*profile), AudienceChange::delete(CROWD, &*profile)];
    for change in changes {
        let changes = CustomerProfileAudienceChanges::new([change]);
        let request = UpdateCustomerProfileAudiences::new(changes);
        now(talon.update_customer_profile_audiences(request)).expect("the audience is there");
    }
}

fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = act();
    (result, start.elapsed())
}

/// The output of a call that has nothing to wait for.
fn now<F: Future>(call: F) -> F::Output {
    match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("a call without a fault does not wait"),
    }
}
