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
    /// The id that a UUID contains; that of no transaction for a UUID that this fake did not assign.
    pub(crate) fn of_uuid(uuid: &str) -> Self {
        uuid.to_ascii_lowercase().parse().unwrap_or(Self(0))
    }

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
        let number = uuid.strip_prefix(PREFIX).ok_or(ParseKeyError)?;
        i64::from_str_radix(number, 16).map(Self).map_err(|_| ParseKeyError)
    }
}

text_key!(TransactionId);
