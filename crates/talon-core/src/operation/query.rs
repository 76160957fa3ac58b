//! Query parameters.

mod list;
mod value;

pub use list::CommaSeparated;
pub use value::QueryValue;

/// What a query says of one parameter: nothing, a value, or several.
pub trait QueryParam: Sized {
    /// The values to send, in order; none leaves the parameter out.
    ///
    /// # Errors
    /// Why no query can carry it.
    fn to_query(&self) -> Result<Vec<String>, String>;

    /// Reads what was sent, in order.
    ///
    /// # Errors
    /// What a fitting value would have been.
    fn from_query(values: &[&str]) -> Result<Self, String>;
}

/// A parameter that may be left out; of several values the last counts.
impl<T: QueryValue> QueryParam for Option<T> {
    fn to_query(&self) -> Result<Vec<String>, String> {
        Ok(self.iter().map(T::to_text).collect())
    }

    fn from_query(values: &[&str]) -> Result<Self, String> {
        values.last().map(|text| T::from_text(text)).transpose()
    }
}

/// A parameter that is repeated for each element: `id=a&id=b`.
impl<T: QueryValue> QueryParam for Vec<T> {
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
