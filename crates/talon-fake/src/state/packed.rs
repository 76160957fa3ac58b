//! Rows as text, which takes a fraction of the room.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use talon_core::json;

use super::Row;
use crate::nesting;

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
        let body = match json {
            Some(json) => Body::Json(json.into_boxed_slice()),
            None => Body::Whole(Box::new(row)),
        };
        Self { key, body }
    }

    pub(super) fn key(&self) -> &R::Key {
        &self.key
    }

    /// The row, or why its JSON is not one.
    pub(super) fn unpack(&self) -> Result<R, Unreadable> {
        match &self.body {
            Body::Json(json) => json::from_slice(json)
                .map_err(|error| Unreadable { key: format!("{:?}", self.key), error }),
            Body::Whole(row) => Ok(R::clone(row)),
        }
    }

    /// How many levels its JSON has; `None` when it has no JSON form.
    pub(crate) fn levels(&self) -> Option<usize> {
        match &self.body {
            Body::Json(json) => Some(nesting::levels_of_json(json)),
            Body::Whole(row) => nesting::levels_of(row),
        }
    }
}

/// A stored row that cannot be read back: only a fault of this code makes one.
#[derive(Debug)]
pub(crate) struct Unreadable {
    key: String,
    error: talon_core::Error,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "what is stored of {} {}", self.key, self.error)
    }
}

impl<R: Pack> Serialize for Packed<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.unpack().map_err(S::Error::custom)?.serialize(serializer)
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

            assert_eq!(
                packed.unpack().unwrap().profile.total_sales,
                sales.parse::<Amount>().unwrap()
            );
        }
    }

    #[test]
    fn a_long_history_is_not_written_and_read_again() {
        let mut stored = profile("1");
        assert!(matches!(Packed::new(stored.clone()).body, Body::Json(_)));

        stored.redeemed = (0..100).map(|n| (format!("CODE-{n}").as_str().into(), 1)).collect();

        let packed = Packed::new(stored.clone());
        assert!(matches!(packed.body, Body::Whole(_)));
        assert_eq!(packed.unpack().unwrap(), stored);
    }

    #[test]
    fn a_row_that_cannot_be_read_says_so() {
        let broken =
            Packed::<StoredProfile> { key: "anna".into(), body: Body::Json((*b"{").into()) };

        let error = broken.unpack().unwrap_err().to_string();

        assert!(
            error.starts_with("what is stored of ProfileId(\"anna\") cannot be read"),
            "{error}"
        );
        assert!(serde_json::to_string(&broken).unwrap_err().to_string().contains("anna"));
    }
}
