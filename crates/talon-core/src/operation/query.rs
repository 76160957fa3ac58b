//! Query parameters.

mod list;

pub use list::CommaSeparated;

use crate::param::{ParamFormat, QueryValue};

/// A type whose values can be query parameters that are absent, present once, or repeated.
pub trait QueryParam: Sized {
    /// Format of each value.
    const FORMAT: ParamFormat;

    /// Whether it takes several values.
    const IS_LIST: bool;

    /// Texts of the values, in order; if there are none, the parameter is absent.
    ///
    /// # Errors
    /// Why the value cannot be written, such as `has an element that is empty`.
    fn to_query(&self) -> Result<Vec<String>, String>;

    /// Parses the values, in order.
    ///
    /// # Errors
    /// What a value must be, such as `must be a whole number`.
    fn from_query(values: &[&str]) -> Result<Self, String>;
}

/// An optional parameter. If it is repeated, the last value is used.
impl<T: QueryValue> QueryParam for Option<T> {
    const FORMAT: ParamFormat = T::FORMAT;
    const IS_LIST: bool = false;

    fn to_query(&self) -> Result<Vec<String>, String> {
        Ok(self.iter().map(T::to_text).collect())
    }

    fn from_query(values: &[&str]) -> Result<Self, String> {
        values.last().map(|text| T::from_text(text)).transpose()
    }
}

/// A list that repeats the parameter for each element: `id=a&id=b`.
impl<T: QueryValue> QueryParam for Vec<T> {
    const FORMAT: ParamFormat = T::FORMAT;
    const IS_LIST: bool = true;

    fn to_query(&self) -> Result<Vec<String>, String> {
        Ok(self.iter().map(T::to_text).collect())
    }

    fn from_query(values: &[&str]) -> Result<Self, String> {
        values.iter().map(|text| T::from_text(text)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_values_the_last_counts() {
        assert_eq!(Option::from_query(&["true", "false"]), Ok(Some(false)));
        assert_eq!(Option::<bool>::from_query(&[]), Ok(None));
    }

    #[test]
    fn a_list_is_repeated() {
        let ids = vec!["a".to_owned(), "b,c".to_owned(), String::new()];

        let sent = ids.to_query().unwrap();

        assert_eq!(sent, ["a", "b,c", ""]);
        assert_eq!(Vec::from_query(&["a", "b,c", ""]), Ok(ids));
        assert!(Vec::<i64>::from_query(&["1", "two"]).is_err());
    }
}
