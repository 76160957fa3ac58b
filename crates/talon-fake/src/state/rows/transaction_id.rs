//! Ids of transactions of points.

use std::fmt;
use std::str::FromStr;

use crate::state::key_text::{ParseKeyError, text_key};

/// What the UUID of a transaction begins with; its number follows.
const PREFIX: &str = "00000000-0000-4000-8000-";

/// The id of a transaction: a number, and in effects the UUID that contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TransactionId(i64);

impl TransactionId {
    /// The number.
    pub(crate) fn number(self) -> i64 {
        self.0
    }

    /// The id that a UUID contains; `None` of a UUID that this fake did not assign.
    pub(crate) fn from_uuid(uuid: Option<&str>) -> Option<Self> {
        uuid?.parse().ok()
    }
}

impl From<i64> for TransactionId {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

/// The UUID.
impl fmt::Display for TransactionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{:012x}", self.0)
    }
}

impl FromStr for TransactionId {
    type Err = ParseKeyError;

    fn from_str(uuid: &str) -> Result<Self, ParseKeyError> {
        let digits = uuid.strip_prefix(PREFIX).ok_or(ParseKeyError)?;
        let id = i64::from_str_radix(digits, 16).map(Self).map_err(|_| ParseKeyError)?;
        // A sign, or other than 12 digits, is no UUID. Digits may be in upper case.
        let is_read_back = id.to_string().eq_ignore_ascii_case(uuid);
        is_read_back.then_some(id).ok_or(ParseKeyError)
    }
}

text_key!(TransactionId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uuid_of_a_transaction_is_read_back() {
        for number in [1, 255, i64::MAX] {
            let id = TransactionId::from(number);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!("00000000-0000-4000-8000-0000000000FF".parse(), Ok(TransactionId::from(255)));
        for uuid in [
            "",
            "00000000-0000-4000-8000-",
            "00000000-0000-4000-8000-+1",
            "00000000-0000-4000-8000-0000000000001",
            "00000000-0000-4000-8000--00000000001",
            "00000000-0000-4000-8000-+00000000001",
            "00000000-0000-4000-8000-00000000000g",
            "00000000-0000-4000-9000-000000000001",
        ] {
            assert!(uuid.parse::<TransactionId>().is_err(), "{uuid}");
        }
    }
}
