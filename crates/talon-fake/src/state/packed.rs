//! Rows as text, which takes a fraction of the room.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use talon_core::json;

use super::Row;

/// A row that can be stored as its JSON.
pub(crate) trait Pack: Row + Clone + PartialEq + Serialize + DeserializeOwned {
    /// Whether it has lists that grow with each call: they are dense as they are, and as JSON each
    /// call would read all of them.
    fn is_long(&self) -> bool;
}

/// A row as its JSON.
///
/// Most members of a session, a profile or an item are absent most of the time, and each takes its
/// place in memory all the same; absent from JSON, it takes none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Packed<R: Row> {
    key: R::Key,
    body: Body<R>,
}

#[derive(Clone, Debug, PartialEq)]
enum Body<R> {
    Json(Box<[u8]>),
    /// Rows that are long.
    Whole(Box<R>),
}

impl<R: Pack> Packed<R> {
    pub(super) fn new(row: R) -> Self {
        let key = row.key().clone();
        let json = if row.is_long() { None } else { json::to_vec(&row).ok() };
        debug_assert!(
            json.as_ref().is_none_or(|json| read::<R>(json) == row),
            "a row is what its JSON says"
        );
        let body = match json {
            Some(json) => Body::Json(json.into_boxed_slice()),
            None => Body::Whole(Box::new(row)),
        };
        Self { key, body }
    }

    pub(super) fn key(&self) -> &R::Key {
        &self.key
    }

    pub(super) fn unpack(&self) -> R {
        match &self.body {
            Body::Json(json) => read(json),
            Body::Whole(row) => R::clone(row),
        }
    }
}

fn read<R: Pack>(json: &[u8]) -> R {
    json::from_slice(json).expect("it was written from a row")
}

impl<R: Pack> Serialize for Packed<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.unpack().serialize(serializer)
    }
}

impl<'de, R: Pack> Deserialize<'de> for Packed<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        R::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use talon_core::{Amount, Timestamp};

    use super::*;
    use crate::state::StoredProfile;

    fn profile(sales: &str) -> StoredProfile {
        let mut stored = StoredProfile::new("anna".into(), 1, Timestamp::UNIX_EPOCH);
        stored.profile.total_sales = sales.parse().unwrap();
        stored
    }

    #[test]
    fn amounts_stay_what_they_are_to_the_last_digit() {
        for sales in ["0.1", "123456789012.345", "3.3333333333333333333333333333"] {
            let packed = Packed::new(profile(sales));

            assert_eq!(packed.unpack().profile.total_sales, sales.parse::<Amount>().unwrap());
        }
    }

    #[test]
    fn a_long_history_is_not_written_and_read_again() {
        let mut stored = profile("1");
        assert!(matches!(Packed::new(stored.clone()).body, Body::Json(_)));

        stored.redeemed = (0..100).map(|n| (format!("CODE-{n}").as_str().into(), 1)).collect();

        let packed = Packed::new(stored.clone());
        assert!(matches!(packed.body, Body::Whole(_)));
        assert_eq!(packed.unpack(), stored);
    }
}
