//! Loyalty cards: those of the world and of requests, with the profiles that share them; the cards of
//! the profiles are the same.

use std::collections::BTreeSet;

use super::expected::Expected;
use super::state::StoredState;
use super::values::CARD_PROGRAM;

pub(super) fn check(expected: &Expected, state: &StoredState) {
    let stored = state.loyalty_cards.values().flat_map(|card| {
        let profiles = card.profiles.iter().map(|registration| &registration.integration_id);
        profiles.map(|profile| (card.key.as_str(), profile))
    });
    let stored: BTreeSet<_> = stored.collect();
    let by_profile = state
        .profiles
        .iter()
        .flat_map(|(id, profile)| profile.cards.iter().map(move |card| (card.as_str(), id)));
    assert_eq!(by_profile.collect::<BTreeSet<_>>(), stored);
    let keys: Vec<_> =
        expected.cards.keys().map(|card| (format!("{CARD_PROGRAM}/{card}"), card)).collect();
    let known: BTreeSet<_> = keys.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(state.loyalty_cards.keys().map(String::as_str).collect::<BTreeSet<_>>(), known);
    let linked = keys.iter().flat_map(|(key, card)| {
        expected.cards[*card].1.iter().map(move |profile| (key.as_str(), profile))
    });
    assert_eq!(linked.collect::<BTreeSet<_>>(), stored);
}
