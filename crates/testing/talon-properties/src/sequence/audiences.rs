//! Memberships: those of the profiles and those of the audiences are the expected ones.

use std::collections::BTreeSet;

use super::expected::Expected;
use super::state::StoredState;

pub(super) fn check(expected: &Expected, state: &StoredState) {
    let by_profile = state.profiles.iter().flat_map(|(id, stored)| {
        let of_audience = |audience| state.audiences.get(audience).map(|it| it.generation);
        let mine = stored.memberships.iter();
        let current = mine.filter(move |it| of_audience(&it.audience) == Some(it.generation));
        current.map(|membership| (id.clone(), membership.audience))
    });
    let by_audience = state
        .audience_members
        .iter()
        .flat_map(|(id, members)| members.profiles.iter().map(|profile| (profile.clone(), *id)));
    assert_eq!(by_profile.collect::<BTreeSet<_>>(), expected.members);
    assert_eq!(by_audience.collect::<BTreeSet<_>>(), expected.members);
}
