//! Rows as text, which takes a fraction of the room.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use talon_core::json;

use super::Row;
use crate::nesting;

/// A row that can be stored as its JSON.
pub(crate) trait Encode: Row + Clone + PartialEq + Serialize + DeserializeOwned {
    /// Whether it has lists that grow with each call: they are dense as they are, and as JSON each
    /// call would read all of them.
    fn is_long(&self) -> bool;
}

/// A row as its JSON.
///
/// Most members of a session, a profile or an item are absent most of the time, and each takes its
/// place in memory all the same; absent from JSON, it takes none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EncodedRow<R: Row> {
    key: R::Key,
    body: Body<R>,
}

#[derive(Clone, Debug, PartialEq)]
enum Body<R> {
    Json(Box<[u8]>),
    /// Rows that are long.
    Decoded(Box<R>),
}

impl<R: Encode> EncodedRow<R> {
    pub(crate) fn new(row: R) -> Self {
        let key = row.key().clone();
        let json = if row.is_long() { None } else { json::to_vec(&row).ok() };
        let body = match json {
            Some(json) => Body::Json(json.into_boxed_slice()),
            None => Body::Decoded(Box::new(row)),
        };
        Self { key, body }
    }

    pub(crate) fn key(&self) -> &R::Key {
        &self.key
    }

    /// The row, or why its JSON is not one.
    pub(crate) fn decode(&self) -> Result<R, UnreadableRow> {
        match &self.body {
            Body::Json(json) => json::from_slice(json)
                .map_err(|error| UnreadableRow { key: format!("{:?}", self.key), error }),
            Body::Decoded(row) => Ok(R::clone(row)),
        }
    }

    /// How many levels its JSON has; `None` when it has no JSON form.
    pub(crate) fn levels(&self) -> Option<usize> {
        match &self.body {
            Body::Json(json) => Some(nesting::levels_of_json(json)),
            Body::Decoded(row) => nesting::levels_of(row),
        }
    }
}

/// A stored row that cannot be read back: only a fault of this code makes one.
#[derive(Debug)]
pub(crate) struct UnreadableRow {
    key: String,
    error: talon_core::Error,
}

impl fmt::Display for UnreadableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "what is stored of {} {}", self.key, self.error)
    }
}

impl<R: Encode> Serialize for EncodedRow<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.decode().map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de, R: Encode> Deserialize<'de> for EncodedRow<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        R::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use talon_core::Amount;

    use super::*;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Account {
        id: String,
        balance: Amount,
        entries: Vec<i64>,
    }

    impl Row for Account {
        type Key = String;
        type Stored = EncodedRow<Self>;

        fn key(&self) -> &String {
            &self.id
        }

        fn key_of(stored: &EncodedRow<Self>) -> &String {
            stored.key()
        }

        fn encode(self) -> EncodedRow<Self> {
            EncodedRow::new(self)
        }

        fn decode(stored: &EncodedRow<Self>) -> Result<Self, UnreadableRow> {
            stored.decode()
        }
    }

    impl Encode for Account {
        fn is_long(&self) -> bool {
            self.entries.len() > 10
        }
    }

    fn account(balance: &str) -> Account {
        let balance = balance.parse().unwrap();
        Account { id: "anna".to_owned(), balance, entries: Vec::new() }
    }

    #[test]
    fn amounts_stay_what_they_are_to_the_last_digit() {
        for balance in ["0.1", "123456789012.345", "3.3333333333333333333333333333"] {
            let stored = EncodedRow::new(account(balance));

            assert_eq!(stored.decode().unwrap(), account(balance));
        }
    }

    #[test]
    fn a_long_row_is_not_written_and_read_again() {
        let mut row = account("1");
        assert!(matches!(EncodedRow::new(row.clone()).body, Body::Json(_)));

        row.entries = (0..100).collect();

        let stored = EncodedRow::new(row.clone());
        assert!(matches!(stored.body, Body::Decoded(_)));
        assert_eq!(stored.decode().unwrap(), row);
    }

    #[test]
    fn a_row_that_cannot_be_read_says_so() {
        let broken = EncodedRow::<Account> { key: "anna".into(), body: Body::Json((*b"{").into()) };

        let error = broken.decode().unwrap_err().to_string();

        assert!(error.starts_with("what is stored of \"anna\" cannot be read"), "{error}");
        assert!(serde_json::to_string(&broken).unwrap_err().to_string().contains("anna"));
    }
}
