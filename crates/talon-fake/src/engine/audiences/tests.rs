//! How many rows a change or a reading of memberships touches: the same for any number of members.

use std::sync::Arc;

use talon_core::{AudienceId, ProfileId};

use crate::World;
use crate::engine::audiences;
use crate::state::{State, Transaction};
use crate::world::Audience;

const CROWD: i64 = 7;

/// An audience with this many members, of whom the first is in another one too.
fn state(members: usize) -> State {
    let ids = (0..members).map(|number| format!("profile-{number}"));
    let crowd = Audience::new(CROWD, "Crowd").integration("segment", "crowd").members(ids);
    let few = Audience::new(8, "Few").members(["profile-0"]);
    State::load(&Arc::new(World::new().add_audience(crowd).add_audience(few)))
}

/// Rows that a transaction touches, and the members of the crowd after its commit.
fn touched(state: &State, change: impl Fn(&mut Transaction<'_>)) -> (usize, usize) {
    let mut counted = Transaction::new(state);
    change(&mut counted);
    let touched = counted.tables.touched();
    let mut tx = Transaction::new(state);
    change(&mut tx);
    assert!(tx.commit(true, &mut || {}).is_ok());
    (touched, Transaction::new(state).members(CROWD.into()).profiles.size())
}

#[test]
fn rows_that_are_touched_do_not_depend_on_the_number_of_members() {
    let (crowd, anna) = (AudienceId::from(CROWD), ProfileId::from("anna"));
    for count in [10, 20_000] {
        let state = state(count);
        let reads = touched(&state, |tx| assert_eq!(tx.members(crowd).profiles.size(), count));
        assert_eq!(reads, (1, count), "the members of the audience");

        let reads = touched(&state, |tx| {
            let member = tx.profile_reply(&"profile-0".into()).expect("a member");
            assert_eq!(member.audience_memberships.map(|it| it.len()), Some(2));
        });
        assert_eq!(reads, (3, count), "the profile and its two audiences");

        let joins = touched(&state, |tx| {
            tx.profile_or_hidden(&anna);
            assert!(audiences::join(tx, &anna, crowd).is_some());
        });
        assert_eq!(joins, (3, count + 1), "the profile, the audience and its members");

        let leaves = touched(&state, |tx| {
            assert!(audiences::leave(tx, &"profile-0".into(), crowd).is_some());
        });
        assert_eq!(leaves, (4, count), "also the other audience of the profile");

        let ends = touched(&state, |tx| audiences::end_memberships(tx, crowd));
        assert_eq!(ends, (2, 0), "the audience and its members");

        let deletes = touched(&state, |tx| audiences::delete(tx, crowd));
        assert_eq!(deletes, (3, 0), "also its id in the integration");
    }
}

#[test]
fn a_membership_that_has_ended_is_removed_at_the_next_change() {
    let state = state(10);
    let (crowd, member) = (AudienceId::from(CROWD), ProfileId::from("profile-1"));
    let memberships = || Transaction::new(&state).profile(&member).map(|it| it.memberships.len());
    touched(&state, |tx| audiences::end_memberships(tx, crowd));
    assert_eq!(memberships(), Some(1));

    touched(&state, |tx| assert!(audiences::join(tx, &member, 8.into()).is_some()));

    assert_eq!(memberships(), Some(1));
    assert_eq!(audiences::of(&Transaction::new(&state), &member), [8.into()].into());
}
