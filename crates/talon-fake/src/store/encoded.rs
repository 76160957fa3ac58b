//! Rows as text, which takes a fraction of the memory.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use talon_core::json;

use super::row::{Row, Stored, UnreadableRow};
use crate::nesting;

/// A row that can be stored as its JSON.
pub(crate) trait EncodableRow: Row<Stored = EncodedRow<Self>> {
    /// Whether a row that was just written is likely to be read and written again.
    const CHANGES_OFTEN: bool = false;

    /// Whether it has lists that grow with each call. Their entries are dense as values, and as JSON
    /// each call would decode all of them.
    fn is_long(&self) -> bool {
        false
    }

    /// Checks what decoding the row does not; called for rows of a snapshot.
    ///
    /// # Errors
    /// With the reason why the row cannot be used.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// A row as its JSON.
///
/// Most members of a session, a profile or an item are absent most of the time. An absent member
/// takes its size in a value and nothing in JSON.
#[derive(Clone, Debug)]
pub(crate) struct EncodedRow<R: Row> {
    key: R::Key,
    body: Body<R>,
}

#[derive(Clone, Debug)]
enum Body<R> {
    Json(Box<[u8]>),
    /// A row that was written a moment ago, is long, or has no JSON form.
    Decoded(Box<R>),
}

impl<R: EncodableRow> Stored<R> for EncodedRow<R> {
    fn encode(row: R) -> Self {
        let (key, json) = (row.key().clone(), json_of(&row));
        Self { key, body: json.unwrap_or_else(|| Body::Decoded(Box::new(row))) }
    }

    fn of_write(row: R) -> Self {
        if R::CHANGES_OFTEN {
            Self { key: row.key().clone(), body: Body::Decoded(Box::new(row)) }
        } else {
            Self::encode(row)
        }
    }

    fn awaits_encoding(&self) -> bool {
        R::CHANGES_OFTEN && matches!(self.body, Body::Decoded(_))
    }

    fn encoded(&self) -> Option<Self> {
        let body = json_of(self.as_row()?)?;
        Some(Self { key: self.key.clone(), body })
    }

    fn as_row(&self) -> Option<&R> {
        match &self.body {
            Body::Json(_) => None,
            Body::Decoded(row) => Some(row),
        }
    }

    fn decode(&self) -> Result<R, UnreadableRow> {
        match &self.body {
            Body::Json(json) => {
                json::from_slice(json).map_err(|error| UnreadableRow::new(&self.key, error))
            }
            Body::Decoded(row) => Ok(R::clone(row)),
        }
    }

    fn row_key(&self) -> &R::Key {
        &self.key
    }

    fn levels(&self) -> Option<usize> {
        match &self.body {
            Body::Json(json) => Some(nesting::levels_of_json(json)),
            Body::Decoded(row) => nesting::levels_of(row),
        }
    }
}

/// Equal rows, whatever their forms.
impl<R: EncodableRow> PartialEq for EncodedRow<R> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.body, &other.body) {
            (Body::Json(one), Body::Json(other)) => one == other,
            (Body::Decoded(one), Body::Decoded(other)) => one == other,
            _ => self.decode().ok() == other.decode().ok(),
        }
    }
}

/// The JSON of a row, unless it is long or has none.
fn json_of<R: EncodableRow>(row: &R) -> Option<Body<R>> {
    let json = if row.is_long() { None } else { json::to_vec(row).ok() };
    json.map(|json| Body::Json(json.into_boxed_slice()))
}

impl<R: EncodableRow> Serialize for EncodedRow<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_row() {
            Some(row) => row.serialize(serializer),
            None => self.decode().map_err(serde::ser::Error::custom)?.serialize(serializer),
        }
    }
}

impl<'de, R: EncodableRow> Deserialize<'de> for EncodedRow<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let row = R::deserialize(deserializer)?;
        row.check().map_err(serde::de::Error::custom)?;
        Ok(Self::encode(row))
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
    }

    impl EncodableRow for Account {
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
            let stored = EncodedRow::encode(account(balance));

            assert_eq!(stored.decode().unwrap(), account(balance));
        }
    }

    #[test]
    fn a_long_row_is_not_written_and_read_again() {
        let mut row = account("1");
        assert!(matches!(EncodedRow::encode(row.clone()).body, Body::Json(_)));

        row.entries = (0..100).collect();

        let stored = EncodedRow::encode(row.clone());
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
