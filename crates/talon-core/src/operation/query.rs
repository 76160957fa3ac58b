//! Query parameters.

use crate::Timestamp;

/// A value that can stand in a query.
pub trait QueryParam: Sized {
    /// The values to send, in order; none leaves the parameter out.
    fn to_query(&self) -> Vec<String>;

    /// Reads what was sent, in order.
    ///
    /// # Errors
    /// What a fitting value would have been.
    fn from_query(values: &[&str]) -> Result<Self, String>;
}

impl QueryParam for Option<bool> {
    fn to_query(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }

    /// Accepts `True` and `False` too, which the Python SDKs send.
    fn from_query(values: &[&str]) -> Result<Self, String> {
        match values.last() {
            None => Ok(None),
            Some(&("true" | "True")) => Ok(Some(true)),
            Some(&("false" | "False")) => Ok(Some(false)),
            Some(_) => Err("must be true or false".to_owned()),
        }
    }
}

impl QueryParam for Option<Timestamp> {
    fn to_query(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }

    fn from_query(values: &[&str]) -> Result<Self, String> {
        let parse = |text: &&str| {
            text.parse().map_err(|_| "must be an RFC 3339 timestamp such as 2020-06-10T09:05:27Z")
        };
        values.last().map(parse).transpose().map_err(ToOwned::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_read_as_sdks_send_them() {
        assert_eq!(Option::<bool>::from_query(&["True"]), Ok(Some(true)));
        assert_eq!(Option::<bool>::from_query(&[]), Ok(None));
        assert!(Option::<bool>::from_query(&["maybe"]).is_err());
    }
}
